"""Bringing in, adopting and annexing editions. Everything goes through the runner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from audit.actors import Actor
from intranet.workflow import runner

from . import life, selectors
from .blocks import ProtocolFile
from .models import Edition, EditionDraft, MinorKind


def bring_in(protocol: ProtocolFile, actor: Actor, now: datetime) -> EditionDraft:
    """A draft from a protocol file. Raises ``runner.Refused``."""
    draft = EditionDraft(
        number=protocol.number,
        minor=protocol.minor,
        title=protocol.title,
        language=protocol.language,
        effective_from=protocol.effective_from,
        endorsed_by=protocol.endorsed_by,
        endorsed_on=protocol.endorsed_on,
        document_ref=protocol.document_ref,
        blocks=life.rows_of(protocol.blocks),
    )
    outcome = runner.perform(draft, "bring_in", actor, now)
    assert isinstance(outcome.obj, EditionDraft)
    return outcome.obj


def adopt(draft: EditionDraft, actor: Actor, now: datetime) -> Edition:
    """Freeze a draft as the next edition. Raises ``runner.Refused``."""
    outcome = runner.perform(draft, "adopt", actor, now)
    edition: Edition = outcome.result["edition"]
    return edition


def adopt_annex(names: Sequence[str], effective_from: date, actor: Actor, now: datetime) -> Edition:
    """A minor edition of the latest one with a new signatory annex; the text stays as it is (D7).

    ``names``: the signatories as the annex prints them. Raises ``LookupError`` before the first edition.
    """
    last = selectors.latest_edition()
    if last is None:
        raise LookupError("No edition has been adopted yet")
    draft = EditionDraft(
        number=last.number,
        minor=last.minor + 1,
        minor_kind=MinorKind.SIGNATORY_ANNEX,
        title=last.title,
        language=last.language,
        effective_from=max(effective_from, last.effective_from),
        endorsed_by=last.endorsed_by,
        endorsed_on=last.endorsed_on,
        document_ref=last.document_ref,
        scope=last.scope,
        document=last.document,
        no_document=last.no_document,
        base=last,
        annex=list(names),
        blocks=last.draft.blocks,
    )
    runner.perform(draft, "bring_in", actor, now)
    return adopt(draft, actor, now)
