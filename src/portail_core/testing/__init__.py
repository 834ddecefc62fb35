"""
Fakes, builders and conformance kits for authors of adapters.
"""
