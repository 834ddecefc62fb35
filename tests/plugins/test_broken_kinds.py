"""
Kinds that cannot be, plugins that are wrong, and promises that are broken:
each error names who.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import define, evolve, field, frozen

from portail_core import wire
from portail_core.domain.cancellation import CreditedShare, Gift, GiftKind
from portail_core.domain.days import at_paris
from portail_core.domain.deadlines import (
    CountedFrom,
    Deadline,
    DeadlineKind,
    IfClosed,
    cutoff_of,
)
from portail_core.domain.extended import KindBroken
from portail_core.domain.facts import FactMissing
from portail_core.domain.ids import FactName
from portail_core.domain.money import Money
from portail_core.domain.refusals import Refused
from portail_core.domain.tariffs import (
    FormulaKind,
    Rate,
    StepKind,
    adjusted_by,
    priced_by,
)
from portail_core.plugins import (
    DuplicateName,
    Extends,
    Kind,
    PluginBroken,
    Plugins,
    hookimpl,
)
from portail_core.reglement_toml import clash, read_kind, read_reglement
from portail_core.testing.kind_contract import CALENDAR, FACTS, _credited
from tests.plugins.commune import BY_KILOMETRE, LOYALTY, WEEKS_LEFT, Loyalty
from tests.plugins.kinds import TEXT

FORMULA, ADJUSTMENT = Extends.FORMULA, Extends.ADJUSTMENT
DEADLINE, GIFT = Extends.DEADLINE, Extends.GIFT
GIFTS: Any = Gift
DEADLINES: Any = Deadline
ASKED = dt.datetime(2026, 5, 13, 9, tzinfo=dt.UTC)


class Offers:
    """
    A plugin that offers kinds.
    """

    def __init__(self, *kinds, name="offers"):
        self.kinds = kinds
        self.name = name

    def __repr__(self):
        return self.name

    @hookimpl
    def portail_kinds(self):
        return self.kinds


def step(name, **keys):
    """
    A kind of adjustment whose keys these are; the first one leads.
    """
    body = {
        "__annotations__": keys,
        "__module__": __name__,
        "adjusted": lambda _, unit_price, __: unit_price,
    }
    shape = frozen(type(name, (StepKind,), body))
    return Kind(extends=ADJUSTMENT, key=next(iter(keys)), shape=shape)


def formula(**keys):
    body = {"__annotations__": keys, "euros": lambda _, __: Decimal(1)}
    shape = frozen(kw_only=True)(type("Made", (FormulaKind,), body))
    return Kind(extends=FORMULA, key=next(iter(keys)), shape=shape)


# What a kind is --------------------------------------------------------------


class Bare(StepKind):
    bare: int

    def adjusted(self, unit_price, _):
        return unit_price


@define
class Changing(Bare):
    bare: int


@frozen
class Lenient(Bare):
    bare: int = 1


@frozen
class Private(Bare):
    bare: int
    _hidden: int = 1


@frozen
class Made(Bare):
    bare: int
    made: int = field(init=False, default=1)


@frozen
class Nameless(Bare):
    bare: "Decimal_"  # type: ignore[name-defined]  # noqa: F821 - its fault


@frozen
class Unsaid(StepKind):
    bare: int


class TestKind:
    def test_asks_nothing(self):
        """
        A kind that does not say what it asks for reads no fact.
        """
        assert frozenset() == Lenient().asks

    @pytest.mark.parametrize(
        ("shape", "told"),
        [
            (int, "<class 'int'> is no StepKind"),
            ("Bare", "'Bare' is no StepKind"),
            (BY_KILOMETRE.shape, "ByKilometre'> is no StepKind"),
            (Bare, "Bare is no attrs class: put @attrs.frozen above it"),
            (Changing, "Changing is not frozen and hashable"),
            (Lenient, "'bare' is no attribute of Lenient that must be"),
            (Loyalty, "'bare' is no attribute of Loyalty that must be"),
            (Private, "Private._hidden cannot be written as a key"),
            (Made, "Made.made cannot be written as a key"),
            (Nameless, "Nameless: name 'Decimal_' is not defined"),
            (Unsaid, "Unsaid does not say adjusted"),
        ],
    )
    def test_shape(self, shape, told):
        """
        A class that cannot be read, stored or compared is no kind.
        """
        with pytest.raises(ValueError, match=r"no|cannot") as caught:
            Kind(extends=ADJUSTMENT, key="bare", shape=shape)

        assert told in "; ".join(caught.value.args)

    @pytest.mark.parametrize("key", ["", "Rate", "9km", "per-km", "_km"])
    def test_key(self, key):
        """
        A leading key is written without quotes, in small letters.
        """
        with pytest.raises(ValueError, match="key"):
            evolve(BY_KILOMETRE, key=key)


# Names -----------------------------------------------------------------------


class TestNames:
    @pytest.mark.rule("reglement.kinds.named")
    @pytest.mark.parametrize(
        ("kind", "told"),
        [
            (
                step("Factor", factor=Decimal),
                (
                    "the adjustment 'factor' of bus: 'factor' is a key of "
                    "adjustments already"
                ),
            ),
            (
                step("Label", years=int, label=str),
                (
                    "the adjustment 'years' of bus: 'label' is a key of "
                    "adjustments already"
                ),
            ),
            (
                formula(per_visit=Decimal, floor=int),
                (
                    "the formula 'per_visit' of bus: 'floor' is a key of "
                    "formulas already, and holds another type"
                ),
            ),
            (
                Kind(
                    extends=DEADLINE,
                    key="at",
                    shape=frozen(
                        type(
                            "At",
                            (DeadlineKind,),
                            {
                                "__annotations__": {"at": dt.time},
                                "__module__": __name__,
                                "at": field(kw_only=True),
                                "moment": lambda *_: ASKED,
                            },
                        )
                    ),
                ),
                "the deadline 'at' of bus: 'at' is a key of deadlines already",
            ),
        ],
        ids=["leading", "common", "another type", "shared leads"],
    )
    def test_ours(self, kind, told):
        """
        A key of ours is not a plugin's, and which distribution took it is
        told.
        """
        with pytest.raises(DuplicateName) as duplicate:
            Plugins(Offers(kind, name="bus"), discover=())

        assert told == str(duplicate.value)

    @pytest.mark.rule("reglement.kinds.named")
    @pytest.mark.parametrize("order", [1, -1])
    @pytest.mark.parametrize(
        ("one", "other", "told"),
        [
            (
                step("One", miles=int),
                step("Other", miles=int),
                "adjustments 'miles' is offered by",
            ),
            (
                step("One", leagues=int, knots=int),
                step("Other", knots=int),
                "adjustments 'knots' is offered by",
            ),
            (
                step("One", yards=int, each=int),
                step("Other", feet=int, each=str),
                "adjustments 'each', of two types, is offered by",
            ),
        ],
        ids=["leading", "leads the other", "two types"],
    )
    def test_two(self, one, other, told, order):
        """
        Two plugins that offer one name are both told, in either order.
        """
        pair = (Offers(one, name="bus"), Offers(other, name="tram"))[::order]

        with pytest.raises(DuplicateName) as duplicate:
            Plugins(*pair, discover=())

        assert str(duplicate.value).startswith(told)
        assert {"bus", "tram"} <= set(
            str(duplicate.value).replace(":", " ").split()
        )

    @pytest.mark.rule("reglement.kinds.named")
    def test_side_by_side(self):
        """
        One name may be of two sorts, and two kinds may share a key of one
        type.
        """
        one = step("One", chains=int, each=int)
        other = step("Other", furlongs=int, each=int)
        price = formula(chains=int)

        assert {one, other, price} == Plugins(
            Offers(one, other, price), discover=()
        ).kinds
        assert clash(one, price) is None
        assert clash(one, other) is None

    @pytest.mark.rule("reglement.kinds.named")
    def test_one_name_a_process(self):
        """
        A name that was read as one class is not another's later: what is
        stored means one thing.
        """
        first, second = step("First", rods=int), step("Second", rods=int)
        Plugins(Offers(first), discover=())

        with pytest.raises(
            PluginBroken,
            match=r"^a kind that tram offers cannot be: 'rods' of .*Second "
            r"is known as 'rods' of .*First: in one process",
        ):
            Plugins(Offers(second, name="tram"), discover=())

    @pytest.mark.rule("reglement.kinds.named")
    def test_one_class_two_names(self):
        """
        Nor has a class two names.
        """
        shape = step("Shape", poles=int, perches=int)
        wire.know((shape,))

        with pytest.raises(ValueError, match=r"'perches' of .* 'poles' of"):
            wire.know((evolve(shape, key="perches"),))

    @pytest.mark.rule("reglement.kinds.read")
    def test_untold(self):
        """
        A key that its author says nothing of is asked for all the same.
        """
        kind = step("Untold", ells=int, spans=int)

        with pytest.raises(wire.Unreadable, match=r"ells needs spans$"):
            read_kind(kind, "{ ells = 2 }")

    @pytest.mark.rule("reglement.kinds.named")
    def test_given(self):
        """
        Who passes kinds by hand hears the same.
        """
        with pytest.raises(ValueError, match="'factor' is a key of adjust"):
            read_reglement(TEXT, kinds=(step("F", factor=Decimal),))
        with pytest.raises(ValueError, match="two kinds have adjustments"):
            read_reglement(
                TEXT, kinds=(step("A", cubits=int), step("B", cubits=int))
            )


class TestPlugin:
    def test_fails(self):
        """
        A plugin that fails to answer is named, with what it said.
        """

        class Fails(Offers):
            @hookimpl
            def portail_kinds(self):
                return (Kind(extends=FORMULA, key="x", shape=Loyalty),)

        with pytest.raises(
            PluginBroken,
            match=r"^the plugin poor failed to offer kinds: .*is no Formula",
        ):
            Plugins(Fails(name="poor"), discover=())

    @pytest.mark.parametrize("answer", [7, (LOYALTY, "x"), [Loyalty]])
    def test_offers_something_else(self, answer):
        """
        One that offers anything but kinds is named, too.
        """

        class Confused(Offers):
            @hookimpl
            def portail_kinds(self):
                return answer

        with pytest.raises(PluginBroken, match="the plugin confused failed"):
            Plugins(Confused(name="confused"), discover=())

    @pytest.mark.parametrize("held", [complex, Kind])
    def test_unwritable(self, held):
        """
        A key that no file can hold is told with whose it is.
        """
        kind = step("Held", **{f"held_as_{held.__name__.lower()}": held})

        with pytest.raises(
            PluginBroken, match=r"that bus offers .*Held\.held"
        ):
            Plugins(Offers(kind, name="bus"), discover=())

    def test_none(self):
        """
        A plugin need not offer any.
        """
        assert frozenset() == Plugins(object(), discover=()).kinds


# Promises --------------------------------------------------------------------


def answering(base, method, answer):
    """
    A value of a kind whose *method* gives *answer*, or raises it.
    """

    def answered(*_):
        if isinstance(answer, Exception):
            raise answer
        return answer

    body = {method: answered, "__module__": __name__}
    return frozen(type("Broken", (base,), body))()


MISSING = Refused(FactMissing(FactName("distance_km")))


class TestPromises:
    @pytest.mark.rule("reglement.kinds.promise")
    @pytest.mark.parametrize(
        "answer",
        [
            Decimal("-0.01"),
            Decimal("Infinity"),
            Decimal("NaN"),
            1,
            2.5,
            None,
            "7.10",
        ],
        ids=repr,
    )
    def test_price(self, answer):
        """
        A price is a finite figure, and not below zero.
        """
        formula = answering(FormulaKind, "euros", answer)
        adjusting = answering(StepKind, "adjusted", answer)
        told = "a kind of the package tests, answers .*, where a price is"

        with pytest.raises(KindBroken, match=told):
            priced_by(formula, FACTS)
        with pytest.raises(KindBroken, match=told):
            adjusted_by(adjusting, Decimal(1), FACTS)

    @pytest.mark.rule("reglement.kinds.promise")
    def test_nothing(self):
        """
        Nothing is a price.
        """
        free = answering(FormulaKind, "euros", Decimal(0))

        assert Decimal(0) == priced_by(free, FACTS)

    @pytest.mark.rule("reglement.kinds.promise")
    def test_fails(self):
        """
        One that fails is named, with what it said; a refusal is its own.
        """
        broken = answering(FormulaKind, "euros", ZeroDivisionError("by 0"))
        refusing = answering(FormulaKind, "euros", MISSING)

        with pytest.raises(
            KindBroken, match=r"Broken, a kind of the package .*'by 0'"
        ):
            priced_by(broken, FACTS)
        with pytest.raises(Refused):
            priced_by(refusing, FACTS)

    @pytest.mark.rule("reglement.kinds.promise")
    @pytest.mark.parametrize(
        "answer",
        [
            None,
            FACTS.day,
            dt.datetime(2026, 5, 25, 12),  # noqa: DTZ001 - that is the point
            dt.datetime(
                2026, 5, 25, tzinfo=dt.timezone(dt.timedelta(hours=2))
            ),
        ],
        ids=repr,
    )
    def test_no_moment(self, answer):
        """
        A deadline is a moment, and says so in UTC.
        """
        deadline = answering(DeadlineKind, "moment", answer)

        with pytest.raises(KindBroken, match="where a moment is in UTC"):
            cutoff_of(deadline, FACTS.day, CALENDAR)

    @pytest.mark.rule("reglement.kinds.promise")
    def test_after_the_day(self):
        """
        The last instant of the day is in time, and the next one is not a
        deadline.
        """
        end = at_paris(FACTS.day, dt.time.max)
        after = end + dt.timedelta(microseconds=1)
        last = answering(DeadlineKind, "moment", end)
        late = answering(DeadlineKind, "moment", after)

        assert end == cutoff_of(last, FACTS.day, CALENDAR).last
        with pytest.raises(KindBroken, match="a deadline is never after it"):
            cutoff_of(late, FACTS.day, CALENDAR)
        with pytest.raises(KindBroken, match="for 2026-05-01"):
            cutoff_of(
                evolve(last, counted_from=CountedFrom.MONTH),
                FACTS.day,
                CALENDAR,
            )

    @pytest.mark.rule("deadline.kind")
    def test_moved(self):
        """
        Where the règlement moves it after the day, it ends with the day, as
        any other.
        """
        sunday = dt.date(2026, 5, 24)
        end = at_paris(sunday, dt.time.max)
        deadline: Any = evolve(
            answering(DeadlineKind, "moment", end),
            if_closed=IfClosed.NEXT_BUSINESS_DAY,
        )

        assert "deadline.never-after" == (
            cutoff_of(deadline, sunday, CALENDAR).rule
        )

    @pytest.mark.rule("reglement.kinds.promise")
    @pytest.mark.parametrize(
        ("answer", "released"),
        [
            (Money(-1), Money(100)),
            (Money(101), Money(100)),
            (Money(1), Money(0)),
            (Decimal(1), Money(100)),
            (None, Money(100)),
        ],
        ids=["below zero", "a cent more", "of nothing", "no amount", "none"],
    )
    def test_gift(self, answer, released):
        """
        What comes back is from nothing to what was released.
        """
        gift = answering(GiftKind, "credited", answer)

        with pytest.raises(KindBroken, match=r"gives .* back of Money\("):
            _credited(gift, FACTS, released, ASKED)

    @pytest.mark.rule("reglement.kinds.promise")
    @pytest.mark.parametrize("given", [0, 100])
    def test_bounds_of_a_gift(self, given):
        """
        Both ends are in.
        """
        gift = answering(GiftKind, "credited", Money(given))

        assert Money(given) == _credited(gift, FACTS, Money(100), ASKED)


class TestStored:
    @pytest.mark.rule("reglement.kinds.stored")
    @pytest.mark.parametrize(
        "text",
        [
            '{"gift":"x"}',
            '{"gift":7,"from":"tests"}',
            '{"from":"tests"}',
            '{"gift":"credited_by_weeks_left_of","from":"tests"}',
            '{"gift":"credited_by_weeks_left_of","from":"tests","by":1}',
            '{"gift":"CreditedShare","from":"tests","share":"1"}',
            "7",
        ],
    )
    def test_unreadable(self, text):
        """
        What is no kind that is known is not read as one.
        """
        wire.know((WEEKS_LEFT,))

        with pytest.raises(wire.Unreadable):
            wire.load(GIFTS, text)

    @pytest.mark.rule("reglement.kinds.stored")
    def test_built_in(self):
        """
        What is built in is stored as it always was.
        """
        rate = Rate(of=FactName("quotient"), rates=(Decimal("0.01"),))
        share = CreditedShare(Decimal(1))

        assert '"gift":"CreditedShare"' in wire.dump(share, Gift)
        assert "from" not in wire.dump(share, Gift)
        assert "from" not in wire.dump(rate, Rate)
        with pytest.raises(wire.Unreadable, match="must be one of Business"):
            wire.load(DEADLINES, '{"deadline":"days_before"}')

    @pytest.mark.rule("reglement.kinds.stored")
    def test_unknown_class(self):
        """
        A value of a class that no plugin offered cannot be stored.
        """
        stray = answering(GiftKind, "credited", Money(1))

        with pytest.raises(ValueError, match="Broken is no kind that is"):
            wire.dump(stray, Gift)
