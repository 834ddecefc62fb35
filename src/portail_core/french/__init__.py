"""
Sentences for people.
"""
