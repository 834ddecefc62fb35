"""
docs/spec/field.md, rule by rule.
"""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from portail_core.domain.forms import (
    BLOCKS,
    EMPTY,
    SETTINGS,
    Block,
    BornLater,
    CountMalformed,
    DayMalformed,
    EmailFieldMalformed,
    FieldClosed,
    FieldEmpty,
    FieldUnknown,
    FieldUse,
    NoSuchChoice,
    PhoneMalformed,
    PostcodeMalformed,
    TextMalformed,
    filled,
    missing,
    shown,
)
from portail_core.domain.households import FamilySituation
from portail_core.domain.refusals import Refused

TODAY = dt.date(2026, 5, 13)
NAMES = {"first_name": "Alex", "last_name": "Durand"}


def fill(block, typed, *, held=EMPTY, uses=None):
    return filled(block, typed, held=held, uses=uses or {}, today=TODAY)


def refusals_of(block, typed, **more):
    with pytest.raises(Refused) as refused:
        fill(block, typed, **more)
    return refused.value.refusals


class TestText:
    @pytest.mark.rule("field.text")
    def test_trimmed(self):
        """
        Spaces around what was typed do not count.
        """
        values = fill(Block.PROFESSIONAL, {"employer": " Mairie de Peipin "})

        assert "Mairie de Peipin" == values["employer"]

    @pytest.mark.rule("field.text")
    @pytest.mark.parametrize(
        "typed",
        ["x" * 101, "a\nb", "a\x00b", "\u202eb", "a\u2028b"],
        ids=["long", "two lines", "nul", "direction", "line separator"],
    )
    def test_malformed(self, typed):
        """
        Longer than a line, or with what cannot be printed on one.
        """
        assert (TextMalformed("profile.employer"),) == refusals_of(
            Block.PROFESSIONAL, {"employer": typed}
        )

    @pytest.mark.rule("field.text")
    def test_longest(self):
        """
        A hundred characters are in.
        """
        values = fill(Block.PROFESSIONAL, {"employer": "x" * 100})

        assert "x" * 100 == values["employer"]


class TestPhone:
    @pytest.mark.rule("field.phone")
    @pytest.mark.parametrize(
        ("kept", "typed"),
        [
            ("0612345678", "06 12 34 56 78"),
            ("0612345678", "06.12.34.56.78"),
            ("0612345678", "+33 6 12 34 56 78"),
            ("0612345678", "+33 (0)6-12-34-56-78"),
            ("0612345678", "0033612345678"),
            ("0692123456", "0692 12 34 56"),
            ("+352621123456", "+352 621 123 456"),
            ("+1234567", "+1234567"),
            ("+123456789012345", "+123456789012345"),
        ],
    )
    def test_kept(self, kept, typed):
        """
        However it is spelled, a number is kept in one way.
        """
        values = fill(Block.COORDINATES, {"mobile_phone": typed})

        assert kept == values["mobile_phone"]

    @pytest.mark.rule("field.phone")
    @pytest.mark.parametrize(
        "typed",
        [
            "06 12 34 56 7",
            "06 12 34 56 789",
            "00 12 34 56 78",
            "+33 0612345678",
            "+330612345678",
            "+123456",
            "+1234567890123456",
            "six",
            "٠٦١٢٣٤٥٦٧٨",
            "0612345678 poste 2",
        ],
    )
    def test_malformed(self, typed):
        """
        Too short, too long, or no number at all.
        """
        assert (PhoneMalformed("profile.mobile_phone"),) == refusals_of(
            Block.COORDINATES, {"mobile_phone": typed}
        )


class TestPostcode:
    @pytest.mark.rule("field.postcode")
    @pytest.mark.parametrize("typed", ["01000", "04200", "20000", "97400"])
    def test_kept(self, typed):
        """
        Its first zero is kept.
        """
        values = fill(
            Block.HOUSEHOLD,
            {"street": "1 rue", "postcode": typed, "town": "Ici"},
        )

        assert typed == values["postcode"]

    @pytest.mark.rule("field.postcode")
    @pytest.mark.parametrize(
        "typed", ["4200", "042000", "00100", "04 200", "2A000", "٠٤٢٠٠"]
    )
    def test_malformed(self, typed):
        """
        Not five digits of those that a keyboard has.
        """
        assert (PostcodeMalformed("household.postcode"),) == refusals_of(
            Block.HOUSEHOLD,
            {"street": "1 rue", "postcode": typed, "town": "Ici"},
        )


