"""
A payment provider to try everything with; no money moves.
"""
