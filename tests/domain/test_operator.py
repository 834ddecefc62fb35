"""
The operator, as mails name it.
"""

import pytest
from attrs import evolve

from portail_core.testing import reglement

OPERATOR = reglement().operator


class TestSender:
    @pytest.mark.parametrize("sender", ["", "accueil", "a@b\nBcc: c@d.fr"])
    def test_address(self, sender):
        """
        Mails come from an address: what is none is told when it is written,
        not when the first mail fails.
        """
        with pytest.raises(ValueError, match="expected an e-mail address"):
            evolve(OPERATOR, sender=sender)
