"""
The domain of a French family portal, as a library.
"""
