"""
What is shown around accounts, whoever asks.
"""

import re

import pytest

from portail_core import french


@pytest.mark.rule("mail.look-in-spam")
@pytest.mark.rule("account.email.taken-not-told")
def test_mail_on_its_way():
    """
    The words that follow every request promise nothing about an account, and
    say where to look.
    """
    said = french.MAIL_ON_ITS_WAY

    assert "Vérifiez dans les courriers indésirables." in said
    assert "compte" not in said
    assert not re.search(r" [:;!?»]|« |'", said)
