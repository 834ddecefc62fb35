"""
docs/spec/reglement.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from portail_core.domain.ids import (
    AccueilCode,
    AmplitudeCode,
    EstablishmentCode,
    PartCode,
    PrestationCode,
    RegieCode,
)
from portail_core.domain.tariffs import Tariff, fixed
from portail_core.testing.reglements import (
    by_bracket,
    changed,
    fixed_at,
    tariffs,
)
from tests.spec.guide import (
    AUBIGNOSC,
    DAY_CARE,
    GRID,
    HIGH,
    LOW,
    MEAL,
    PERIOD,
    REGIE,
    REGLEMENT,
    SIX_AND_OVER,
    WEDNESDAY_CARE,
    always,
)

KINDS = [
    "regies",
    "establishments",
    "accueils",
    "periods",
    "prestations",
    "amplitudes",
    "pools",
]

(MERCREDIS,) = REGLEMENT.accueils
JOURNEE, MATIN = REGLEMENT.amplitudes
UNDER, OVER = REGLEMENT.pools


class TestCodes:
    @pytest.mark.rule("reglement.codes.once")
    @pytest.mark.parametrize("kind", KINDS)
    def test_twice(self, kind):
        """
        A code that is there twice is told, with its kind.
        """
        things = getattr(REGLEMENT, kind)
        changes: dict[str, Any] = {kind: (*things, things[0])}

        with pytest.raises(
            ValueError,
            match=f"{kind}: the code {things[0].code!r} is there 2 times",
        ):
            evolve(REGLEMENT, **changes)

    @pytest.mark.rule("invoice.series.printed")
    def test_one_series_each(self):
        """
        Two régies that would print the same numbers are told.
        """
        (regie,) = REGLEMENT.regies
        other = evolve(regie, code=RegieCode("cantine"))

        with pytest.raises(ValueError, match="the series 'ALSH' is that of 2"):
            evolve(REGLEMENT, regies=(regie, other))

    @pytest.mark.rule("reglement.codes.known")
    def test_found(self):
        """
        What the parts of a règlement name is found by its code.
        """
        assert (
            MERCREDIS,
            REGLEMENT.establishments[0],
            REGLEMENT.regies[0],
            REGLEMENT.prestations[2],
            OVER,
        ) == (
            REGLEMENT.accueil(WEDNESDAY_CARE),
            REGLEMENT.establishment(AUBIGNOSC),
            REGLEMENT.regie(REGIE),
            REGLEMENT.prestation(MEAL),
            REGLEMENT.pool(SIX_AND_OVER),
        )

    @pytest.mark.rule("reglement.codes.known")
    @pytest.mark.parametrize(
        ("where", "changes"),
        [
            (
                (
                    "accueils.mercredis.establishment: "
                    "'ailleurs' is not among aubignosc"
                ),
                {
                    "accueils": (
                        evolve(
                            MERCREDIS,
                            establishment=EstablishmentCode("ailleurs"),
                        ),
                    )
                },
            ),
            (
                "accueils.mercredis.regie: 'autre' is not among alsh",
                {"accueils": (evolve(MERCREDIS, regie=RegieCode("autre")),)},
            ),
            (
                (
                    "accueils.mercredis.amplitudes: 'SOIR' is not among "
                    "JOURNEE-AVEC-REPAS, MATIN"
                ),
                {
                    "accueils": (
                        evolve(MERCREDIS, amplitudes=(AmplitudeCode("SOIR"),)),
                    )
                },
            ),
            (
                (
                    "periods.mercredis-2025-2026.accueil: "
                    "'vacances' is not among mercredis"
                ),
                {
                    "periods": (
                        evolve(PERIOD, accueil=AccueilCode("vacances")),
                    )
                },
            ),
            (
                (
                    "pools.six-et-plus.accueils: 'vacances' is not among "
                    "mercredis"
                ),
                {
                    "pools": (
                        evolve(OVER, accueils=(AccueilCode("vacances"),)),
                    )
                },
            ),
            (
                (
                    "pools.six-et-plus.parts: 'soir' is not among apres-midi, "
                    "matin, midi"
                ),
                {"pools": (evolve(OVER, parts=(PartCode("soir"),)),)},
            ),
        ],
        ids=lambda value: None if isinstance(value, dict) else value[:24],
    )
    def test_unknown(self, where, changes):
        """
        A code that is nowhere is told, with its path and what there is.
        """
        with pytest.raises(ValueError, match=f"^{where}$"):
            evolve(REGLEMENT, **changes)

    @pytest.mark.rule("reglement.codes.known")
    def test_unknown_prestation(self):
        """
        So is a prestation that an amplitude bills; it has no price either.
        """
        snack = PrestationCode("gouter")

        with pytest.raises(
            ValueError,
            match=r"amplitudes\.MATIN\.prestations: 'gouter' is not among "
            "demi-journee, journee, repas",
        ):
            evolve(
                REGLEMENT,
                amplitudes=(
                    JOURNEE,
                    evolve(MATIN, prestations={snack: Decimal(1)}),
                ),
            )


ONLY_MEAL = fixed_at({MEAL: "3.50"})


class TestPrices:
    @pytest.mark.rule("reglement.prices.complete")
    def test_missing(self):
        """
        A price that is needed, and nowhere, is told.
        """
        prices = fixed_at({DAY_CARE: "9.00", MEAL: "3.50"})
        grid = evolve(
            GRID,
            brackets=(
                evolve(LOW, prices=prices),
                evolve(HIGH, prices=prices),
            ),
        )

        with pytest.raises(
            ValueError,
            match=r"^tariffs: no price for 'demi-journee', which the "
            "amplitude 'MATIN' bills$",
        ):
            changed(
                REGLEMENT,
                tariffs=tariffs(*always(by_bracket(grid)).decisions),
            )

    @pytest.mark.rule("reglement.prices.complete")
    def test_no_longer(self):
        """
        So is one that a later version leaves out.
        """
        fewer = fixed_at({DAY_CARE: "9.00", MEAL: "3.50"})
        first = always(by_bracket(GRID), "tariffs[0]").decisions[0]
        later = evolve(
            first,
            since=dt.date(2026, 1, 1),
            value=Tariff(grid=fixed(fewer)),
            path="tariffs[1]",
        )

        with pytest.raises(
            ValueError,
            match=r"^tariffs\[1\]: no price for 'demi-journee' from "
            "2026-01-01, which the amplitude 'MATIN' bills, and there was one "
            "before$",
        ):
            changed(REGLEMENT, tariffs=tariffs(first, later))


class TestFaults:
    @pytest.mark.rule("reglement.faults.all")
    def test_all(self):
        """
        Three faults are told together.
        """
        with pytest.raises(ValueError, match=r"2 times.*'autre'.*no price"):
            changed(
                REGLEMENT,
                pools=(*REGLEMENT.pools, OVER),
                accueils=(evolve(MERCREDIS, regie=RegieCode("autre")),),
                tariffs=tariffs(
                    *always(Tariff(grid=fixed(ONLY_MEAL))).decisions
                ),
            )
