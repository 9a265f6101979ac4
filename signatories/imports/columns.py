"""Sheets and columns of the workbook: one definition for template, reading and the workbook that comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from intranet.access.roles import Capacity
from signatories.agreements.models import Rating
from signatories.models import Kind, ReceivedHow
from signatories.models.people import SPOKEN
from signatories.names import folded

Choices = Callable[[], Iterable[tuple[str, StrOrPromise]]]
LANGUAGES = ("en", "ar")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
EXAMPLE = ("example", _("example"))


class Type(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    EMAIL = "email"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXTS = "texts"
    FILE = "file"


@dataclass(frozen=True)
class Column:
    """``says``: other words with which a refusal of the services names this column."""

    name: str
    label: StrOrPromise
    help: StrOrPromise = ""
    type: Type = Type.TEXT
    required: bool = False
    longest: int = 200
    choices: Choices | None = None
    says: tuple[StrOrPromise, ...] = ()
    width: int = 18
    example: StrOrPromise = ""

    def labels(self) -> list[str]:
        """Every heading under which the column is known."""
        return [self.name, *in_languages(self.label)]


@dataclass(frozen=True)
class SheetKind:
    """``name``: the sheet's name in the workbook. ``label``: the same for people. ``keys``: the natural key.

    ``refused_at``: the column to which a refusal belongs that names none.
    """

    name: str
    label: StrOrPromise
    columns: tuple[Column, ...]
    keys: tuple[str, ...]
    refused_at: str
    help: StrOrPromise

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def in_languages(text: StrOrPromise) -> list[str]:
    """The text in English and in Arabic."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(str(text))
    return found


def _capacities() -> Iterable[tuple[str, StrOrPromise]]:
    return [(c.value, c.label) for c in Capacity if c != Capacity.SIGNER]


def _signing() -> Iterable[tuple[str, StrOrPromise]]:
    return [
        (c.value, c.label) for c in (Capacity.HEAD_OF_AGENCY, Capacity.SENIOR_MANAGEMENT, Capacity.MEMBER)
    ]


MARK = Column("mark", _("Example?"), _("“example” in a row: the row is left out"), width=11)
_DAY = _("A date; also as text 25/1/2026")
_UNTIL = _("Empty: until further notice")
_ORGANIZATION_HELP = _("The English name as in the sheet organizations, or any name under which it is listed")

ORGANIZATIONS = SheetKind(
    "organizations",
    _("organizations"),
    (
        MARK,
        Column(
            "name_en",
            _("Name in English"),
            _("It tells organizations apart. A former or other name finds the same organization."),
            required=True,
            width=38,
            example="Tigris Example Agency (invented)",
        ),
        Column("name_ar", _("Name in Arabic"), width=32, example="وكالة دجلة المثالية (مختلقة)"),
        Column("name_ckb", _("Name in Kurdish"), width=24),
        Column("acronym", _("Acronym"), longest=30, example="TEA"),
        Column(
            "kind",
            _("Kind"),
            type=Type.CHOICE,
            required=True,
            choices=lambda: Kind.choices,
            width=30,
            example=Kind.UN_AGENCY.label,
        ),
        Column(
            "region",
            _("Region"),
            _("Only where the calendar has non-working days of its own for it"),
            longest=60,
        ),
        Column(
            "active_from",
            _("In the network from"),
            _DAY,
            Type.DAY,
            required=True,
            example="2022-01-31",
        ),
        Column("active_to", _("In the network until"), _UNTIL, Type.DAY),
        Column(
            "other_names",
            _("Other names"),
            _("Short forms and other spellings, separated by a semicolon"),
            Type.TEXTS,
            says=(_("Other name"), _("Name")),
            width=30,
            example="Tigris Agency; TEA Iraq",
        ),
    ),
    ("name_en",),
    "name_en",
    _("Members, partners and others, one row each"),
)

PEOPLE = SheetKind(
    "people",
    _("people"),
    (
        MARK,
        Column("name", _("Name"), required=True, longest=160, width=28, example="Amal Example"),
        Column(
            "email",
            _("E-mail"),
            _("The person's own address; it tells people apart"),
            Type.EMAIL,
            required=True,
            longest=254,
            width=32,
            example="amal@example.org",
        ),
        Column(
            "language",
            _("Language for mail"),
            _("Empty: English"),
            Type.CHOICE,
            choices=lambda: settings.LANGUAGES,
            example=_("English"),
        ),
        Column(
            "languages",
            _("Languages"),
            _("In which the person can be spoken to, separated by a semicolon"),
            Type.CHOICES,
            choices=lambda: SPOKEN,
            width=24,
            example=_("Arabic"),
        ),
        Column("duty_station", _("Duty station"), longest=80, example="Erbil"),
        Column(
            "phone",
            _("Phone"),
            _("Seen by coordination and office alone"),
            longest=30,
            example="+964 750 000 0000",
        ),
    ),
    ("email",),
    "email",
    _("Everybody who holds a post, one row each"),
)

