"""The facts of the cover note, gathered for ``forms_app.common.letters`` (§7A.2).

The caveat comes from the edition in force, never from code (D3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from forms_app.common import figures
from forms_app.common.figures import DataSet
from forms_app.common.figures import Period as Months
from forms_app.common.letter_templates import selectors as letter_templates
from forms_app.common.letters import assemble
from forms_app.common.letters.context import OwnDataNote, Recipient
from forms_app.common.letters.render import file_name, render
from intranet.access.roles import Capacity
from intranet.network.models import NetworkSettings
from intranet.papers.letterhead import Language
from intranet.papers.sender import letterhead
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.models import Edition

from .models import OwnNote

TABLES = ("nature", "personnel")

# In the note's own language, not the reader's: a stored file must not change with a catalogue.
_COUNTED: dict[str, str] = {
    "en": "Counted in reports received. 0 means that no report was received.",
    "ar": "وحدة العدّ هي البلاغ الوارد. ويعني الرقم 0 أنه لم يرد أي بلاغ.",
}
_MONTHS: dict[str, str] = {
    "en": "{reported} of the {months} months have a report; a month without one is not counted as 0.",
    "ar": "لدى {reported} من أصل {months} من الأشهر تقرير، ولا يُحسب الشهر الذي لا تقرير له صفراً.",
}
_CAPACITY: dict[str, dict[str, str]] = {
    "en": {"fp": "PSEA Focal Point", "hoa": "Head of Agency", "sm": "Senior management"},
    "ar": {"fp": "جهة التنسيق", "hoa": "رئيس الوكالة", "sm": "الإدارة العليا"},
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a note is made of: the organization's own data set, the months that have a report, the edition."""

    data_set: DataSet
    months_reported: int
    edition: Edition


def facts_of(note: OwnNote, on: date) -> Facts:
    """The organization's own rows and nothing else. ``on``: the network's day. Raises NoEdition."""
    provider = figures.provider()
    months = Months(note.first_month, note.last_month)
    reported = [
        month
        for month in months.months()
        if note.organization_id in provider.contributors(Months(month, month))
    ]
    data_set = provider.data_set(months, [note.organization_id], TABLES)
    return Facts(data_set, len(reported), editions.edition_in_force(on))


def context(note: OwnNote, facts: Facts, settings: NetworkSettings, on: date) -> OwnDataNote:
    """The frozen facts of the Word file; no person of the organization is named, only the capacity."""
    language = cast(Language, note.language)
    months = len(Months(note.first_month, note.last_month).months())
    name = (note.organization.name_ar if language == "ar" else "") or note.organization.name_en
    notes = [_COUNTED[language]]
    if facts.months_reported < months:
        notes.append(_MONTHS[language].format(reported=facts.months_reported, months=months))
    return OwnDataNote(
        language=language,
        letterhead=letterhead(settings),
        organization=name,
        note_number=note.number,
        note_date=on,
        recipient=Recipient(note.recipient_name, note.recipient_title, note.recipient_organization),
        purpose=note.purpose,
        period=assemble.letter_period(facts.data_set.period),
        tables=assemble.letter_tables(facts.data_set, figures.provider(), language),
        caveats=assemble.own_data_caveats(
            editions.blocks_of(facts.edition), facts.edition.label, facts.edition.endorsed_on
        ),
        data_set_sha256=facts.data_set.sha256,
        signature=(_CAPACITY[language][_post(note.made_capacity)], name),
        notes=tuple(notes),
    )


def build(note: OwnNote, facts: Facts, settings: NetworkSettings, on: date) -> tuple[str, bytes]:
    """File name and verified bytes. Raises LetterFault."""
    made = context(note, facts, settings, on)
    return file_name(made), render(made, letter_templates.content(made.kind, made.language))


def _post(capacity: str) -> str:
    if capacity == Capacity.HEAD_OF_AGENCY:
        return "hoa"
    return "sm" if capacity == Capacity.SENIOR_MANAGEMENT else "fp"
