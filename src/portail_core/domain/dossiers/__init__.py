"""
Dossiers that staff enters: by hand, or a whole file of them.

« Si le dossier de votre enfant a déjà été saisi par notre service, vous
recevrez un mail vous informant de l'ouverture de votre compte ».
"""

from ._columns import COLUMNS, Column
from ._forms import DossierForm, EnteredAdult, Judged, judge
from ._refusals import (
    AdultsCount,
    ChildTwice,
    ColumnMissing,
    ColumnTwice,
    ColumnUnknown,
    Contradicted,
    EmailTaken,
    FileEmpty,
    FileTooLarge,
    LineMalformed,
    NotText,
    TooManyLines,
)
from ._tables import (
    MOST_BYTES,
    MOST_LINES,
    JudgedTable,
    Line,
    Table,
    judge_table,
)

__all__ = [
    "COLUMNS",
    "MOST_BYTES",
    "MOST_LINES",
    "AdultsCount",
    "ChildTwice",
    "Column",
    "ColumnMissing",
    "ColumnTwice",
    "ColumnUnknown",
    "Contradicted",
    "DossierForm",
    "EmailTaken",
    "EnteredAdult",
    "FileEmpty",
    "FileTooLarge",
    "Judged",
    "JudgedTable",
    "Line",
    "LineMalformed",
    "NotText",
    "Table",
    "TooManyLines",
    "judge",
    "judge_table",
]
