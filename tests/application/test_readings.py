"""
What a family reads of its requests: those it has, a page at a time.
"""

import datetime as dt

import pytest
from attrs import evolve

from portail_core import french
from portail_core.domain.requests import LineState, RequestState
from tests.application.conftest import A_SECOND, AFTER, NEXT, WEDNESDAY

TWO_HOURS = dt.timedelta(hours=2)


def listed(family, **asked):
    return [
        (detail.number, [line.day for line in detail.lines])
        for detail in family.desk.planning.requests(**asked).items
    ]


class TestRequests:
    @pytest.mark.rule("planning.cancelled.invisible")
    def test_expired(self, world, family):
        """
        A request that nobody paid is listed to the last second, whether a
        job noted its end or not.
        """
        request = family.ask(WEDNESDAY)

        world.clock.move(TWO_HOURS - A_SECOND)
        assert [(request.number, [WEDNESDAY])] == listed(family)
        world.clock.move(A_SECOND)
        assert [] == listed(family)
        world.portal.jobs.expire()
        assert [] == listed(family)

    @pytest.mark.rule("planning.cancelled.invisible")
    def test_discarded(self, family):
        """
        « Cliquer sur la poubelle »: the request is in no list.
        """
        request = family.ask(WEDNESDAY)

        family.desk.basket.discard(request.number, command="no")

        assert [] == listed(family)

    @pytest.mark.rule("planning.cancelled.invisible")
    def test_cancelled(self, family):
        """
        A cancelled day is gone from its request, and with the last one the
        request.
        """
        request = family.book(WEDNESDAY, NEXT)

        family.cancel(request.number, WEDNESDAY)
        assert [(request.number, [NEXT])] == listed(family)
        family.cancel(request.number, NEXT)
        assert [] == listed(family)

    @pytest.mark.rule("planning.detail.stays")
    def test_detail(self, family):
        """
        What is in no list still has its detail, every line of it.
        """
        request = family.book(WEDNESDAY, NEXT)
        family.cancel(request.number, WEDNESDAY, NEXT)

        detail = family.desk.planning.detail(request.number)

        assert RequestState.CANCELLED == detail.state
        assert [
            (WEDNESDAY, LineState.CANCELLED),
            (NEXT, LineState.CANCELLED),
        ] == [(line.day, line.state) for line in detail.lines]

    @pytest.mark.rule("planning.requests.newest")
    @pytest.mark.rule("planning.page.rank")
    def test_pages(self, world, family):
        """
        The last number comes first; what is gone takes no room, nor what is
        another's.
        """
        numbers = [family.ask(day).number for day in (WEDNESDAY, NEXT, AFTER)]
        world.family("durand").ask(WEDNESDAY)
        family.desk.basket.discard(numbers[1], command="no")

        pages = [
            family.desk.planning.requests(page=page, size=1)
            for page in (1, 2, 3)
        ]

        assert [numbers[2], numbers[0], numbers[0]] == [
            page.items[0].number for page in pages
        ]
        assert ["1 - 1 sur 2", "2 - 2 sur 2", "2 - 2 sur 2"] == [
            french.page(page) for page in pages
        ]

    def test_second_adult(self, world, family):
        """
        A request of an account that no adult has is the referent's address.
        """
        household = family.member.household
        request = family.ask(WEDNESDAY)
        with world.store.transaction() as tx:
            home = tx.of(household).household()
            (adult,) = home.adults
            tx.put(evolve(home, adults=(evolve(adult, account=None),)))

        (detail,) = family.desk.planning.requests().items

        assert (request.number, family.email) == (
            detail.number,
            detail.referent,
        )
