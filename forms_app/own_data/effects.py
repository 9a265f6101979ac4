"""Making the note: number, own rows, Word file; stored once, so that later downloads are the same bytes."""

from __future__ import annotations

from intranet.files import store
from intranet.network.models import NetworkSettings
from intranet.papers.faults import LetterFault
from intranet.workflow.machine import Context
from intranet.workflow.runner import Refused
from signatories.days import network_day

from . import letter
from .models import OwnNote


def make_file(context: Context) -> None:
    """Fill the row from the facts and store the file."""
    note: OwnNote = context.obj
    today = network_day(context.now)
    note.made_at, note.made_by = context.now, context.actor.label
    note.made_capacity = context.actor.capacity
    note.number = next_number(note, today.year)
    facts = letter.facts_of(note, today)
    note.months_reported = facts.months_reported
    note.edition_label = facts.edition.label
    note.data_set_sha256 = facts.data_set.sha256
    try:
        name, content = letter.build(note, facts, NetworkSettings.current(), today)
    except LetterFault as fault:
        raise Refused(str(fault), "§7A.2", "guard") from fault
    note.file = store.store(name, content, note, context.now, content_type=store.DOCX, holds_figures=True)
    context.result["event"] = {
        "number": note.number,
        "data_set": note.data_set_sha256,
        "edition": note.edition_label,
        "file": note.file.sha256,
    }


def next_number(note: OwnNote, year: int) -> str:
    """OD-2026-001, counted within the organization and year of the network's calendar."""
    taken = OwnNote.objects.filter(organization=note.organization, number__startswith=f"OD-{year}-").count()
    return f"OD-{year}-{taken + 1:03d}"
