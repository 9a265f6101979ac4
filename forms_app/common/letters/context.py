"""What a letter is made from: frozen facts in, nothing read from a database, a clock or a setting.

The caller gathers the facts and the stored texts of the edition in force; `render.render` turns them into
the bytes of a Word file. The same context gives the same bytes.
Dates are calendar dates (Asia/Baghdad); figures are whole numbers in the counting unit that the table's
`figure_head` names (for the spine: reports received).
"""

import calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from intranet.papers.letterhead import Language, Letterhead

Kind = Literal["release", "own_data", "memo"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """The receiving party as the request names it. `salutation` empty: made from the name."""

    name: str
    title: str
    organization: str
    address: tuple[str, ...] = ()
    salutation: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months, both ends included. Any day of a month stands for the month."""

    first_month: date
    last_month: date

    @property
    def first_day(self) -> date:
        """First calendar day of the first month."""
        return self.first_month.replace(day=1)

    @property
    def last_day(self) -> date:
        """Last calendar day of the last month."""
        last = self.last_month
        return last.replace(day=calendar.monthrange(last.year, last.month)[1])


@dataclass(frozen=True, slots=True)
class DataTable:
    """One one-way table (D31): (label, figure) rows and their total."""

    title: str
    label_head: str
    figure_head: str
    rows: tuple[tuple[str, int], ...]
    total: int
    description: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many signatories the data comes from: numbers only, nobody named (§7B.5, D22)."""

    included: int
    signatories: int
    silent: int = 0
    suspended: int = 0
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Caveat:
    """One caveat exactly as the edition stores it, with its list of purposes if it has one."""

    text: str
    purposes: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs in order."""
        return (self.text, *self.purposes)


@dataclass(frozen=True, slots=True)
class Caveats:
    """The caveats of one edition (D3). `translation` only if the office has stored one (D4): unofficial."""

    edition_number: str
    endorsed_on: date
    items: tuple[Caveat, ...]
    translation: tuple[Caveat, ...] = ()

    @classmethod
    def of_release(
        cls,
        *,
        edition_number: str,
        endorsed_on: date,
        c1: str,
        c2_intro: str,
        purposes: tuple[str, ...],
        c3: str,
        translation: tuple[Caveat, ...] = (),
    ) -> "Caveats":
        """C1, C2 with its purposes, C3 of §7B.7, each exactly as stored."""
        items = (Caveat(c1), Caveat(c2_intro, purposes), Caveat(c3))
        return cls(edition_number, endorsed_on, items, translation)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Every authoritative paragraph, in order; nine for §7B.7 of edition 1, one for §7A."""
        return tuple(text for item in self.items for text in item.paragraphs)


@dataclass(frozen=True, slots=True)
class Authorization:
    """The office's written authorization (§7B.7): its date and capacity, no person."""

    on: date
    capacity: str


@dataclass(frozen=True, slots=True)
class ReleaseLetter:
    """The letter that goes with an authorized release of consolidated data (§7B.7).

    `onward_rule` is the stored text of §7B.6; `data_set_sha256` is 64 hexadecimal digits of the released
    data set; `signature` is the lines under the signature rule: titles, in the letter's language.
    """

    language: Language
    letterhead: Letterhead
    letter_number: str
    request_number: str
    letter_date: date
    recipient: Recipient
    purpose: str
    period: Period
    requested_on: date
    guaranteed_on: date
    tables: tuple[DataTable, ...]
    completeness: Completeness
    caveats: Caveats
    onward_rule: str
    authorization: Authorization
    data_set_sha256: str
    signature: tuple[str, ...]
    notes: tuple[str, ...] = ()
    specimen: bool = False
    kind: Kind = field(default="release", init=False)


@dataclass(frozen=True, slots=True)
class OwnDataNote:
    """The cover note with a member's own statistics (§7A): its own name, the caveat of §7A, no person."""

    language: Language
    letterhead: Letterhead
    organization: str
    note_number: str
    note_date: date
    recipient: Recipient
    purpose: str
    period: Period
    tables: tuple[DataTable, ...]
    caveats: Caveats
    data_set_sha256: str
    signature: tuple[str, ...]
    notes: tuple[str, ...] = ()
    specimen: bool = False
    kind: Kind = field(default="own_data", init=False)


@dataclass(frozen=True, slots=True)
class ConsentCounts:
    """Answers of the round that the office decides on: numbers of organizations, nobody named."""

    asked: int
    authorized: int
    excluded_silent: int = 0
    round_number: int = 1


@dataclass(frozen=True, slots=True)
class OfficeMemo:
    """The memo that the office signs on paper (D20). No figures: shape, hash and answers only.

    `items` are the five items of §7B.0 (label, text word for word), `table_titles` the tables asked for.
    """

    language: Language
    letterhead: Letterhead
    request_number: str
    memo_date: date
    receiving_party: str
    items: tuple[tuple[str, str], ...]
    table_titles: tuple[str, ...]
    period: Period
    consents: ConsentCounts
    edition_number: str
    edition_endorsed_on: date
    data_set_sha256: str
    specimen: bool = False
    kind: Kind = field(default="memo", init=False)


LetterContext = ReleaseLetter | OwnDataNote | OfficeMemo
