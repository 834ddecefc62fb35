"""
Facts that are typed: `portail deadlines --fact NAME=VALUE`.
"""

from pathlib import Path

import pytest

from portail_cli.main import main

DATA = Path(__file__).parents[3] / "tests" / "data" / "composed"
FILE = DATA / "24-windows.toml"
DAY = ["--accueil", "mercredis", "--day", "2027-05-12"]
AT_HOME = ["--fact", "residency=commune"]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (["residence=commune"], "--fact residence: there is no such fact"),
        (["day=2020-01-01"], "--fact day: there is no such fact"),
        (["residency=ailleurs"], "'ailleurs' is not among commune, voisine"),
        (["scheme=cpam"], "--fact scheme: 'cpam' is not among caf, msa"),
        (["booked=tard"], "--fact booked: 'tard' is not among in-time, late"),
        (["meal_supplied=oui"], "'oui' is not among yes, no"),
        (["age=-1"], "age is '-1', which is no figure or hour"),
        (["age=5.5"], "age is '5.5', which is no figure or hour"),
        (["quotient=NaN"], "quotient is 'NaN', which is no figure or hour"),
        (["quotient=-1"], "quotient is '-1', which is no figure or hour"),
        (["arrives=25:00"], "arrives is '25:00', which is no figure or hour"),
        (["age=5", "age=6"], "age is stated twice: 5 and 6"),
    ],
)
def test_refused(capsys, stated, told):
    """
    What is no fact, or no word or figure of it, is told and never passed over.
    """
    facts = [part for one in stated for part in ("--fact", one)]

    assert 1 == main(["deadlines", str(FILE), *DAY, *facts])
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "stated",
    ["booked=late", "meal_supplied=yes", "scheme=caf", "age=5", "cost=12.50"],
)
def test_stated(capsys, stated):
    """
    Facts of the library are read, each as its kind.
    """
    assert 0 == main(
        ["deadlines", str(FILE), *DAY, *AT_HOME, "--fact", stated]
    )
    assert "2027-03-01T08:00:00+01:00" in capsys.readouterr().out


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "9999-12-31T23:59-10:00"])
def test_beyond_the_calendar(capsys, at):
    """
    A moment that has no day in UTC is not understood.
    """
    with pytest.raises(SystemExit):
        main(["deadlines", str(FILE), *DAY, *AT_HOME, "--at", at])

    assert "is not a moment such as" in capsys.readouterr().err
