"""
The questions put to plugins, and who answers them.
"""
