"""
What may be wrong with a règlement file, and what is then told.
"""

from tests.reglement.broken_dossiers import DOSSIERS

FIRST = 'at_least = "0"\nless_than = "411"\n'
SECOND = 'at_least = "411"\nless_than = "511"\n'
BOOK_UNTIL = "deadline = { days_before = 2, at = 12:00:00 }"
LAST_OUTCOME = '{ credited_share = "0"'
SHAPES = (
    "days_before, hours_before, business_days_before, working_days_before, "
    "clear_days_before, weekday_before, weekday_of_week_before, "
    "opening_days_before, day_of_previous_month, weekday_of_previous_month, "
    "moment, by_weekday, earliest"
)
MIDNIGHTS = (
    'or "end-of-day" for midnight at the end of that day, and 00:00:00 for '
    "midnight at its beginning"
)
NO_FIGURE = (
    'is not a figure: write digits, and a dot before the decimals, as "7.10"'
)
ANSWERS = 'say which answers, between = "lower", "upper" or "refused"'
PRICE = "tariffs[0].brackets[4].prices.journee"
BRACKET = "« QF inférieur à 411 » and « QF de 411 à moins de 511 »"

# Name: what is replaced, by what, and every line of the answer.
ONE = {
    "key mistyped": (
        "minutes = 120",
        "minuts = 120",
        [
            (
                "hold[0].minutes: 'minutes' is missing: write it as "
                "« minutes = 120 ». In minutes, 1 to 43200 (30 days)."
            ),
            (
                "hold[0].minuts: there is no such key here, did you mean "
                "'minutes'?"
            ),
        ],
    ),
    "key of nowhere": (
        "minutes = 120",
        "minutes = 120\nzzz = 1",
        [
            (
                "hold[0].zzz: there is no such key here, only since, source, "
                "minutes"
            )
        ],
    ),
    "table missing": (
        "schema = 1",
        "",
        [
            (
                "schema: 'schema' is missing: write it as « schema = 1 ». The "
                "version of the reference page that the file follows."
            )
        ],
    ),
    "price without quotes": (
        '"6.66"',
        "6.66",
        [
            (
                f"{PRICE}: 6.66 is a bare number: write it between quotes, as "
                '"6.66"'
            )
        ],
    ),
    "whole price without quotes": (
        '"6.66"',
        "6",
        [f'{PRICE}: 6 is a bare number: write it between quotes, as "6"'],
    ),
    "price that is no number": (
        '"6.66"',
        "inf",
        [f'{PRICE}: inf is a bare number: write it between quotes, as "7.10"'],
    ),
    "price with a comma": (
        '"6.66"',
        '"6,66"',
        [f"{PRICE}: '6,66' {NO_FIGURE}"],
    ),
    "price with an exponent": (
        '"6.66"',
        '"1e999999"',
        [f"{PRICE}: '1e999999' {NO_FIGURE}"],
    ),
    "price in millions of millions": (
        '"6.66"',
        '"1000000000"',
        [f"{PRICE}: '1000000000' {NO_FIGURE}"],
    ),
    "price that is a truth": (
        '"6.66"',
        "true",
        [f"{PRICE}: true {NO_FIGURE}"],
    ),
    "price below zero": (
        '"6.66"',
        '"-6.66"',
        [f"{PRICE}: euros is -6.66, expected zero or more"],
    ),
    "share without quotes": (
        'credited_share = "1"',
        "credited_share = 1",
        [
            (
                "cancellations[0].outcomes[0].credited_share: 1 is a bare "
                'number: write it between quotes, as "1"'
            )
        ],
    ),
    "share of more than everything": (
        'credited_share = "1"',
        'credited_share = "1.01"',
        [
            (
                "cancellations[0].outcomes[0]: credited_share is 1.01, "
                "expected a share from 0 to 1"
            )
        ],
    ),
    "amplitude of nowhere": (
        '"MATIN-REPAS", "APRES-MIDI"]',
        '"MATIN-REPAS", "SOIR"]',
        [
            (
                "accueils.mercredis.amplitudes: 'SOIR' is not among "
                "APRES-MIDI, JOURNEE, JOURNEE-REPAS, MATIN, MATIN-REPAS"
            )
        ],
    ),
    "part of nowhere": (
        'parts = ["matin", "midi", "apres-midi"]\nlast_age',
        'parts = ["matin", "soir"]\nlast_age',
        [
            (
                "pools.moins-de-6-ans.parts: 'soir' is not among apres-midi, "
                "matin, midi"
            )
        ],
    ),
    "code twice": (
        'code = "six-ans-et-plus"',
        'code = "moins-de-6-ans"',
        ["pools: the code 'moins-de-6-ans' is there 2 times"],
    ),
    "code with a slash": (
        'code = "six-ans-et-plus"',
        'code = "6/plus"',
        [
            (
                "pools[1].code: '6/plus' is no code: write 1 to 60 letters, "
                "digits, or . _ + -, without spaces"
            )
        ],
    ),
    "prestation without a price": (
        'prestations = { journee = "1", repas',
        'prestations = { journee = "1", gouter = "1", repas',
        [
            (
                "amplitudes.JOURNEE-REPAS.prestations: 'gouter' is not among "
                "demi-journee, journee, repas"
            ),
            (
                "tariffs: no price for 'gouter', which the "
                "amplitude 'JOURNEE-REPAS' bills"
            ),
        ],
    ),
    "hole": (
        SECOND,
        SECOND.replace("411", "421"),
        [
            (
                f"tariffs[0]: hole between {BRACKET}: none holds 411 to 421: "
                f"{ANSWERS}"
            )
        ],
    ),
    "hole of one point": (
        SECOND,
        SECOND.replace("at_least", "more_than"),
        [f"tariffs[0]: hole between {BRACKET}: none holds 411: {ANSWERS}"],
    ),
    "overlap": (
        SECOND,
        SECOND.replace("411", "401"),
        [
            (
                f"tariffs[0]: overlap between {BRACKET}: both hold 401 and "
                f"more: {ANSWERS}"
            )
        ],
    ),
    "two lower bounds": (
        SECOND,
        'more_than = "410"\n' + SECOND,
        [
            (
                "tariffs[0].brackets[1]: has two bounds on one side: keep "
                "at_least or more_than"
            )
        ],
    ),
    "two upper bounds": (
        FIRST,
        FIRST + 'at_most = "410"\n',
        [
            (
                "tariffs[0].brackets[0]: has two bounds on one side: keep "
                "at_most or less_than"
            )
        ],
    ),
    "day between quotes": (
        "first_day = 2025-09-03",
        'first_day = "2025-09-03"',
        [
            (
                "periods[0].first_day: '2025-09-03' is not a day, write it "
                "without quotes: 2026-05-27"
            )
        ],
    ),
    "hour between quotes": (
        BOOK_UNTIL,
        BOOK_UNTIL.replace("12:00:00", '"12:00"'),
        [
            (
                "book_until[0].deadline.at: '12:00' is not an hour, write it "
                f"without quotes: 12:00:00; {MIDNIGHTS}"
            )
        ],
    ),
    "moment between quotes": (
        "closed = [",
        'opens_at = "2025-06-01T08:00:00"\nclosed = [',
        [
            (
                "periods[0].opens_at: '2025-06-01T08:00:00' is not a moment "
                "in Paris, write it without quotes and without an offset: "
                "2026-03-01T08:00:00"
            )
        ],
    ),
    "deadline of two shapes": (
        BOOK_UNTIL,
        BOOK_UNTIL.replace("= 2", "= 2, hours_before = 48"),
        [
            (
                "book_until[0].deadline: days_before and hours_before are 2 "
                "deadlines: keep one, or write earliest = [{ … }, { … }]"
            )
        ],
    ),
    "deadline of no shape": (
        BOOK_UNTIL,
        "deadline = { weeks = 1 }",
        [f"book_until[0].deadline: a deadline begins with one of {SHAPES}"],
    ),
    "deadline at midnight": (
        BOOK_UNTIL,
        BOOK_UNTIL.replace("12:00:00", '"minuit"'),
        [
            (
                "book_until[0].deadline.at: 'minuit' is not an hour, write it "
                f"without quotes: 12:00:00; {MIDNIGHTS}"
            )
        ],
    ),
    "deadline without its hour": (
        BOOK_UNTIL,
        "deadline = { days_before = 2, starts_at = 07:30:00 }",
        [
            (
                "book_until[0].deadline: days_before needs at, as at = "
                '12:00:00, or at = "end-of-day"; starts_at '
                "does not go with days_before, which takes at, counted_from, "
                "if_closed, last_instant"
            )
        ],
    ),
    "deadline in hours of nothing": (
        BOOK_UNTIL,
        "deadline = { hours_before = 48 }",
        [
            (
                "book_until[0].deadline: hours_before needs starts_at, the "
                "hour of the day from which hours are counted back, as "
                "starts_at = 07:30:00"
            )
        ],
    ),
    "deadlines of several shapes": (
        BOOK_UNTIL,
        (
            "deadline = { earliest = [{ moment = 2025-09-24T23:59:00, weeks = "
            "1 }, { by_weekday = { friday = { weekday_of_week_before = "
            '"sunday", weeks = 0, at = 12:00:00 } } }], public_holiday_on = '
            '["monday"] }'
        ),
        [
            (
                "book_until[0].deadline.earliest[0]: weeks does not go with "
                "moment, which takes last_instant"
            ),
            (
                "book_until[0].deadline.earliest[1]: by_weekday.friday: "
                "sunday of the same week comes after it"
            ),
        ],
    ),
    "table of nothing but options": (
        BOOK_UNTIL,
        'deadline = { by_weekday = {}, at = "end-of-day" }',
        [
            (
                "book_until[0].deadline: at does not go with by_weekday, "
                "which takes nothing else"
            )
        ],
    ),
    "weeks of which no deadline is said": (
        BOOK_UNTIL,
        BOOK_UNTIL.replace("= 2", '= 2, public_holiday_on = ["monday"]'),
        [
            (
                "book_until[0].deadline: public_holiday_on goes with "
                "in_weeks_with_public_holiday: write the deadline of such "
                "weeks"
            )
        ],
    ),
    "two ways to say a deadline": (
        BOOK_UNTIL,
        f"{BOOK_UNTIL}\ndeadlines = []",
        [
            (
                "book_until[0]: write either deadline = { … }, or deadlines "
                "= [{ when = { … }, … }, { … }]"
            )
        ],
    ),
    "no deadline for the rest": (
        BOOK_UNTIL,
        (
            'deadlines = [{ when = { season = "school-term" }, '
            "days_before = 2, at = 12:00:00 }]"
        ),
        [
            (
                "book_until[0]: cases: the last must have no « when »: it "
                "answers for the rest"
            )
        ],
    ),
    "a deadline after the rest": (
        BOOK_UNTIL,
        (
            "deadlines = [{ days_before = 2, at = 12:00:00 }, "
            "{ days_before = 3, at = 12:00:00 }]"
        ),
        [
            (
                "book_until[0]: cases: only the last may have no « when »: "
                "those after it would never answer"
            )
        ],
    ),
    "deadline in a distant past": (
        BOOK_UNTIL,
        BOOK_UNTIL.replace("= 2", "= 367"),
        [
            (
                "book_until[0].deadline: days_before is 367, expected 366 at "
                "the most"
            )
        ],
    ),
    "hold of a million years": (
        "minutes = 120",
        "minutes = 525960000000",
        ["hold[0]: minutes is 525960000000, expected 43200 at the most"],
    ),
    "cancellations without an open end": (
        LAST_OUTCOME,
        LAST_OUTCOME.replace(
            "{", "{ until = { days_before = 0, at = 09:00:00 },"
        ),
        [
            (
                "cancellations[0]: the last outcome must have no condition, "
                "as it answers the rest: end the list with "
                '{ credited_share = "0", label = "…" }'
            )
        ],
    ),
    "schema of tomorrow": (
        "schema = 1",
        "schema = 2",
        ["schema: is 2, this library reads 1"],
    ),
    "schema between quotes": (
        "schema = 1",
        'schema = "1"',
        [
            (
                "schema: '1' is not a whole number: write digits without "
                "quotes, as 24"
            )
        ],
    ),
    "period ends before it begins": (
        "last_day = 2026-07-01",
        "last_day = 2025-07-01",
        [("periods[0]: ends on 2025-07-01, before it begins on 2025-09-03")],
    ),
    "period of a century": (
        "last_day = 2026-07-01",
        "last_day = 2126-07-01",
        [
            (
                "periods[0]: lasts from 2025-09-03 to 2126-07-01: more than "
                "five years, is one of them mistyped?"
            )
        ],
    ),
    "closed range ends before it begins": (
        "last_day = 2025-11-02",
        "last_day = 2025-10-02",
        [
            (
                "periods[0].closed[0]: ends on 2025-10-02, before it begins "
                "on 2025-10-18"
            )
        ],
    ),
    "booking closes before it opens": (
        "closed = [",
        (
            "opens_at = 2025-06-01T08:00:00\n"
            "closes_at = 2025-06-01T08:00:00\nclosed = ["
        ),
        [
            (
                "periods[0]: booking of « Périscolaire 2025-2026 AUBIGNOSC » "
                "closes before it opens"
            )
        ],
    ),
    "no weekday": (
        'weekdays = ["wednesday"]',
        "weekdays = []",
        [
            (
                "periods[0]: « Périscolaire 2025-2026 AUBIGNOSC » opens in no "
                "way: write weekdays, dates, rrule or opened"
            )
        ],
    ),
    "weekday in French": (
        'weekdays = ["wednesday"]',
        'weekdays = ["mercredi"]',
        [
            (
                "periods[0].weekdays[0]: 'mercredi' is not one of 'monday', "
                "'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', "
                "'sunday'"
            )
        ],
    ),
    "department of one figure": (
        'department = "04"',
        'department = "4"',
        [
            (
                "operator.department: '4' is no department: write two or "
                'three characters, as "04", "2A" or "974"'
            )
        ],
    ),
    "ages the wrong way round": (
        "first_age = 6",
        "first_age = 6\nlast_age = 5",
        [
            (
                "pools[1]: « 6 ans et plus » ends at 5 years, before it "
                "begins at 6"
            )
        ],
    ),
    "one table where a list is": (
        "[[regies]]",
        "[regies]",
        [
            (
                "regies: a table is not a list: write two brackets around its "
                "name, as [[regies]]"
            )
        ],
    ),
    "list where one table is": (
        "[operator]",
        "[[operator]]",
        [
            (
                "operator: a list is not a table of fields: write one bracket "
                "around its name, as [operator]"
            )
        ],
    ),
    "text where a table is": (
        BOOK_UNTIL,
        'deadline = "deux jours avant"',
        [
            (
                "book_until[0].deadline: 'deux jours avant' is not a table of "
                "fields: write its keys under its name in brackets, as "
                "[operator], or between braces, as { days_before = 2, at = "
                "12:00:00 }"
            )
        ],
    ),
    "accueil without a label": (
        'label = "PERISCOLAIRE MERCREDIS"',
        'label = " "',
        ["accueils[0]: label is empty"],
    ),
    "number where text is": (
        'label = "MATIN"',
        "label = 7",
        [
            (
                "amplitudes[2].label: 7 is not text: write it between quotes, "
                'as "mercredis"'
            )
        ],
    ),
    "day in a list of texts": (
        'parts = ["matin"]',
        "parts = [2026-05-27]",
        [
            (
                "amplitudes[2].parts[0]: 2026-05-27 is not text: write it "
                'between quotes, as "mercredis"'
            )
        ],
    ),
    "text that goes on and on": (
        "minutes = 120",
        f'minutes = "{"x" * 61}"',
        [
            (
                f"hold[0].minutes: '{'x' * 60}'… is not a whole number: write "
                "digits without quotes, as 24"
            )
        ],
    ),
    "key of the whole file below a table": (
        '[[regies]]\ncode = "alsh"',
        '[[regies]]\ngates = ["household-described"]\ncode = "alsh"',
        [
            (
                "regies[0].gates: there is no such key here, it is one of the "
                "whole file: write it above the first [table]"
            )
        ],
    ),
    "table of the whole file within another": (
        "[uploads]",
        "[periods.uploads]",
        [
            (
                "periods[0].uploads: there is no such key here, it is one of "
                "the whole file: write [uploads]"
            )
        ],
    ),
    "text where a list is": (
        'parts = ["matin"]',
        'parts = "matin"',
        [
            (
                "amplitudes[2].parts: 'matin' is not a list: write it between "
                'brackets, as ["matin", "midi"]'
            )
        ],
    ),
    "decision before the one above": (
        "[[book_until]]",
        (
            '[[hold]]\nsince = 2025-09-01\nsource = "autre"\nminutes = 60\n'
            "[[book_until]]"
        ),
        [
            (
                "hold: 'autre' is not after \"guide de l'utilisateur du "
                'portail familles : panier à valider dans les deux heures": '
                "write the oldest first, each with its own day"
            )
        ],
    ),
    **DOSSIERS,
}
