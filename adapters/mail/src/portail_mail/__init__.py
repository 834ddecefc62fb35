"""
Mail for portail-core: French templates, SMTP, Maildir.
"""
