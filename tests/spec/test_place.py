"""
docs/spec/place.md, rule by rule.
"""

import pytest
from attrs import evolve

from portail_core.domain.bookings import (
    Wish,
    is_full,
    lines_for,
    may_still_happen,
)
from portail_core.domain.capacity import Pool, admits, pools_for
from portail_core.domain.conditions import OneOf, When
from portail_core.domain.facts import Facts
from portail_core.domain.ids import (
    AccueilCode,
    EstablishmentCode,
    FactName,
    PartCode,
    PoolCode,
)
from portail_core.domain.places import Place, Spot, is_taken, spots
from tests.spec.guide import (
    A_DAY,
    AFTERNOON,
    AN_INSTANT,
    ASKED_AT,
    CHILD,
    FULL_DAY,
    HELD_UNTIL,
    LINE,
    LOU,
    LUNCH,
    MORNING,
    PERIOD,
    REGLEMENT,
    SIX_AND_OVER,
    THE_PERIOD,
    UNDER_SIX,
    WEDNESDAY,
    WEDNESDAY_CARE,
    line,
)

CANTEEN = PoolCode("cantine")
EVENING = PartCode("soir")

UNDER, OVER = REGLEMENT.pools
HERE = REGLEMENT.accueil(WEDNESDAY_CARE)


def facts(age, **others):
    """
    Of a Wednesday, for a child of *age*.
    """
    known = {"day": WEDNESDAY, "accueil": HERE.code, "amplitude": FULL_DAY}
    return Facts(**{**known, **others}, age=age)


class TestTaken:
    @pytest.mark.rule("place.taken")
    @pytest.mark.parametrize(
        ("taken", "until"),
        [
            (True, ASKED_AT + AN_INSTANT),
            (False, ASKED_AT),
            (False, ASKED_AT - AN_INSTANT),
            (True, None),
        ],
        ids=["last instant", "the end", "after", "for good"],
    )
    def test_until(self, taken, until):
        """
        A place is taken until the last instant before its end.
        """
        assert taken is is_taken(until, ASKED_AT)


class TestCounts:
    @pytest.mark.rule("place.pool.counts")
    @pytest.mark.parametrize(
        ("pools", "age"),
        [
            ((UNDER,), 0),
            ((UNDER,), 5),
            ((OVER,), 6),
            ((OVER,), 17),
        ],
    )
    def test_age(self, pools, age):
        """
        Both ends of an age group belong to it.
        """
        assert pools == pools_for(REGLEMENT.pools, HERE, MORNING, facts(age))

    @pytest.mark.rule("place.pool.counts")
    @pytest.mark.parametrize(
        ("accueil", "part"),
        [
            (AccueilCode("vacances"), MORNING),
            (WEDNESDAY_CARE, EVENING),
        ],
        ids=["another accueil", "another part"],
    )
    def test_elsewhere(self, accueil, part):
        """
        A pool counts neither another accueil nor another part of the day.
        """
        assert () == pools_for(
            REGLEMENT.pools, evolve(HERE, code=accueil), part, facts(6)
        )

    @pytest.mark.rule("place.pool.counts")
    @pytest.mark.parametrize(
        ("pool", "born"),
        [
            (SIX_AND_OVER, WEDNESDAY.replace(year=2020)),
            (UNDER_SIX, WEDNESDAY.replace(year=2020) + A_DAY),
        ],
        ids=["six that day", "six the day after"],
    )
    def test_sixth_birthday(self, pool, born):
        """
        A child changes group on the day it turns six.
        """
        (only,) = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: FULL_DAY}),
            child=evolve(CHILD, birth_date=born),
            reglement=REGLEMENT,
        )

        assert (
            Place(MORNING, (pool,)),
            Place(LUNCH, (pool,)),
            Place(AFTERNOON, (pool,)),
        ) == only.places


