"""
Use cases, one function each: stamp, load, decide, keep.
"""
