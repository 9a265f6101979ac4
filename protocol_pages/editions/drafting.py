"""Drafts of the next edition: begun from blocks, written on a page, proposed, reviewed, endorsed.

``actor`` and ``now`` (UTC) are explicit, ``key`` is a form's own random id; all raise ``runner.Refused``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actors import Actor, acting
from intranet.access.models import User
from intranet.files.store import Upload
from intranet.workflow import runner
from intranet.workflow.runner import Refused
from protocol_pages.models import ProtocolPage

from . import consequence, life, selectors
from .blocks import BadProtocolFile, Block
from .draft_page import DraftPage, blocks_on, stream_of
from .merging import Merged, merged
from .models import DraftState, Edition, EditionDraft


@dataclass(frozen=True, slots=True)
class Endorsement:
    """The record of an endorsement: which body, on which day, by which document, for whom, from when in force.

    ``file``: the signed minutes or decision, PDF or Word; ``no_document``: in words, why there is no file of it.
    """

    endorsed_by: str
    endorsed_on: date
    document_ref: str
    scope: str
    effective_from: date
    file: Upload | None = None
    no_document: str = ""


def begin(
    text: Iterable[Block],
    actor: Actor,
    now: datetime,
    *,
    base: Edition | None,
    summary: str,
    title: str = "",
    key: UUID | None = None,
) -> EditionDraft:
    """A draft of the next edition from blocks. ``base``: the edition that the blocks were made from.

    Blocks keep the ids of ``base`` where they are the same block (D2). ``summary``: what changes, or where the
    text comes from, in a sentence. ``title``: of the edition; the base's where empty. It reads as a
    substantive edition until it is proposed as a minor one (D7).
    """
    number, minor = consequence.next_number(selectors.latest_edition(), minor=False)
    draft = EditionDraft(
        number=number,
        minor=minor,
        title=title or (base.title if base is not None else ""),
        language=base.language if base is not None else "en",
        annex=list(base.annex) if base is not None else [],
        base=base,
        summary=summary,
        blocks=life.rows_of(text),
    )
    outcome = runner.perform(draft, "begin", actor, now, key=key)
    assert isinstance(outcome.obj, EditionDraft)
    return outcome.obj


def begin_from(edition: Edition, actor: Actor, now: datetime, key: UUID | None = None) -> EditionDraft:
    """A draft that says what ``edition`` says."""
    blocks = selectors.blocks_of(edition)
    return begin(
        blocks, actor, now, base=edition, summary=_("Begun from edition %s") % edition.label, key=key
    )


def write(
    draft: EditionDraft,
    text: Iterable[Block],
    actor: Actor,
    now: datetime,
    *,
    base: Edition | None = None,
    note: str = "",
    key: UUID | None = None,
) -> EditionDraft:
    """A new text for the draft. ``base``: given when it now starts from a later edition."""
    blocks = [life.seen(block) for block in text]
    data = {"blocks": life.rows_of(blocks)} | ({"base": base} if base is not None else {})
    with runner.whole():
        outcome = runner.perform(draft, "write", actor, now, note, data, key)
        assert isinstance(outcome.obj, EditionDraft)
        _onto_page(outcome.obj, blocks, actor)
    return outcome.obj


def _newest(draft: EditionDraft) -> DraftPage:
    """The newest revision of the draft's page, as it is saved now."""
    page: DraftPage = DraftPage.objects.get(pk=draft.page_id).get_latest_revision_as_object()
    return page


def _onto_page(draft: EditionDraft, text: list[Block], actor: Actor) -> None:
    """A page of before would undo the new text when it is taken next; its earlier revisions stay."""
    if draft.page is None or page_says(draft) == _words(text):
        return
    page = _newest(draft)
    page.body = stream_of(text)
    page.save_revision(user=User.objects.filter(pk=actor.user_id).first() if actor.user_id else None)


def page_says(draft: EditionDraft) -> list[Block] | None:
    """The blocks that stand on the draft's page now; None where there is no page, or none that can be read."""
    if draft.page is None:
        return None
    try:
        return _words(blocks_on(_newest(draft)))
    except BadProtocolFile:
        return None


def _words(text: Iterable[Block]) -> list[Block]:
    return [replace(life.seen(block), marks=()) for block in text]


def is_behind(draft: EditionDraft) -> Edition | None:
    """The edition whose text was endorsed since the draft was begun; None where it starts from the latest text."""
    last = selectors.latest_edition()
    if draft.base is None or last is None or draft.base.sha256 == last.sha256:
        return None
    return last


