"""
Mail for portail-core: French templates, SMTP, Maildir.
"""

from ._maildir import MaildirMailer
from ._message import compose
from ._smtp import Login, Security, SmtpMailer

__all__ = ["Login", "MaildirMailer", "Security", "SmtpMailer", "compose"]
