"""
Who, where and when: what the builders agree on.
"""

from __future__ import annotations

import datetime as dt

from portail_core.domain.amplitudes import Hours
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    AmplitudeCode,
    AttemptReference,
    ChildId,
    CreditNoteNumber,
    HouseholdId,
    InvoiceNumber,
    PartCode,
    PeriodCode,
    PoolCode,
    PrestationCode,
    RegieCode,
    ReglementDigest,
)

HOUSEHOLD = HouseholdId("martin-durand")
ACCOUNT = AccountId("camille")
LOU = ChildId("lou")

ELSEWHERE = HouseholdId("petit")
"""Another household, which sees nothing of the first."""

REGIE = RegieCode("ALSH")
ACCUEIL = AccueilCode("MERCREDIS")
PERIOD = PeriodCode("MAI-JUIN-2026")
POOL = PoolCode("AUBIGNOSC")
REGLEMENT = ReglementDigest("0" * 64)

JOURNEE_REPAS = AmplitudeCode("JOURNEE-REPAS")
MATIN = AmplitudeCode("MATIN")
MORNING = PartCode("matin")
LUNCH = PartCode("repas")
AFTERNOON = PartCode("apres-midi")
PARTS = {JOURNEE_REPAS: (MORNING, LUNCH, AFTERNOON), MATIN: (MORNING,)}

JOURNEE = PrestationCode("JOURNEE")
REPAS = PrestationCode("REPAS")
DEMI_JOURNEE = PrestationCode("DEMI-JOURNEE")

WEDNESDAY = dt.date(2026, 5, 27)
NEXT_WEDNESDAY = dt.date(2026, 6, 3)

HOURS = Hours(arrives=dt.time(8, 30), leaves=dt.time(17))

ASKED = dt.datetime(2026, 5, 13, 9, 12, 56, tzinfo=dt.UTC)
"""The guide's example: 13 May 2026, 11:12:56 in Paris."""
HELD_UNTIL = ASKED + dt.timedelta(hours=2)

ATTEMPT = AttemptReference("ALSH00000000000000000000000016")
INVOICE = InvoiceNumber("ALSH-2026-000001")
CREDIT_NOTE = CreditNoteNumber("ALSH-AV-2026-000001")
