"""
Names of things, so that no bare `str` or `int` stands for two of them.
"""

from __future__ import annotations

from typing import NewType, TypeAlias

AccountId = NewType("AccountId", str)
AgentId = NewType("AgentId", str)
ChildId = NewType("ChildId", str)
HouseholdId = NewType("HouseholdId", str)

AccueilCode = NewType("AccueilCode", str)
AmplitudeCode = NewType("AmplitudeCode", str)
DocumentCode = NewType("DocumentCode", str)
EstablishmentCode = NewType("EstablishmentCode", str)
PartCode = NewType("PartCode", str)
PeriodCode = NewType("PeriodCode", str)
PoolCode = NewType("PoolCode", str)
PrestationCode = NewType("PrestationCode", str)
ResidencyCode = NewType("ResidencyCode", str)
TariffCode = NewType("TariffCode", str)
RegieCode = NewType("RegieCode", str)
ReasonCode = NewType("ReasonCode", str)
"""Why a family cancels, or the operator: « maladie », « greve »."""
ReglementDigest = NewType("ReglementDigest", str)

ChangeId = NewType("ChangeId", str)
FactName = NewType("FactName", str)
"""What a rule may ask of a child-day: « residency »."""
FieldName: TypeAlias = str
"""A field of a form: « household.street »."""

AttemptReference = NewType("AttemptReference", str)
"""Ours: 6 to 30 letters and digits, new for every attempt to pay."""
CommandKey = NewType("CommandKey", str)
"""Chosen by the host, once per thing a person asked for."""
CreditNoteNumber = NewType("CreditNoteNumber", str)
DocumentId = NewType("DocumentId", str)
FileKey = NewType("FileKey", str)
"""Ours: where the content of a document is kept; never a family's text."""
HouseRulesVersion = NewType("HouseRulesVersion", str)
"""As the operator calls it: « 2025-2026 »."""
InvoiceNumber = NewType("InvoiceNumber", str)
LinkId = NewType("LinkId", str)
PreRegistrationId = NewType("PreRegistrationId", str)
ProviderKey = NewType("ProviderKey", str)
"""The payment provider's: PayFiP calls it idOp."""
RegistrationToken = NewType("RegistrationToken", str)
RequestNumber = NewType("RequestNumber", int)
SecretDigest = NewType("SecretDigest", str)
"""What is kept of a secret: enough to recognise it, not to use it."""
SessionToken = NewType("SessionToken", str)