class TestDay:
    @pytest.mark.rule("field.day")
    @pytest.mark.parametrize(
        ("kept", "typed"),
        [
            (dt.date(2019, 3, 2), "02/03/2019"),
            (dt.date(2019, 3, 2), "2/3/2019"),
            (dt.date(2019, 3, 2), "2019-03-02"),
            (dt.date(1900, 1, 1), "01/01/1900"),
            (TODAY, "13/05/2026"),
        ],
    )
    def test_kept(self, kept, typed):
        """
        As French people write it, or as a browser sends it.
        """
        values = fill(Block.PERSONAL, {**NAMES, "birth_date": typed})

        assert kept == values["birth_date"]

    @pytest.mark.rule("field.day")
    @pytest.mark.parametrize(
        "typed",
        ["31/02/2019", "31/12/1899", "02-03-2019", "02/03/19", "hier", "0"],
    )
    def test_malformed(self, typed):
        """
        No day, or one of another century.
        """
        assert (DayMalformed("profile.birth_date"),) == refusals_of(
            Block.PERSONAL, {**NAMES, "birth_date": typed}
        )

    @pytest.mark.rule("field.born-later")
    def test_born_later(self):
        """
        Tomorrow is too late to be born.
        """
        assert (BornLater("profile.birth_date"),) == refusals_of(
            Block.PERSONAL, {**NAMES, "birth_date": "2026-05-14"}
        )


class TestUnknown:
    @pytest.mark.rule("field.unknown")
    def test_long(self):
        """
        A name that is no field's is told, but not at any length.
        """
        name = "x" * 1_000

        assert (FieldUnknown(f"household.{'x' * 100}"),) == refusals_of(
            Block.MORE, {name: "1"}
        )


class TestOthers:
    @pytest.mark.rule("field.email")
    def test_email(self):
        """
        An address is spelled as that of an account.
        """
        values = fill(Block.PARTNER, {**NAMES, "email": "Alex@Example.org"})

        assert "alex@example.org" == values["email"]
        assert (EmailFieldMalformed("partner.email"),) == refusals_of(
            Block.PARTNER, {**NAMES, "email": "alex@example"}
        )

    @pytest.mark.rule("field.choice")
    def test_choice(self):
        """
        One of those offered, and no other.
        """
        values = fill(Block.PERSONAL, {**NAMES, "family_situation": "married"})

        assert FamilySituation.MARRIED is values["family_situation"]
        assert (NoSuchChoice("profile.family_situation"),) == refusals_of(
            Block.PERSONAL, {**NAMES, "family_situation": "happy"}
        )

    @pytest.mark.rule("field.count")
    @pytest.mark.parametrize(("count", "typed"), [(0, "0"), (30, "30")])
    def test_count(self, count, typed):
        """
        Both bounds are in.
        """
        values = fill(Block.MORE, {"children_count": typed})

        assert count == values["children_count"]

    @pytest.mark.rule("field.count")
    @pytest.mark.parametrize("typed", ["31", "-1", "2.5", "deux", "٣"])
    def test_count_malformed(self, typed):
        """
        Neither more nor less, nor a part of one.
        """
        assert (
            CountMalformed("household.children_count", 30),
        ) == refusals_of(Block.MORE, {"children_count": typed})


class TestAddress:
    @pytest.mark.rule("field.address")
    def test_begun(self):
        """
        Where an address is not mandatory, one that was begun is finished.
        """
        assert (
            FieldEmpty("profile.postcode"),
            FieldEmpty("profile.town"),
        ) == refusals_of(Block.COORDINATES, {"street": "1 rue des Genêts"})

    @pytest.mark.rule("field.address")
    def test_emptied(self):
        """
        It may be emptied as a whole.
        """
        held = {**EMPTY, "street": "1 rue", "postcode": "04200", "town": "Ici"}

        values = fill(
            Block.COORDINATES,
            {"street": "", "postcode": "", "town": ""},
            held=held,
        )

        assert EMPTY == values

    @pytest.mark.rule("field.address")
    def test_one_fault(self):
        """
        A part that is wrong is not told to be missing as well.
        """
        assert (PostcodeMalformed("profile.postcode"),) == refusals_of(
            Block.COORDINATES,
            {"street": "1 rue", "postcode": "4200", "town": "Ici"},
        )


