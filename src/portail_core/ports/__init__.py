"""
What the application asks of the outside: protocols, and the errors they raise.
"""
