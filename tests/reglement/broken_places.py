"""
What may be wrong with amplitudes, places, rhythms and gates.
"""

SHAPE_OF_LIMIT = "a limit is one of: over; over_at_month_end + once_paid"
SHAPE_OF_GRACE = (
    "a grace is one of: days; months_from_first_day; first_day + last_day"
)
NO_CAPACITY = (
    "is no capacity: write how many places without quotes, as 24; 0 is "
    'closed, "unlimited" is no limit'
)
ACCUEILS = 'accueils = ["mercredis"]\nparts = ["matin", "midi"'
RHYTHM = """
[[rhythms]]
since = 2025-09-01
source = "essai"
{}

[[hold]]"""
ARREARS = """
[[arrears]]
since = 2025-09-01
source = "essai"
limit = {}

[[hold]]"""
MATIN = 'parts = ["matin"]'


def _rhythm(line: str) -> tuple[str, str]:
    return "[[hold]]", RHYTHM.format(line)


def _limit(value: str) -> tuple[str, str]:
    return "[[hold]]", ARREARS.format(value)


def _grace(value: str) -> tuple[str, str]:
    return "valid_months = 12", f"valid_months = 12\ngraces = [{value}]"


# Name: what is replaced, by what, and every line of the answer.
PLACES = {
    "capacity between quotes": (
        "capacity = 8",
        'capacity = "8"',
        [f"pools[0].capacity: '8' {NO_CAPACITY}"],
    ),
    "capacity below zero": (
        "capacity = 8",
        "capacity = -1",
        [f"pools[0].capacity: -1 {NO_CAPACITY}"],
    ),
    "capacity that is nothing": (
        "capacity = 8",
        'capacity = ""',
        [f"pools[0].capacity: '' {NO_CAPACITY}"],
    ),
    "capacity in millions": (
        "capacity = 8",
        "capacity = 1000000",
        [
            (
                "pools[0].capacity: capacity is 1000000, expected 100000 at "
                "the most"
            )
        ],
    ),
    "ages of nobody": (
        "first_age = 6",
        "first_age = 600",
        ["pools[1]: first_age is 600, expected 120 at the most"],
    ),
    "accueils and establishment": (
        ACCUEILS,
        f'establishment = "aubignosc"\n{ACCUEILS}',
        [
            (
                "pools[0]: « Moins de 6 ans » counts the children of its "
                "accueils, or of all those of its establishment: write one "
                "of the two"
            )
        ],
    ),
    "establishment of nowhere": (
        ACCUEILS,
        'establishment = "digne"\nparts = ["matin", "midi"',
        ["pools.moins-de-6-ans.establishment: 'digne' is not among aubignosc"],
    ),
    "pool that tells families apart": (
        "last_age = 5",
        'last_age = 5\nwhen = { residency = ["commune"] }',
        [
            (
                "pools[0]: « Moins de 6 ans » tells residency apart: a pool "
                "knows weekdays, dates, season and amplitudes; ages are "
                "first_age and last_age"
            )
        ],
    ),
    "hours the wrong way round": (
        MATIN,
        f"{MATIN}\nhours = {{ from_hour = 12:00:00, to_hour = 08:00:00 }}",
        [
            (
                "amplitudes[2]: « MATIN » ends at 08:00:00, not after it "
                "begins at 12:00:00"
            )
        ],
    ),
    "presence by the hour without hours": (
        MATIN,
        f'{MATIN}\npresence = "hourly"',
        [
            (
                "amplitudes[2]: « MATIN » is booked by the hour, and has no "
                "hours to choose within"
            )
        ],
    ),
    "companion of nowhere": (
        MATIN,
        f'{MATIN}\nrequires = ["SOIR"]',
        [
            (
                "amplitudes.MATIN.requires: 'SOIR' is not among APRES-MIDI, "
                "JOURNEE, JOURNEE-REPAS, MATIN, MATIN-REPAS"
            )
        ],
    ),
    "companion of itself": (
        MATIN,
        f'{MATIN}\nexcludes = ["MATIN"]',
        ["amplitudes[2]: « MATIN » excludes itself"],
    ),
    "ages without a bound": (
        MATIN,
        f"{MATIN}\nages = {{}}",
        [
            (
                "amplitudes[2].ages: has no bound: write exactly, at_least, "
                "more_than, at_most or less_than"
            )
        ],
    ),
    "rhythm that says nothing": (
        *_rhythm("week = {}"),
        ["rhythms[0]: no number of days is written"],
    ),
    "rhythm of eight days": (
        *_rhythm("week = { at_least = 8 }"),
        ["rhythms[0]: week.at_least is 8, expected 7 at the most"],
    ),
    "rhythm of forty days": (
        *_rhythm("month = { at_most = 40 }"),
        ["rhythms[0]: month.at_most is 40, expected 31 at the most"],
    ),
    "rhythm the wrong way round": (
        *_rhythm("week = { at_least = 4, at_most = 3 }"),
        ["rhythms[0]: 4 days a week at least, and 3 at the most"],
    ),
    "arrears of two shapes": (
        *_limit('{ over = "0", over_at_month_end = "0" }'),
        [f"arrears[0].limit: {SHAPE_OF_LIMIT}"],
    ),
    "arrears at month end, once paid what": (
        *_limit('{ over_at_month_end = "0" }'),
        [f"arrears[0].limit: {SHAPE_OF_LIMIT}"],
    ),
    "arrears once paid of nothing": (
        *_limit('{ over = "0", once_paid = "admitted" }'),
        [f"arrears[0].limit: {SHAPE_OF_LIMIT}"],
    ),
    "arrears below zero": (
        *_limit('{ over = "-1" }'),
        [
            (
                "arrears[0].limit: over is below zero: nobody owes less than "
                "nothing"
            )
        ],
    ),
    "grace of two shapes": (
        *_grace("{ days = 30, months_from_first_day = 3 }"),
        [f"documents[3].graces[0]: {SHAPE_OF_GRACE}"],
    ),
    "grace of half a year": (
        *_grace('{ first_day = "09-01" }'),
        [f"documents[3].graces[0]: {SHAPE_OF_GRACE}"],
    ),
    "grace of years": (
        *_grace("{ days = 400 }"),
        ["documents[3].graces[0]: days is 400, expected 366 at the most"],
    ),
    "grace of no day of a year": (
        *_grace('{ first_day = "09-01", last_day = "09-31" }'),
        [
            (
                "documents[3].graces[0]: '09-31' is no day of a year: write "
                'month and day, as "08-31"'
            )
        ],
    ),
    "waiver of nothing": (
        "schema = 1",
        'schema = 1\nnot_asked = ["paying"]',
        [
            (
                "not_asked[0]: 'paying' is not one of 'email-confirmed', "
                "'documents', 'pre-registration', 'arrears'"
            )
        ],
    ),
}
