"""
The example with another period: when it is open, as its file says.
"""

from portail_core.reglement_toml import read_reglement
from tests.reglement.written import PETITES_BOUILLES, with_changes

_AT = PETITES_BOUILLES.index("first_day = 2025-09-03")
_END = PETITES_BOUILLES.index("[[prestations]]")
OPERATOR = 'department = "04"'
LABEL = "« Périscolaire 2025-2026 AUBIGNOSC »"


def written(period, operator=OPERATOR):
    """
    The example, with *period* after the code, label and accueil of its own.
    """
    text = f"{PETITES_BOUILLES[:_AT]}{period}\n{PETITES_BOUILLES[_END:]}"
    return with_changes((OPERATOR, operator), text=text)


def opening(first, last, *lines, operator=OPERATOR, more=""):
    """
    The example, whose period is open as *lines* say; closed on public
    holidays unless they say otherwise.
    """
    ends = [f"first_day = {first}", f"last_day = {last}"]
    if not any(line.startswith("public_holidays") for line in lines):
        ends.append('public_holidays = "closed"')
    return written("\n".join([*ends, *lines, more]), operator)


def days_of(text):
    (period,) = read_reglement(text).periods
    return [str(day) for day in period.calendar.open_days]


def days(*arguments, **options):
    return days_of(opening(*arguments, **options))


MAY = "2026-05-11", "2026-05-17"  # Ascension is Thursday the 14th
FROM_MONDAY = 'weekdays = ["monday", "tuesday", "thursday", "friday"]'
WEDNESDAYS = 'weekdays = ["wednesday"]'
