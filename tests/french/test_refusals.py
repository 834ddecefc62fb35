"""
Why not, and what to do next.
"""

import datetime as dt
from typing import ClassVar

import pytest
from attrs import frozen

from portail_core import french
from portail_core.domain import accounts
from portail_core.domain.accounts import EmailMalformed, PasswordTooWeak
from portail_core.domain.bookings import DayFull, DayOutsidePeriod
from portail_core.domain.ids import AmplitudeCode, RequestNumber
from portail_core.domain.money import eur
from portail_core.domain.payments import PriceChanged
from portail_core.domain.refusals import Refusal
from portail_core.domain.reglement import AmplitudeUnknown
from portail_core.domain.requests import PaymentInProgress, RequestOver

DAY = dt.date(2026, 5, 27)


@frozen
class Unworded(Refusal):
    rule: ClassVar[str] = "plugin.unworded"
    day: dt.date


class TestRefusal:
    @pytest.mark.parametrize(
        ("refused", "said"),
        [
            (DayFull(DAY), "pas de place le mercredi 27 mai 2026\u00a0:"),
            (
                DayOutsidePeriod(
                    DAY, dt.date(2026, 7, 1), dt.date(2026, 8, 31)
                ),
                "du mercredi 1er juillet 2026 au lundi 31 août 2026",
            ),
            (
                PaymentInProgress(
                    dt.datetime(2026, 5, 13, 11, 12, 56, tzinfo=dt.UTC)
                ),
                "après le 13/05/2026 à 13:12",
            ),
            (
                PriceChanged(shown=eur("12.50"), total=eur("1012.80")),
                "de 12,50\u00a0€, mais de 1\u202f012,80\u00a0€\u00a0:",
            ),
            (RequestOver(RequestNumber(16)), "La demande n°\u00a016 n’est"),
            (
                AmplitudeUnknown(
                    AmplitudeCode("NUIT"),
                    (AmplitudeCode("MATIN"), AmplitudeCode("SOIR")),
                ),
                "ici\u00a0: choisissez parmi MATIN, SOIR.",
            ),
        ],
    )
    def test_fields(self, refused, said):
        """
        Amounts, days, moments, numbers and lists come worded.
        """
        assert said in french.refusal(refused)

    def test_lengths(self):
        """
        The sentences count characters as the rules do.
        """
        email = french.refusal(EmailMalformed())
        password = french.refusal(PasswordTooWeak())
        shortest, longest = (accounts.EMAIL_LENGTH[i] for i in (0, -1))
        weakest, endless = (accounts.PASSWORD_LENGTH[i] for i in (0, -1))

        assert f"de {shortest} à {longest} caractères" in email
        assert f"de {weakest} à {endless} caractères" in password

    def test_braces_in_values(self):
        """
        What a family typed is never read as a sentence of ours.
        """
        typed = AmplitudeUnknown(AmplitudeCode("{offered}"), ())

        assert "«\u00a0{offered}\u00a0»" in french.refusal(typed)


class TestOverrides:
    def test_word(self):
        """
        An operator's own sentence wins, with spaces put right.
        """
        overrides = {DayFull.rule: "Complet le {day} !"}

        assert "Complet le mercredi 27 mai 2026\u00a0!" == french.refusal(
            DayFull(DAY), overrides=overrides
        )

    def test_plugin(self):
        """
        A refusal that a plugin adds is worded by the plugin.
        """
        overrides = {Unworded.rule: "Non le {day}."}

        assert "Non le mercredi 27 mai 2026." == french.refusal(
            Unworded(DAY), overrides=overrides
        )

    def test_others(self):
        """
        A rule that is not overridden keeps its sentence.
        """
        assert french.refusal(DayFull(DAY)) == french.refusal(
            DayFull(DAY), overrides={"request.over": "Fini."}
        )

    def test_unknown_rule(self):
        """
        A rule that nobody worded is an error that says where to word it.
        """
        with pytest.raises(
            KeyError, match=r"plugin.unworded.*french.SENTENCES"
        ):
            french.refusal(Unworded(DAY))

    @pytest.mark.parametrize(
        ("refused", "there_is"),
        [(DayFull(DAY), "day"), (EmailMalformed(), "no field")],
    )
    def test_unknown_field(self, refused, there_is):
        """
        A sentence that names a missing field is told which there are.
        """
        with pytest.raises(KeyError, match=rf"{{jour}}; there is: {there_is}"):
            french.refusal(refused, overrides={refused.rule: "Le {jour}."})


class TestTypeset:
    @pytest.mark.parametrize(
        ("plain", "set_"),
        [
            ("Quoi ? Non !", "Quoi\u00a0? Non\u00a0!"),
            (
                "à : « oui » ; n° 3",
                "à\u00a0: «\u00a0oui\u00a0»\u00a0; n°\u00a03",
            ),
            ("13:12, https://x?y", "13:12, https://x?y"),
        ],
    )
    def test_spaces(self, plain, set_):
        """
        Only spaces that were there become no-break.
        """
        assert set_ == french.typeset(plain)
