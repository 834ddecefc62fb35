"""
The forms that a family fills in: their fields, and what was typed in them.

« Les champs suivis d'un astérisque (*) sont obligatoires. »  Each operator
says which fields its forms have, and who fills them; whatever is wrong with a
form is told at once, each fault with its field.
"""

from ._catalogue import BLOCKS, HOUSEHOLD, PROFILE, SETTINGS, Block, Field
from ._filling import Form, ShownField, filled, missing, shown
from ._records import (
    EMPTY,
    adult_values,
    adult_with,
    child_values,
    child_with,
    household_values,
    household_with,
)
from ._refusals import (
    BornLater,
    CountMalformed,
    DayMalformed,
    EmailFieldMalformed,
    FieldClosed,
    FieldEmpty,
    FieldRefusal,
    FieldUnknown,
    NoSuchChoice,
    PhoneMalformed,
    PostcodeMalformed,
    TextMalformed,
)
from ._values import FieldUse, Values, written

__all__ = [
    "BLOCKS",
    "EMPTY",
    "HOUSEHOLD",
    "PROFILE",
    "SETTINGS",
    "Block",
    "BornLater",
    "CountMalformed",
    "DayMalformed",
    "EmailFieldMalformed",
    "Field",
    "FieldClosed",
    "FieldEmpty",
    "FieldRefusal",
    "FieldUnknown",
    "FieldUse",
    "Form",
    "NoSuchChoice",
    "PhoneMalformed",
    "PostcodeMalformed",
    "ShownField",
    "TextMalformed",
    "Values",
    "adult_values",
    "adult_with",
    "child_values",
    "child_with",
    "filled",
    "household_values",
    "household_with",
    "missing",
    "shown",
    "written",
]
