"""
Where a price comes from, and where the money of a cancelled day goes.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import french
from portail_core.domain.cancellation import Pending, Settlement
from portail_core.domain.money import ZERO, eur
from portail_core.domain.quotes import Why

WHY = Why(
    rule="tariff.bracket",
    path="tariffs[0].brackets[5]",
    label="QF de 621 à 721",
    source="délibération n° 2025-34",
)
LABEL = "Jusqu’à 48 h avant : avoir de la totalité"


class TestWhy:
    def test_bracket(self):
        """
        A price names its bracket and the decision that voted it.
        """
        assert (
            "Tarif de la tranche «\u00a0QF de 621 à 721\u00a0» "
            "(délibération n° 2025-34)."
        ) == french.why(WHY)

    def test_highest(self):
        """
        Without a quotient, the highest price names its bracket; one that is
        worked out has none to name.
        """
        highest = evolve(WHY, rule="tariff.quotient.highest")

        assert "tarif de la tranche «\u00a0QF de 621" in french.why(highest)
        assert french.why(evolve(highest, label="")).startswith(
            "Sans quotient familial enregistré, tarif le plus élevé "
            "(délibération n° 2025-34)\u00a0: transmettez"
        )

    def test_overridden(self):
        """
        An operator may word it otherwise, with the same fields.
        """
        overrides = {"tariff.bracket": "{path} : {label}"}

        assert "tariffs[0].brackets[5]\u00a0: QF de 621 à 721" == french.why(
            WHY, overrides=overrides
        )

    def test_unknown(self):
        """
        A rule that nobody worded is an error that says where to word it.
        """
        why = Why(rule="tariff.new", path="", label="", source="")

        with pytest.raises(KeyError, match=r"tariff.new.*french.REASONS"):
            french.why(why)


class TestSettlement:
    @pytest.mark.parametrize(
        ("kept", "credited", "head"),
        [
            (ZERO, eur("12.50"), "12,50 € sont crédités en avoir"),
            (ZERO, eur("1.99"), "1,99 € est crédité en avoir"),
            (ZERO, eur("2.00"), "2,00 € sont crédités en avoir"),
            (eur("12.50"), ZERO, "Aucun avoir, 12,50 € sont conservés"),
            (
                eur("3"),
                eur("1"),
                "1,00 € est crédité en avoir et 3,00 € sont conservés",
            ),
            (ZERO, ZERO, "Rien n’est à rendre pour ce jour"),
        ],
    )
    def test_split(self, kept, credited, head):
        """
        What is credited and what is kept, then the règlement's own words.
        """
        worded = french.settlement(kept=kept, credited=credited, reason=LABEL)

        assert f"{head} : « {LABEL} »." == worded.replace("\u00a0", " ")

    def test_sentence_keeps_its_stop(self):
        """
        A sentence quoted with its full stop gets no second one.
        """
        worded = french.settlement(
            kept=ZERO, credited=eur("12.50"), reason="C’est la règle."
        )

        assert worded.endswith("C’est la règle.\u00a0»")


class TestProvisos:
    SETTLEMENT = Settlement(
        kept=eur("12.50"), credited=ZERO, position=0, label=LABEL
    )

    def test_none(self):
        """
        Most days have nothing beside where their money goes.
        """
        assert () == french.provisos(self.SETTLEMENT)

    @pytest.mark.parametrize(
        ("said", "change"),
        [
            (
                "Ce jour reste dû : c’est le jour de carence.",
                {"waiting_days": 1},
            ),
            (
                (
                    "Ce jour reste dû : c’est l’un des 3 premiers de "
                    "l’absence (carence)."
                ),
                {"waiting_days": 3},
            ),
            (
                (
                    "L’aide de 3,00 € déduite à la réservation vous sera "
                    "facturée."
                ),
                {"rebilled": eur("3")},
            ),
            (
                (
                    "Provisoire : 12,50 € de plus en avoir si le document "
                    "demandé (certificat médical) arrive au plus tard le "
                    "03/06/2026 à 08:00."
                ),
                {
                    "pending": Pending(
                        document="certificat médical",
                        until=dt.datetime(2026, 6, 3, 6, 0, 59, tzinfo=dt.UTC),
                        credited=eur("12.50"),
                        label="Maladie.",
                    )
                },
            ),
        ],
        ids=["a waiting day", "waiting days", "an aid", "a document"],
    )
    def test_said(self, said, change):
        """
        What may still change, until when, and what is due beside it.
        """
        (worded,) = french.provisos(evolve(self.SETTLEMENT, **change))

        assert said == worded.replace("\u00a0", " ")