def newer(draft: EditionDraft, later: Edition) -> Merged:
    """The draft as it reads with what ``later`` changed."""
    assert draft.base is not None
    before = selectors.blocks_of(draft.base)
    return merged(before, selectors.blocks_of_draft(draft), selectors.blocks_of(later))


def take_in(draft: EditionDraft, actor: Actor, now: datetime, key: UUID | None = None) -> EditionDraft:
    """What was endorsed since the draft was begun comes into it; from now on it starts from that edition (D7)."""
    later = is_behind(draft)
    if later is None:
        raise Refused(_("The draft starts from the latest text already."), "D7", "state")
    said = page_says(draft)
    if said is not None and said != _words(selectors.blocks_of_draft(draft)):
        raise Refused(_("The page holds words that the draft has not. Take them in first."), "D7", "state")
    note = _("Edition %s taken in") % later.label
    return write(draft, newer(draft, later).blocks, actor, now, base=later, note=note, key=key)


def open_page(draft: EditionDraft, actor: Actor, now: datetime) -> DraftPage:
    """The draft's page in the Wagtail admin, made the first time, with the draft's text on it.

    It is never live. Raises Refused for those who do not write drafts, and once the draft is proposed.
    """
    decision = life.writer_of_drafts(actor, draft, now)
    if not decision.allowed:
        raise Refused(decision.reason, "§8", "policy")
    with transaction.atomic():
        locked = EditionDraft.objects.select_for_update().get(pk=draft.pk)
        if locked.state != DraftState.DRAFT:
            raise Refused(_("The text of a draft changes only while it is a draft."), "§8", "state")
        if locked.page is not None:
            return locked.page
        user = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
        page = DraftPage(
            title=f"{draft.title} ({draft.label})",
            slug=f"draft-{str(draft.pk)[:8]}",
            live=False,
            owner=user,
            body=stream_of(selectors.blocks_of_draft(draft)),
        )
        ProtocolPage.objects.get().add_child(instance=page)
        page.save_revision(user=user)
        with acting(actor):
            locked.page = page
            locked.save()
    draft.page = page
    return page


def with_marks(text: Iterable[Block], before: Iterable[Block]) -> list[Block]:
    """The page holds words only: blocks whose words stayed keep their emphasis and links."""
    known = {(block.id, block.text): block.marks for block in before}
    return [replace(block, marks=known.get((block.id, block.text), ())) for block in text]


def take_page(draft: EditionDraft, actor: Actor, now: datetime, key: UUID | None = None) -> EditionDraft:
    """The newest revision of the draft's page becomes the draft's text."""
    if draft.page is None:
        raise Refused(_("This draft has no page yet."), "§8", "state")
    try:
        text = with_marks(blocks_on(_newest(draft)), selectors.blocks_of_draft(draft))
    except BadProtocolFile as error:
        raise Refused(life.fault(error), "D2", "guard") from error
    return write(draft, text, actor, now, note=_("Taken from the page"), key=key)


def propose(
    draft: EditionDraft,
    minor_kind: str,
    summary: str,
    seal: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> EditionDraft:
    """Say of which kind it is (D7). ``seal``: of the consequence that was shown (``consequence.of``)."""
    data = {"minor_kind": minor_kind, "summary": summary, "seal": seal}
    outcome = runner.perform(draft, "propose", actor, now, data=data, key=key)
    assert isinstance(outcome.obj, EditionDraft)
    return outcome.obj


def open_review(draft: EditionDraft, actor: Actor, now: datetime, key: UUID | None = None) -> EditionDraft:
    """From now on everybody reads it."""
    outcome = runner.perform(draft, "open_review", actor, now, key=key)
    assert isinstance(outcome.obj, EditionDraft)
    return outcome.obj


def send_back(
    draft: EditionDraft, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> EditionDraft:
    """It is a draft again; ``note``: why."""
    outcome = runner.perform(draft, "return", actor, now, note, key=key)
    assert isinstance(outcome.obj, EditionDraft)
    return outcome.obj


def discard(
    draft: EditionDraft, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> EditionDraft:
    """Nothing comes of it; it stays readable for those who write drafts. ``note``: why."""
    outcome = runner.perform(draft, "discard", actor, now, note, key=key)
    assert isinstance(outcome.obj, EditionDraft)
    return outcome.obj


def endorse(
    draft: EditionDraft,
    record: Endorsement,
    seal: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Edition:
    """Record the endorsement and freeze the text (D11: with a fresh code). ``seal``: as in ``propose``."""
    data = asdict(record) | {"seal": seal}
    outcome = runner.perform(draft, "endorse", actor, now, data=data, key=key)
    if outcome.repeated:
        assert isinstance(outcome.obj, EditionDraft)
        return outcome.obj.edition
    edition: Edition = outcome.result["edition"]
    return edition
