"""
The rules of a family portal: values and plain functions, no input, no output.
"""