POSTS = SheetKind(
    "posts",
    _("posts"),
    (
        MARK,
        Column(
            "organization",
            _("Organization"),
            _ORGANIZATION_HELP,
            required=True,
            width=38,
            example="Tigris Example Agency (invented)",
        ),
        Column(
            "email",
            _("E-mail"),
            _("The person's address, as in the sheet people"),
            Type.EMAIL,
            required=True,
            longest=254,
            says=(_("Person"),),
            width=32,
            example="amal@example.org",
        ),
        Column(
            "capacity",
            _("Post"),
            type=Type.CHOICE,
            required=True,
            choices=_capacities,
            says=(_("Capacity"),),
            width=26,
            example=Capacity.PRIMARY_FOCAL_POINT.label,
        ),
        Column("begins_on", _("First day"), _DAY, Type.DAY, required=True, example="2024-03-01"),
        Column("ends_on", _("Last day"), _UNTIL, Type.DAY),
        Column(
            "instrument",
            _("Instrument"),
            _("The letter or decision that names the person; needed for a delegation"),
            longest=300,
            width=30,
        ),
    ),
    ("organization", "email", "capacity", "begins_on"),
    "capacity",
    _("Who holds which post from when"),
)

AGREEMENTS = SheetKind(
    "agreements",
    _("agreements"),
    (
        MARK,
        Column(
            "partner",
            _("Implementing partner"),
            _ORGANIZATION_HELP,
            required=True,
            width=38,
            example="Marsh Example Relief (invented)",
        ),
        Column(
            "agency",
            _("UN agency"),
            _ORGANIZATION_HELP,
            required=True,
            width=38,
            example="Tigris Example Agency (invented)",
        ),
        Column(
            "reference",
            _("Reference"),
            _("Needed where the two have several agreements"),
            longest=80,
            example="PCA-7",
        ),
        Column("begins_on", _("First day"), _DAY, Type.DAY, required=True, example="2024-01-01"),
        Column("ends_on", _("Last day"), _UNTIL, Type.DAY, example="2026-12-31"),
        Column(
            "psea_clause",
            _("PSEA clause"),
            type=Type.CHOICE,
            required=True,
            choices=lambda: YES_NO,
            example=YES_NO[0][1],
        ),
        Column("psea_clause_on", _("Date of the PSEA clause"), _DAY, Type.DAY, example="2024-01-01"),
        Column("assessed_on", _("Capacity assessed on"), _DAY, Type.DAY, says=(_("Capacity assessment"),)),
        Column(
            "rating",
            pgettext_lazy("heading of a column", "Capacity"),
            _("With its two dates, or all three empty"),
            Type.CHOICE,
            choices=lambda: Rating.choices,
        ),
        Column("valid_until", _("Assessment valid until"), _DAY, Type.DAY, says=(_("Valid until"),)),
        Column("partner_portal_id", _("UN Partner Portal id"), longest=40),
    ),
    ("partner", "agency", "reference", "begins_on"),
    "begins_on",
    _("Partner agreements between an implementing partner and a UN agency"),
)

SIGNATURES = SheetKind(
    "signatures",
    _("signatures"),
    (
        MARK,
        Column(
            "organization",
            _("Organization"),
            _ORGANIZATION_HELP,
            required=True,
            width=38,
            example="Tigris Example Agency (invented)",
        ),
        Column("edition", _("Edition"), _("Its number, like 1"), required=True, longest=10, example="1"),
        Column(
            "signed_on",
            _("Signed on"),
            _("The day under the signature"),
            Type.DAY,
            required=True,
            example="2022-01-31",
        ),
        Column(
            "received_on",
            _("Received on"),
            _("The day on which the paper reached the network"),
            Type.DAY,
            required=True,
            example="2022-02-02",
        ),
        Column(
            "how",
            _("How it arrived"),
            _("Empty: as a signed paper"),
            Type.CHOICE,
            choices=lambda: ReceivedHow.choices,
            example=ReceivedHow.PAPER.label,
        ),
        Column(
            "signer_name",
            _("Name of the person who signed"),
            required=True,
            longest=160,
            says=(_("In whose name"), _("Name and title")),
            width=28,
            example="Amal Example",
        ),
        Column(
            "signer_title",
            _("Title of the person who signed"),
            required=True,
            longest=160,
            width=26,
            example="Country Director",
        ),
        Column(
            "signer_email",
            _("E-mail of the person who signed"),
            _("Where it is known: the person can then confirm and, one day, withdraw"),
            Type.EMAIL,
            longest=254,
            says=(_("E-mail"),),
            width=32,
            example="amal@example.org",
        ),
        Column("signer_capacity", _("In which capacity"), type=Type.CHOICE, choices=_signing, width=24),
        Column(
            "scan",
            _("Scan"),
            _("The name of the file, like endorsement-TEA.pdf; the file is sent beside the workbook"),
            Type.FILE,
            required=True,
            longest=160,
            says=(_("File"),),
            width=30,
            example="endorsement-TEA.pdf",
        ),
    ),
    ("organization", "edition", "signed_on"),
    "organization",
    _("Signed papers that arrived; they count once they are confirmed"),
)

SHEETS = (ORGANIZATIONS, PEOPLE, POSTS, AGREEMENTS, SIGNATURES)
# Sheets of the template that hold no rows, by any of their names.
BESIDE = {"errors": _("errors"), "explanations": _("explanations"), "lists": _("lists")}


def sheet_kind(name: str) -> SheetKind | None:
    """The kind of sheet that a sheet's name means, in either language."""
    wanted = folded(name)
    return next(
        (kind for kind in SHEETS if wanted in {folded(n) for n in (kind.name, *in_languages(kind.label))}),
        None,
    )


def is_beside(name: str) -> bool:
    """Whether the sheet is one of the template's own that hold no rows."""
    return any(folded(name) in map(folded, (code, *in_languages(label))) for code, label in BESIDE.items())
