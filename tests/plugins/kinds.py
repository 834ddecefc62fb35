"""
The règlement of the guide's operator, with kinds of a plugin beside built-in
ones.
"""

from attrs import evolve

from portail_core.domain.admission import Admission, Gate
from portail_core.domain.documents import Demand
from portail_core.domain.ids import FactName
from portail_core.plugins import Plugins
from portail_core.reglement_toml import read_reglement
from portail_core.testing.reglements import changed
from tests.plugins import commune
from tests.reglement.written import PETITES_BOUILLES

PLUGINS = Plugins(commune, discover=())

PRICES = """[[tariffs]]
since = 2025-09-01
source = "délibération d'exemple"

[tariffs.prices]
journee = { euros_per_km = "0.25", free_km = 3, floor = "2.00" }
demi-journee = { share_of = "journee", share = "0.5" }
repas = "3.50"

[[tariffs.adjustments]]
label = "Fidélité : 2 % par an, 10 % au plus"
off_each_year = "0.02"
off_at_most = "0.10"
prestations = ["journee"]

[[tariffs.adjustments]]
label = "Supplément"
add = "0.40"
prestations = ["journee"]
"""
OUTCOMES = """outcomes = [
    { until = { business_day_of_month_before = 5, at = 12:00:00 }, credited_share = "1", label = "À temps." },
    { until = { earliest = [{ business_day_of_month_before = 15, at = "end-of-day" }, { days_before = 40, at = 12:00:00 }] }, credited_share = "0.9", label = "Presque." },
    { until = { days_before = 2, at = 12:00:00 }, credited_by_weeks_left_of = 20, label = "Au prorata des semaines restantes." },
    { credited_share = "0", label = "La journée reste due." },
]
"""  # noqa: E501 - as one writes it


def with_kinds():
    """
    The text of that règlement, which asks nothing of a family but its days.
    """
    text, _, _ = PETITES_BOUILLES.partition("[[tariffs]]")
    before, _, after = text.partition("outcomes = [")
    _, _, after = after.partition("\n]\n")
    return f"{before}{OUTCOMES}{after}{PRICES}"


TEXT = with_kinds()
REGLEMENT = read_reglement(TEXT, kinds=PLUGINS.kinds)
OPEN_TO_ALL = changed(
    REGLEMENT,
    gates=(Gate.HOUSEHOLD_DESCRIBED,),
    documents=tuple(
        evolve(kind, demand=Demand.OPTIONAL) for kind in REGLEMENT.documents
    ),
    accueils=tuple(
        evolve(accueil, admission=Admission.OPEN)
        for accueil in REGLEMENT.accueils
    ),
)
FACTS = {FactName("distance_km"): "15", FactName("first_year"): "2022"}


def stating(family):
    """
    The same family, of which staff recorded what prices ask for.
    """
    with family.world.store.transaction() as tx:
        household = tx.of(family.member.household).household()
        stated = evolve(household.facts, named=FACTS)
        tx.put(evolve(household, facts=stated))
    return family
