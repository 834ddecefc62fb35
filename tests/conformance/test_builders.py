"""
The values of the kit agree with each other.
"""

from portail_core.domain import bookings, quotes
from portail_core.testing import builders, reglement


def test_priced_by_the_reglement():
    """
    The lines of the attempt and of the invoice are what the règlement asks
    for the day.
    """
    rules = reglement()
    day = builders.WEDNESDAY
    amplitude = rules.amplitude(
        rules.accueil(builders.ACCUEIL), builders.JOURNEE_REPAS
    )

    lines = quotes.price(
        [
            quotes.Visits(
                child=builders.LOU,
                period=rules.period(builders.PERIOD),
                days=(quotes.Visit(day=day, amplitude=amplitude),),
            )
        ],
        household=builders.asked().facts,
        reglement=rules,
        booked_on=builders.asked().booked_on,
    )

    assert (builders.priced(), builders.meal()) == lines
    assert lines == builders.attempt().dues[0].lines


def test_places_of_the_reglement():
    """
    The line of the request takes the places that the règlement gives it.
    """
    wish = bookings.Wish(
        child=builders.LOU,
        period=builders.PERIOD,
        days={builders.WEDNESDAY: builders.JOURNEE_REPAS},
    )

    lines = bookings.lines_for(
        wish, child=builders.child(), reglement=reglement()
    )

    assert builders.request().lines == lines


def test_changed_by_name():
    """
    A règlement for one test differs in what that test is about.
    """
    assert () == reglement(pools=()).pools
