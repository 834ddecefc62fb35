"""
What may be wrong with documents, files and house rules.
"""

# Name: what is replaced, by what, and every line of the answer.
DOSSIERS = {
    "document with two ends": (
        "valid_months = 12",
        'valid_months = 12\nvalid_until_day = "08-31"',
        [
            (
                "documents[3]: « Justificatif de domicile de moins de trois "
                "mois » has two ends: keep valid_months or valid_until_day"
            )
        ],
    ),
    "document until no day": (
        'valid_until_day = "08-31"',
        'valid_until_day = "31/08"',
        [
            (
                "documents[0]: valid_until_day is '31/08', expected a month "
                'and a day, as "08-31"'
            )
        ],
    ),
    "document until the day of leap years": (
        'valid_until_day = "08-31"',
        'valid_until_day = "02-29"',
        ["documents[0]: 02-29 is not a day of every year"],
    ),
    "document good for no month": (
        "valid_months = 12",
        "valid_months = 0",
        ["documents[3]: valid_months is 0, expected 1 or more"],
    ),
    "document good for ages": (
        "valid_months = 12",
        "valid_months = 241",
        ["documents[3]: valid_months is 241, expected 240 at the most"],
    ),
    "document warned of for ages": (
        "warn_days = 15",
        "warn_days = 367",
        ["documents[3]: warn_days is 367, expected 366 at the most"],
    ),
    "document warned of afterwards": (
        "warn_days = 15",
        "warn_days = -1",
        ["documents[3]: warn_days is -1, expected zero or more"],
    ),
    "document about nobody": (
        'about = "household"',
        'about = "family"',
        [("documents[3].about: 'family' is not one of 'child', 'household'")],
    ),
    "document that may be needed": (
        'about = "household"\ndemand = "optional"',
        'about = "household"\ndemand = "maybe"',
        [
            (
                "documents[3].demand: 'maybe' is not one of 'mandatory', "
                "'optional'"
            )
        ],
    ),
    "document of an accueil of nowhere": (
        'demand = "mandatory"\naccueils = ["mercredis"]',
        'demand = "mandatory"\naccueils = ["vacances"]',
        [
            (
                "documents.fiche-sanitaire.accueils: 'vacances' is not among "
                "mercredis"
            )
        ],
    ),
    "document of no accueil": (
        'demand = "mandatory"\naccueils = ["mercredis"]',
        'demand = "mandatory"\naccueils = []',
        ["documents[0]: accueils is empty"],
    ),
    "document there twice": (
        'code = "vaccinations"',
        'code = "fiche-sanitaire"',
        ["documents: the code 'fiche-sanitaire' is there 2 times"],
    ),
    "files of nothing": (
        "most_megabytes = 10",
        "most_megabytes = 0",
        ["uploads: most_megabytes is 0, expected more than zero"],
    ),
    "files without measure": (
        "most_megabytes = 10",
        "most_megabytes = 101",
        ["uploads: most_megabytes is 101, expected 100 at the most"],
    ),
    "files of another type": (
        '"heic"]',
        '"exe"]',
        [
            (
                "uploads.types[3]: 'exe' is not one of 'pdf', 'jpeg', 'png', "
                "'heic'"
            )
        ],
    ),
    "files of no type": (
        'types = ["pdf", "jpeg", "png", "heic"]',
        "types = []",
        ["uploads: types is empty"],
    ),
    "house rules nowhere": (
        'url = "/reglement-interieur"',
        'url = "reglement.pdf"',
        [
            (
                "house_rules[0]: url is 'reglement.pdf', expected an address: "
                '"https://…", or a path of the portal that begins with "/"'
            )
        ],
    ),
    "admission of another kind": (
        'admission = "pre-registration"',
        'admission = "closed"',
        [
            (
                "accueils[0].admission: 'closed' is not one of 'open', "
                "'pre-registration'"
            )
        ],
    ),
}
