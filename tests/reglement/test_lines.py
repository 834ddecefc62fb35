"""
On which line each value of a file stands.
"""

import pytest

from portail_core.reglement_toml import reference
from portail_core.reglement_toml._lines import Lines
from portail_core.wire import parse_toml
from tests.reglement.written import CHEMAUDIN, PETITES_BOUILLES

ODD = r'''# Everything that TOML has.
a . "b c" . 'd.e' = 1 # a comment with ] and "
text = """
first = "no key"
[no-table] \"""" # after
literal = \'\'\'
[[none]]\'\'\'
empty = """"""
list = [ # one
    1, [2, { x = "}" }], # ]
    "]", '"',
]
inline = { y = { z = 2026-05-27 08:00:00 }, "k\"" = [] }
[ t . u ]
v = 12:00:00

[[t.w]]
[[t.w.s]]
n = 1
[[t.w.s]]
n = 2
[[t.w]]
[t.w.s]
n = 3
[t]
last = 1'''.replace("\\'", "'")
TEXTS = {
    "petites": PETITES_BOUILLES,
    "chemaudin": CHEMAUDIN,
    "start": reference.start(),
    "odd": ODD,
    "windows": PETITES_BOUILLES.replace("\n", "\r\n"),
    "nothing": "",
}


def paths(data, path=()):
    """
    Of everything in *data*.
    """
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in pairs:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from paths(value, (*path, key))


class TestLines:
    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
    def test_everything(self, text):
        """
        Every value has its line, and nothing else has one.
        """
        assert set(paths(parse_toml(text))) == set(Lines(text).found)

    @pytest.mark.parametrize(
        ("path", "line"),
        [
            ("a.b c.d", 2),
            ("text", 3),
            ("literal", 6),
            ("list", 9),
            ("list[1][1].x", 10),
            ("list[3]", 11),
            ("inline.y.z", 13),
            ("t.u.v", 15),
            ("t.w[0].s[1].n", 21),
            ("t.w[1].s.n", 24),
            ("t.last", 26),
            ("t.unheard-of.of", 14),
            ("t.w[7]", 17),
            ("unheard-of", None),
            ("", None),
        ],
    )
    def test_line(self, path, line):
        """
        A path has the line of what it names, or of the nearest above it.
        """
        assert line == Lines(ODD).line_of(path, parse_toml(ODD))

    @pytest.mark.parametrize(
        ("path", "starts"),
        [
            ("pools.six-ans-et-plus.parts", "parts ="),
            ("pools.six-ans-et-plus", "[[pools]]"),
            ("pools.nobody", "[[pools]]"),
            ("amplitudes.MATIN.prestations.demi-journee", "prestations ="),
            ("cancellations[0].outcomes[1].label", "{ credited_share"),
        ],
    )
    def test_code(self, path, starts):
        """
        A table may be named by its code.
        """
        data = parse_toml(PETITES_BOUILLES)

        line = Lines(PETITES_BOUILLES).line_of(path, data)

        assert line
        text = PETITES_BOUILLES.splitlines()[line - 1]
        assert text.strip().startswith(starts)
