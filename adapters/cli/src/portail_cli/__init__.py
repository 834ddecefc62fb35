"""
The `portail` command: the embedded portal, on one machine.
"""
