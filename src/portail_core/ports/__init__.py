"""
What the outside must offer, and the errors it may raise.
"""
