"""
What is legal but odd, and what is told; beside what is just not odd.
"""

HOLD = '[[hold]]\nsince = 2025-09-01\nsource = "guide'
SINCE = "since = 2025-09-01"
NOON = "until = { days_before = 2, at = 12:00:00 }"
LAST = "    { credited_share"
SECOND = 'at_least = "411"\nless_than = "511"\n'
TOUCHING = (
    (SECOND, SECOND.replace("411", "412")),
    (
        'without_quotient = "highest"',
        'without_quotient = "highest"\nbetween = "lower"',
    ),
)
ACCUEIL = """[[accueils]]
code = "vacances"
label = "VACANCES"
establishment = "aubignosc"
regie = "alsh"
amplitudes = ["MATIN"]

[[periods]]
"""
PERIOD = """[[periods]]
code = "ete"
label = "Été"
accueil = "vacances"
first_day = 2026-07-06
last_day = 2026-07-31
weekdays = ["monday"]
public_holidays = "closed"

[[prestations]]
"""
POOL = """[[pools]]
code = "vacances"
label = "Vacances"
capacity = 12
accueils = ["vacances"]
parts = ["matin"]

[[pools]]
"""
HOLIDAYS = (("[[periods]]\n", ACCUEIL), ("[[prestations]]\n", PERIOD))
BOOK_UNTIL = """
[[LEVEL.book_until]]
since = 2025-09-01
source = "autre"
deadline = { days_before = 1, at = 12:00:00 }
"""


def book_until(level):
    """
    A deadline of that level's own.
    """
    return BOOK_UNTIL.replace("LEVEL", level)


def opening(day):
    """
    A period whose booking opens that day.
    """
    return (("closed = [", f"opens_at = {day}T12:00:01\nclosed = ["),)


def outcome(until):
    """
    One more outcome, below the first.
    """
    added = f'    {{ {until}, credited_share = "0.5", label = "Moitié." }},\n'
    return ((LAST, f"{added}{LAST}"),)


# Label: what is replaced by what, and the path that is told.
ODD = {
    "no-period": (
        (("[[periods]]\n", ACCUEIL), ("[[pools]]\n", POOL)),
        "accueils.vacances",
    ),
    "uncounted": (HOLIDAYS, "accueils.vacances"),
    "age-left-out": (
        (("first_age = 6", "first_age = 7"),),
        "accueils.mercredis",
    ),
    "pool-unused": (
        (
            *HOLIDAYS,
            ("[[pools]]\n", POOL),
            (
                "[[pools]]\n",
                POOL.replace('= "vacances"', '= "repas"').replace(
                    '"matin"', '"midi"'
                ),
            ),
        ),
        "pools.repas",
    ),
    "pool-closed": (
        (("capacity = 8", "capacity = 0"),),
        "pools.moins-de-6-ans.capacity",
    ),
    "undecided-days": (
        (
            (
                "[[tariffs]]\nsince = 2025-09-01",
                "[[tariffs]]\nsince = 2025-09-04",
            ),
        ),
        "tariffs[0].since",
    ),
    "held-too-late": (
        ((HOLD, HOLD.replace("09-01", "09-02")),),
        "hold[0].since",
    ),
    "long-hold": ((("minutes = 120", "minutes = 1441"),), "hold[0].minutes"),
    "window-late": (
        opening("2025-09-01"),
        "periods.mercredis-2025-2026.opens_at",
    ),
    "overridden": (
        (
            (
                "[[prestations]]\n",
                book_until("periods") + "\n[[prestations]]\n",
            ),
        ),
        "book_until",
    ),
    "never-reached": (outcome(NOON), "cancellations[0].outcomes[1]"),
    "falling-price": (
        (('journee = "3.83"', 'journee = "2.83"'),),
        "tariffs[0].brackets[1].prices",
    ),
    "nothing-between": (TOUCHING[1:], "tariffs[0].between"),
    "harmless-hole": (
        (
            *TOUCHING,
            (
                'journee = "3.83", demi-journee = "2.87", repas = "2.15"',
                'journee = "2.84", demi-journee = "2.13", repas = "1.50"',
            ),
        ),
        "tariffs[0]",
    ),
}

# The same, one step before it is odd.
NOT_ODD = {
    "no-period": (*HOLIDAYS, ("[[pools]]\n", POOL)),
    "uncounted": (*HOLIDAYS, ("[[pools]]\n", POOL)),
    "age-left-out": (("last_age = 5", "last_age = 7"),),
    "pool-closed": (("capacity = 8", "capacity = 1"),),
    "undecided-days": (
        ("[[tariffs]]\nsince = 2025-09-01", "[[tariffs]]\nsince = 2025-09-03"),
    ),
    "held-too-late": (),
    "long-hold": (("minutes = 120", "minutes = 1440"),),
    "window-late": (
        ("closed = [", "opens_at = 2025-09-01T12:00:00\nclosed = ["),
    ),
    "overridden": (
        *HOLIDAYS,
        ("[[pools]]\n", POOL),
        (
            "[[prestations]]\n",
            book_until("periods") + "\n[[prestations]]\n",
        ),
    ),
    "never-reached": outcome(NOON.replace("12:", "13:")),
    "falling-price": (('journee = "3.83"', 'journee = "2.84"'),),
    "nothing-between": TOUCHING,
    "harmless-hole": TOUCHING,
}


# Kind: a thing of it that nothing names.
UNUSED = {
    "amplitudes": (
        'label = "Jamais"\nparts = ["matin"]\nprestations = { repas = "1" }\n'
    ),
    "prestations": 'label = "Jamais"\nnature = "meal"\n',
    "establishments": 'label = "Jamais"\n',
    "regies": 'label = "Jamais"\nseries = "JAMAIS"\n',
}
