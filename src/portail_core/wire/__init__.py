"""
The edge: values to text and back, every error with its path.
"""
