"""
Long lists, a page at a time.
"""

import pytest
from hypothesis import given, strategies as st

from portail_core import french
from portail_core.domain.pages import Page, Paging, page, pages

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def cut(items, asked):
    """
    The page of a list that is all at hand.
    """
    asked = asked.within(len(items))
    shown = items[asked.skip : asked.skip + asked.size]
    return page(tuple(shown), asked, len(items))


class TestPaging:
    @pytest.mark.rule("planning.page.size")
    def test_default(self):
        """
        The first page, of ten.
        """
        assert Paging(number=1, size=10) == Paging()

    @pytest.mark.rule("planning.page.size")
    @pytest.mark.parametrize(
        ("number", "size"), [(0, 10), (-1, 10), (1, 0), (1, 101)]
    )
    def test_refused(self, number, size):
        """
        Pages begin at 1, and have one item to a hundred.
        """
        with pytest.raises(ValueError, match=r"(number|size) is "):
            Paging(number=number, size=size)

    @pytest.mark.rule("planning.page.size")
    @pytest.mark.parametrize("size", [1, 100])
    def test_bounds(self, size):
        """
        One and a hundred are sizes.
        """
        assert size == Paging(size=size).size

    @pytest.mark.parametrize("number", [True, 1.0, "1"])
    def test_whole_number(self, number):
        """
        A page has a whole number.
        """
        with pytest.raises(TypeError, match="number is"):
            Paging(number=number)


class TestPage:
    @pytest.mark.rule("planning.page.rank")
    @pytest.mark.parametrize(
        ("total", "number", "shown"),
        [
            (0, 1, "0 sur 0"),
            (1, 1, "1 - 1 sur 1"),
            (10, 1, "1 - 10 sur 10"),
            (11, 1, "1 - 10 sur 11"),
            (11, 2, "11 - 11 sur 11"),
            (25, 3, "21 - 25 sur 25"),
        ],
    )
    def test_ranks(self, total, number, shown):
        """
        « 1 - 1 sur 1 ».
        """
        assert shown == french.page(
            cut(LETTERS[:total], Paging(number=number))
        )

    @pytest.mark.rule("planning.page.last")
    @pytest.mark.parametrize(
        ("asked", "number"), [(2, 2), (3, 3), (4, 3), (10**9, 3)]
    )
    def test_beyond(self, asked, number):
        """
        Beyond the last page is the last page.
        """
        shown = cut(LETTERS[:25], Paging(number=asked))

        assert number == shown.number
        assert LETTERS[(number - 1) * 10 : 25][:10] == "".join(shown.items)

    @pytest.mark.rule("planning.page.rank")
    @pytest.mark.parametrize(
        ("number", "leads"),
        [(1, (False, True)), (2, (True, True)), (3, (True, False))],
    )
    def test_arrows(self, number, leads):
        """
        « < » and « > » lead somewhere but at the ends.
        """
        shown = cut(LETTERS[:25], Paging(number=number))

        assert leads == (shown.has_previous, shown.has_next)

    def test_empty(self):
        """
        An empty list has one page, with nothing on it.
        """
        shown: Page[str] = cut("", Paging(number=7))

        assert (1, 1, 0, 0, False, False) == (
            shown.number,
            shown.pages,
            shown.first,
            shown.last,
            shown.has_previous,
            shown.has_next,
        )

    @given(st.integers(0, 250), st.integers(1, 100))
    def test_all_pages(self, total, size):
        """
        One after the other, pages show every item once, in order.
        """
        items = range(total)
        shown = [
            cut(items, Paging(number=number, size=size))
            for number in range(1, pages(total, size) + 1)
        ]

        assert list(items) == [item for one in shown for item in one.items]
        assert [*(True for _ in shown[1:]), False] == [
            one.has_next for one in shown
        ]
