"""
« Documents à fournir »: what is asked for, what was given, where it stands.
"""

from ._contents import (
    ANY_UPLOADS,
    ContentType,
    Uploads,
    cleaned_name,
    read_content,
)
from ._decisions import accepted, check_about, refused
from ._graces import AfterItsEnd, FromFirstDay, Grace, PartOfYear
from ._kinds import About, Demand, DocumentKind, Opens
from ._records import Document, DocumentState
from ._refusals import (
    DocumentDaysReversed,
    DocumentKindUnknown,
    DocumentOfChild,
    DocumentOfHousehold,
    DocumentReviewed,
    DocumentUnknown,
    FileEmpty,
    FileTooBig,
    FileTypeNotAccepted,
    ReasonMalformed,
    ReasonMissing,
    TooManyWaiting,
)
from ._standings import (
    DocumentStanding,
    Standing,
    is_replaced,
    standing,
)
from ._validity import ForGood, ForMonths, UntilDay, Validity

__all__ = [
    "ANY_UPLOADS",
    "About",
    "AfterItsEnd",
    "ContentType",
    "Demand",
    "Document",
    "DocumentDaysReversed",
    "DocumentKind",
    "DocumentKindUnknown",
    "DocumentOfChild",
    "DocumentOfHousehold",
    "DocumentReviewed",
    "DocumentStanding",
    "DocumentState",
    "DocumentUnknown",
    "FileEmpty",
    "FileTooBig",
    "FileTypeNotAccepted",
    "ForGood",
    "ForMonths",
    "FromFirstDay",
    "Grace",
    "Opens",
    "PartOfYear",
    "ReasonMalformed",
    "ReasonMissing",
    "Standing",
    "TooManyWaiting",
    "UntilDay",
    "Uploads",
    "Validity",
    "accepted",
    "check_about",
    "cleaned_name",
    "is_replaced",
    "read_content",
    "refused",
    "standing",
]
