"""
What is decided, in the words of the guide: pure values and functions.
"""