class TestUses:
    @pytest.mark.rule("field.uses")
    def test_fixed(self):
        """
        No règlement makes a name optional.
        """
        assert not {
            "profile.first_name",
            "partner.last_name",
            "child.birth_date",
        } & set(SETTINGS)
        assert "household.address" in SETTINGS

    @pytest.mark.rule("field.uses")
    def test_missing(self):
        """
        What is mandatory and empty can be listed.
        """
        assert (
            "household.street",
            "household.postcode",
            "household.town",
        ) == missing(Block.HOUSEHOLD, EMPTY, {})
        assert () == missing(
            Block.HOUSEHOLD, EMPTY, {"household.address": FieldUse.EDITABLE}
        )

    @pytest.mark.rule("field.uses")
    def test_hidden(self):
        """
        A hidden field is not in the form.
        """
        form = shown(
            Block.MORE, EMPTY, {"household.children_count": FieldUse.HIDDEN}
        )

        assert () == form.fields


# Typed text, and the fault that it makes in a field that is open.
FAULTS = {
    "street": ("x" * 101, TextMalformed),
    "postcode": ("4200", PostcodeMalformed),
    "town": ("a\tb", TextMalformed),
    "home_phone": ("12", PhoneMalformed),
    "mobile_phone": ("06", PhoneMalformed),
    "phone": ("06", PhoneMalformed),
    "work_phone": ("06", PhoneMalformed),
    "first_name": ("", FieldEmpty),
    "last_name": (" ", FieldEmpty),
    "birth_date": ("30/02/2019", DayMalformed),
    "family_situation": ("?", NoSuchChoice),
    "email": ("@", EmailFieldMalformed),
    "occupation": ("x\ny", TextMalformed),
    "employer": ("x" * 200, TextMalformed),
    "children_count": ("99", CountMalformed),
}
GOOD = {
    "street": "1 rue des Genêts",
    "postcode": "04200",
    "town": "Aubignosc",
    "home_phone": "0492000000",
    "mobile_phone": "0612345678",
    "phone": "0492000000",
    "work_phone": "0492000000",
    "first_name": "Alex",
    "last_name": "Durand",
    "birth_date": "02/03/2019",
    "family_situation": "married",
    "email": "alex@example.org",
    "occupation": "boulangère",
    "employer": "Mairie",
    "children_count": "2",
}


class TestEveryFault:
    @pytest.mark.rule("field.all")
    @pytest.mark.rule("field.unknown")
    @given(st.data())
    def test_k_faults(self, data):
        """
        A form with k faults is refused with k refusals, each naming its
        field: wrong, closed by the operator, or of no form of ours.
        """
        block = data.draw(st.sampled_from(list(Block)))
        keys = [field.key for field in BLOCKS[block]]
        settings = [f.setting for f in BLOCKS[block] if f.use is not None]
        closed = st.sampled_from([FieldUse.HIDDEN, FieldUse.SHOWN])
        uses = data.draw(
            st.fixed_dictionaries({}, optional=dict.fromkeys(settings, closed))
        )
        wrong = data.draw(st.sets(st.sampled_from(keys)))
        unknown = data.draw(
            st.sets(st.text(max_size=5).filter(lambda key: key not in keys))
        )
        typed = {
            **{key: GOOD[key] for key in keys},
            **{key: FAULTS[key][0] for key in wrong},
            **dict.fromkeys(unknown, "x"),
        }
        expected = {
            FieldClosed(field.name)
            if not field.used(uses).is_open
            else _fault(field)
            for field in BLOCKS[block]
            if field.key in wrong or not field.used(uses).is_open
        } | {FieldUnknown(f"{block.section}.{key}") for key in unknown}

        try:
            fill(block, typed, uses=uses)
        except Refused as refused:
            told = refused.refusals
        else:
            told = ()

        assert len(expected) == len(told)
        assert expected == set(told)


def _fault(field):
    kind = FAULTS[field.key][1]
    if kind is CountMalformed:
        return kind(field.name, 30)
    return kind(field.name)