class TestFull:
    @pytest.mark.rule("place.pool.full")
    @pytest.mark.parametrize(
        ("full", "capacity", "taken"),
        [
            (True, 0, 0),
            (False, 1, 0),
            (True, 1, 1),
            (False, 22, 21),
            (True, 22, 22),
            (True, 22, 23),
            (False, "unlimited", 10_000),
        ],
    )
    def test_capacity(self, full, capacity, taken):
        """
        The last place may be taken, and no other.
        """
        assert full is evolve(OVER, capacity=capacity).is_full(taken)

    @pytest.mark.rule("place.pool.full")
    @pytest.mark.parametrize("capacity", [-1, True, 1.0, "beaucoup", None])
    def test_no_capacity(self, capacity):
        """
        A capacity is a number of places, or no limit, and nothing else.
        """
        with pytest.raises(ValueError, match="capacity is"):
            evolve(OVER, capacity=capacity)

    @pytest.mark.rule("place.pool.full")
    @pytest.mark.parametrize(
        ("full", "taken"),
        [
            (False, {}),
            (False, {Spot(SIX_AND_OVER, WEDNESDAY, LUNCH): 21}),
            (True, {Spot(SIX_AND_OVER, WEDNESDAY, LUNCH): 22}),
            (False, {Spot(SIX_AND_OVER, WEDNESDAY, EVENING): 22}),
            (False, {Spot(SIX_AND_OVER, WEDNESDAY + A_DAY, LUNCH): 22}),
            (False, {Spot(UNDER_SIX, WEDNESDAY, LUNCH): 22}),
        ],
        ids=[
            "nobody there",
            "one place left",
            "none left",
            "another part",
            "another day",
            "another pool",
        ],
    )
    def test_line(self, full, taken):
        """
        A day is full when one of its parts is, that day, in its own pool.
        """
        assert full is is_full(LINE, taken=taken, reglement=REGLEMENT)


class TestSeveral:
    REGLEMENT = evolve(
        REGLEMENT,
        pools=(
            *REGLEMENT.pools,
            Pool(
                code=CANTEEN,
                label="Cantine, pour tous",
                capacity=12,
                accueils=(WEDNESDAY_CARE,),
                parts=(LUNCH,),
            ),
        ),
    )

    @pytest.mark.rule("place.pool.several")
    def test_every_pool_counts(self):
        """
        A part of a day takes a place in each of its pools.
        """
        (only,) = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: FULL_DAY}),
            child=CHILD,
            reglement=self.REGLEMENT,
        )

        assert (
            Spot(SIX_AND_OVER, WEDNESDAY, MORNING),
            Spot(SIX_AND_OVER, WEDNESDAY, LUNCH),
            Spot(CANTEEN, WEDNESDAY, LUNCH),
            Spot(SIX_AND_OVER, WEDNESDAY, AFTERNOON),
        ) == spots(WEDNESDAY, only.places)

    @pytest.mark.rule("place.pool.several")
    @pytest.mark.parametrize(("full", "eating"), [(False, 11), (True, 12)])
    def test_one_is_enough(self, full, eating):
        """
        One full pool is enough for none to be left.
        """
        both = line(places=(Place(LUNCH, (SIX_AND_OVER, CANTEEN)),))

        assert full is is_full(
            both,
            taken={Spot(CANTEEN, WEDNESDAY, LUNCH): eating},
            reglement=self.REGLEMENT,
        )

    @pytest.mark.rule("place.pool.none")
    def test_no_pool(self):
        """
        Where no pool counts, no limit is set.
        """
        (only,) = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: FULL_DAY}),
            child=CHILD,
            reglement=evolve(REGLEMENT, pools=()),
        )

        assert () == spots(WEDNESDAY, only.places)
        assert not is_full(only, taken={}, reglement=REGLEMENT)

    @pytest.mark.rule("place.pool.gone")
    def test_gone(self):
        """
        Late money for a pool that is no more confirms nothing, and breaks
        nothing.
        """
        old = line(places=(Place(LUNCH, (CANTEEN,)),))

        assert not may_still_happen(
            (old,),
            period=PERIOD,
            own={},
            taken={},
            reglement=REGLEMENT,
            at=HELD_UNTIL,
        )


class TestSites:
    OTHER = evolve(HERE, code=AccueilCode("vacances"))
    ELSEWHERE = evolve(HERE, establishment=EstablishmentCode("sisteron"))
    SITE = evolve(OVER, accueils=None, establishment=HERE.establishment)

    @pytest.mark.rule("place.pool.site")
    @pytest.mark.parametrize(
        ("counted", "accueil"),
        [(True, HERE), (True, OTHER), (False, ELSEWHERE)],
        ids=["accueil", "another of the site", "another site"],
    )
    def test_site(self, counted, accueil):
        """
        A pool of a site counts the children of all of its accueils.
        """
        assert counted is self.SITE.counts(accueil, MORNING, facts(6))

    @pytest.mark.rule("place.pool.site")
    @pytest.mark.parametrize(
        "changes",
        [
            {"accueils": None},
            {"establishment": HERE.establishment},
        ],
        ids=["neither", "both"],
    )
    def test_one_of_both(self, changes):
        """
        It says whose children it counts, once.
        """
        with pytest.raises(ValueError, match="write one of the two"):
            evolve(OVER, **changes)

    @pytest.mark.rule("place.pool.site")
    def test_unknown(self):
        """
        The site is one of the règlement's.
        """
        lost = evolve(self.SITE, establishment=EstablishmentCode("digne"))

        with pytest.raises(ValueError, match="'digne' is not among") as caught:
            evolve(REGLEMENT, pools=(lost,))

        assert caught.value.args[0].startswith(
            f"pools.{SIX_AND_OVER}.establishment"
        )

    @pytest.mark.rule("place.pool.parts")
    def test_every_part(self):
        """
        Without parts, it counts them all.
        """
        total = evolve(OVER, parts=None)

        assert total.counts(HERE, EVENING, facts(6))
        assert not OVER.counts(HERE, EVENING, facts(6))


