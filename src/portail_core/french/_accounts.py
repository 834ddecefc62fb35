"""
What a host shows around accounts, whoever asks.
"""

from __future__ import annotations

from ._typography import typeset

MAIL_ON_ITS_WAY = typeset(
    "Si cette adresse e-mail peut recevoir nos messages, un courriel vient "
    "d’y partir. Il arrive en quelques minutes, et dit ce qu’il reste à "
    "faire. Vérifiez dans les courriers indésirables. S’il n’est pas arrivé "
    "au bout d’une heure, vérifiez l’adresse, puis recommencez."
)
"""
After signing up, asking for a link or for another password or address: the
same words whether or not the address has an account.
"""