class TestWhen:
    WEDNESDAYS = When((OneOf(FactName("weekday"), ("wednesday",)),))
    ON_WEDNESDAYS = evolve(UNDER, when=WEDNESDAYS)
    IN_TERM = evolve(
        OVER, when=When((OneOf(FactName("season"), ("school-term",)),))
    )

    @pytest.mark.rule("place.pool.when")
    @pytest.mark.parametrize(
        ("counted", "day"),
        [(True, WEDNESDAY), (False, WEDNESDAY + A_DAY)],
    )
    def test_weekday(self, counted, day):
        """
        A pool of Wednesdays counts no Thursday.
        """
        assert counted is self.ON_WEDNESDAYS.counts(
            HERE, MORNING, facts(5, day=day)
        )

    @pytest.mark.rule("place.pool.when")
    def test_no_limit(self):
        """
        On a Thursday it keeps nobody out, whatever the age.
        """
        assert admits(
            (self.ON_WEDNESDAYS,),
            HERE,
            MORNING,
            facts(6, day=WEDNESDAY + A_DAY),
        )
        assert not admits((self.ON_WEDNESDAYS,), HERE, MORNING, facts(6))

    @pytest.mark.rule("place.pool.when")
    def test_same_for_all(self):
        """
        It does not tell families apart, nor ages in two places.
        """
        with pytest.raises(ValueError, match="tells residency apart"):
            evolve(OVER, when=When((OneOf(FactName("residency"), ("A",)),)))

    @pytest.mark.rule("place.pool.when")
    def test_unknown_amplitude(self):
        """
        The amplitudes that it names are the règlement's.
        """
        night = When((OneOf(FactName("amplitude"), ("NUIT",)),))

        with pytest.raises(ValueError, match="'NUIT' is not among"):
            evolve(REGLEMENT, pools=(evolve(OVER, when=night),))

    @pytest.mark.rule("place.pool.season")
    def test_season(self):
        """
        A pool of the school term counts what is known to be in it.
        """
        calendar = evolve(PERIOD.calendar, school_holidays=())
        known = evolve(
            REGLEMENT,
            pools=(self.IN_TERM,),
            periods=(evolve(PERIOD, calendar=calendar),),
        )
        (only,) = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: FULL_DAY}),
            child=CHILD,
            reglement=known,
        )

        assert Place(MORNING, (SIX_AND_OVER,)) == only.places[0]

    @pytest.mark.rule("place.pool.season")
    def test_season_unknown(self):
        """
        Where nobody knows when there is school, it is told.
        """
        with pytest.raises(ValueError, match="nobody knows when there is"):
            evolve(REGLEMENT, pools=(self.IN_TERM,))


class TestSerrePoncon:
    @pytest.mark.rule("place.pool.parts")
    @pytest.mark.parametrize(
        ("full", "small", "all_ages"),
        [
            (False, 7, 29),
            (True, 8, 10),
            (True, 0, 30),
        ],
        ids=["a place in both", "none under six", "none at all"],
    )
    def test_two_pools(self, full, small, all_ages):
        """
        30 in all, 8 under six: a child under six needs a place in both.
        """
        code = PoolCode("total")
        total = Pool(
            code=code,
            label="Total",
            capacity=30,
            establishment=HERE.establishment,
        )
        under = evolve(REGLEMENT, pools=(total, UNDER, OVER))
        (only,) = lines_for(
            Wish(child=LOU, period=THE_PERIOD, days={WEDNESDAY: FULL_DAY}),
            child=evolve(CHILD, birth_date=WEDNESDAY.replace(year=2021)),
            reglement=under,
        )

        assert Place(MORNING, (code, UNDER_SIX)) == only.places[0]
        assert full is is_full(
            only,
            taken={
                Spot(UNDER_SIX, WEDNESDAY, MORNING): small,
                Spot(code, WEDNESDAY, MORNING): all_ages,
            },
            reglement=under,
        )

    @pytest.mark.rule("place.pool.zero")
    @pytest.mark.parametrize("capacity", [-1, "0", "", None, 0.5, True])
    def test_spelled(self, capacity):
        """
        Closed is 0 and no limit is « unlimited »: nothing else is either.
        """
        with pytest.raises(ValueError, match="0 is closed, 'unlimited' is no"):
            evolve(OVER, capacity=capacity)
