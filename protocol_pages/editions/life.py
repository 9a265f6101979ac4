"""Policies, guards and effects of an edition's life (§8, D7): from draft to endorsed, in force, superseded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.roles import COORDINATION, OFFICE, Capacity
from intranet.clock.days import network_day
from intranet.files import store
from intranet.workflow.machine import ALLOWED, Context, Decision
from intranet.workflow.runner import Refused

from . import consequence
from .adoption import freeze
from .blocks import BadProtocolFile, Block, block_from, check_blocks
from .canonical import canonical_text, fingerprint
from .fixed_copy import WordFault
from .models import DraftState, Edition, EditionDraft, MinorKind
from .selectors import latest_edition
from .wordfile.rich import clean

KEEPERS = COORDINATION | OFFICE
WRITERS = KEEPERS | {Capacity.CONTENT_EDITOR}
READERS_OF_DRAFTS = WRITERS | {Capacity.AUDITOR, Capacity.OFFICE_ASSISTANT}
SHOWN_TO_ALL = frozenset(set(DraftState) - {DraftState.DRAFT, DraftState.PROPOSED, DraftState.DISCARDED})


def keeper_of_the_text(actor: Actor, obj: Any, now: datetime) -> Decision:
    """The Coordinator, the office, or the installation command may bring in and adopt a text."""
    if actor.is_system or actor.capacity in KEEPERS:
        return ALLOWED
    return Decision(False, _("The Coordinator or the DSRSG/HC/RC office keeps the protocol's text."))


def writer_of_drafts(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Keepers of the text, content editors and the import command write drafts; that decides nothing."""
    if actor.is_system or actor.capacity in WRITERS:
        return ALLOWED
    return Decision(False, _("The Coordinator, the office or a content editor writes drafts."))


def may_view_draft(actor: Actor, draft: EditionDraft, now: datetime) -> Decision:
    """A draft is seen by those who write it, and by everybody from its review on."""
    if version_is_seen({"state": draft.state}, actor):
        return ALLOWED
    return Decision(False, _("A draft is shown to everybody once it is in review."))


def version_is_seen(values: Mapping[str, Any], actor: Actor) -> bool:
    """Drafting stays with those who draft, also when the text is shown to everybody later."""
    return actor.is_system or actor.capacity in READERS_OF_DRAFTS or values["state"] in SHOWN_TO_ALL


def only_the_calendar(actor: Actor, obj: Any, now: datetime) -> Decision:
    """Noted by the daily job when the frozen day has come; nobody puts a text into force by a click."""
    if actor.is_system:
        return ALLOWED
    return Decision(False, _("The frozen effective date puts a text into force; nobody does it by hand."))


def sha256_of(draft: EditionDraft) -> str:
    """The fingerprint that the draft's text would have (D1)."""
    return fingerprint(canonical_text([block_from(row) for row in draft.blocks]))


FAULTS: dict[str, StrOrPromise] = {
    "none": _("Text: it has no block yet."),
    "empty": _("Block %(detail)s: its id and its text must not be empty."),
    "id": _("Block %(detail)s: a stable id has at most 40 letters, digits, dots and hyphens."),
    "id_twice": _("Block: the stable id %(detail)s is used twice. A new block gets a new one."),
    "address": _(
        "Address %(detail)s: no page can have it. Write a section and at most two parts, like 7B.2 or 9.a."
    ),
    "address_twice": _("Address %(detail)s: two blocks have it."),
    "label": _(
        "Block %(detail)s: a number and a section have at most 10 characters, and its level and language must exist."
    ),
}

# Guards


def text_is_whole(context: Context) -> Decision:
    """The blocks are complete, with no id or address used twice (D2)."""
    return _whole(context.obj.blocks)


def given_text_is_whole(context: Context) -> Decision:
    """The same for the text that is to replace the draft's."""
    return _whole(context.data["blocks"])


def _whole(rows: list[dict[str, Any]]) -> Decision:
    try:
        check_blocks([block_from(row) for row in rows])
    except BadProtocolFile as error:
        return Decision(False, fault(error), "D2")
    return ALLOWED


def fault(error: BadProtocolFile) -> StrOrPromise:
    """What is wrong with a text, as a sentence for the person who writes it."""
    return FAULTS[error.code] % {"detail": error.detail} if error.code in FAULTS else str(error)


def endorsement_is_recorded(context: Context) -> Decision:
    """Body, date and document of the endorsement are known, and the date has come."""
    draft: EditionDraft = context.obj
    if not (draft.endorsed_by.strip() and draft.endorsed_on and draft.document_ref.strip()):
        return Decision(False, _("Endorsement: name the body, the date and the document."))
    if draft.endorsed_on > network_day(context.now):
        return Decision(False, _("Endorsement: the date lies in the future."))
    if draft.effective_from is None:
        return Decision(False, _("In force from: name the day."))
    return ALLOWED


def next_in_order(context: Context) -> Decision:
    """Editions follow one another without gap; a minor edition says of which kind it is (D7)."""
    draft: EditionDraft = context.obj
    last = latest_edition()
    if bool(draft.minor) != bool(draft.minor_kind):
        return Decision(
            False, _("A minor edition says of which kind it is, and only a minor one does."), "D7"
        )
    if last is None:
        allowed = {(1, 0)}
    else:
        allowed = {(last.number + 1, 0), (last.number, last.minor + 1)}
    if (draft.number, draft.minor) not in allowed:
        return Decision(False, _("Edition number: this is not the next edition."), "D7")
    if last is not None and draft.effective_from and draft.effective_from < last.effective_from:
        return Decision(False, _("In force from: an edition cannot start before the one it replaces."), "D7")
    return ALLOWED


def text_differs(context: Context) -> Decision:
    """A draft that says what the edition before says proposes nothing."""
    base: Edition | None = context.obj.base
    if base is not None and base.sha256 == sha256_of(context.obj):
        return Decision(False, _("Text: it is the same, word for word. Change it before you propose it."))
    return ALLOWED


def minor_kind_is_known(context: Context) -> Decision:
    """A minor edition corrects typing or translation; the signatory annex makes its own (D7)."""
    if context.data.get("minor_kind", "") in (
        MinorKind.NONE,
        MinorKind.TYPING_ERROR,
        MinorKind.TRANSLATION,
    ):
        return ALLOWED
    return Decision(
        False, _("Minor or substantive: the annex of signatories makes its edition by itself."), "D7"
    )


def consequence_was_shown(context: Context) -> Decision:
    """Whoever decides has seen what follows, and the text, as they stand now (D7, trap 44)."""
    minor = bool(context.data.get("minor_kind", context.obj.minor_kind))
    if context.data.get("seal") == consequence.seal_of(context.obj, minor, latest_edition(), context.now):
        return ALLOWED
    return Decision(
        False,
        _(
            "The text, or what follows from this, has changed since the page was shown. Read it again, then decide."
        ),
        "D7",
    )


def base_is_the_latest_text(context: Context) -> Decision:
    """Nothing that was endorsed meanwhile is undone unseen."""
    last, base = latest_edition(), context.obj.base
    if last is None or (base is not None and base.sha256 == last.sha256):
        return ALLOWED
    return Decision(
        False,
        _("The text in force changed since this draft was begun. Return it, take the changes in, and go on."),
        "D7",
    )


def reviewed_if_substantive(context: Context) -> Decision:
    """A substantive text was in review; a typing error needs none (D7)."""
    if context.obj.minor_kind or context.obj.state == DraftState.IN_REVIEW:
        return ALLOWED
    return Decision(False, _("A substantive edition goes through a review before it is endorsed."), "§8")


def record_is_whole(context: Context) -> Decision:
    """Body, date, document and scope of the endorsement, and the effective date, are given and possible."""
    data, today = context.data, network_day(context.now)
    if not all(str(data.get(name) or "").strip() for name in ("endorsed_by", "document_ref", "scope")):
        return Decision(False, _("Endorsement: name the body, the document and for whom it was endorsed."))
    if not data.get("endorsed_on") or not data.get("effective_from"):
        return Decision(False, _("Endorsement: name its date and the day from which the text is in force."))
    if data["endorsed_on"] > today:
        return Decision(False, _("Endorsement: the date lies in the future."))
    if data["effective_from"] < data["endorsed_on"]:
        return Decision(False, _("In force from: a text cannot bind before it was endorsed."))
    last = latest_edition()
    if last is not None and data["effective_from"] < last.effective_from:
        return Decision(False, _("In force from: an edition cannot start before the one it replaces."), "D7")
    return ALLOWED


def document_is_there(context: Context) -> Decision:
    """The signed minutes or decision as a file, or in words why there is none; not both (D17)."""
    file, why = context.data.get("file"), str(context.data.get("no_document") or "").strip()
    if file is None and not why:
        return Decision(False, _("Signed document: add the file, or write why there is none."))
    if file is not None and why:
        return Decision(False, _("Why there is no file: leave it empty, a file was added."))
    if file is not None and not file[0].lower().endswith(store.DOCUMENTS):
        return Decision(False, _("File: send a PDF or a Word document (.docx)."))
    return ALLOWED


def its_day_has_come(context: Context) -> Decision:
    """The frozen effective date is today or past, in the network's time zone."""
    edition: Edition = context.obj.edition
    if edition.effective_from <= network_day(context.now):
        return ALLOWED
    return Decision(False, _("The text is not in force yet."))


def another_is_in_force(context: Context) -> Decision:
    """A later edition has taken effect."""
    edition: Edition = context.obj.edition
    if superseded_on(edition, network_day(context.now)):
        return ALLOWED
    return Decision(False, _("No later edition is in force."))


def superseded_on(edition: Edition, today: date) -> bool:
    """Whether a later edition had taken effect by ``today``."""
    later = Edition.objects.filter(effective_from__lte=today)
    return any((item.number, item.minor) > (edition.number, edition.minor) for item in later)


# Effects


def adopt(context: Context) -> None:
    """Freeze the text: edition, blocks and Word file are written once."""
    try:
        edition = freeze(context.obj, context.now)
    except WordFault as lost:
        said = _("Text: no Word file gives back block %s word for word. Write it in another way.")
        raise Refused(said % lost.block, "D1", "guard") from lost
    context.result["edition"] = edition
    context.result["event"] = {"edition": edition.label, "sha256": edition.sha256}
    if edition.document is not None:
        context.result["event"]["document"] = edition.document.sha256


def take_text(context: Context) -> None:
    """The draft's text becomes what was given."""
    draft: EditionDraft = context.obj
    draft.blocks = list(context.data["blocks"])
    if "base" in context.data:
        draft.base = context.data["base"]
        draft.number, draft.minor = consequence.next_number(latest_edition(), minor=False)
    context.result["event"] = {"blocks": len(draft.blocks), "sha256": sha256_of(draft)}


def classify(context: Context) -> None:
    """Minor of which kind, or substantive; with the number that it would have today."""
    draft: EditionDraft = context.obj
    draft.minor_kind = context.data.get("minor_kind", "")
    draft.summary = context.data.get("summary", draft.summary)
    draft.number, draft.minor = consequence.next_number(latest_edition(), bool(draft.minor_kind))
    context.result["event"] = {"edition": draft.label, "sha256": sha256_of(draft)}


def write_endorsement(context: Context) -> None:
    """The record of the endorsement with its file, and the number, as they are frozen."""
    draft: EditionDraft = context.obj
    for name in ("endorsed_by", "endorsed_on", "document_ref", "scope", "effective_from"):
        setattr(draft, name, context.data[name])
    draft.no_document = str(context.data.get("no_document") or "").strip()
    if context.data.get("file") is not None:
        name, content, kind = context.data["file"]
        draft.document = store.store(name, content, draft, context.now, content_type=kind)
    last = latest_edition()
    draft.number, draft.minor = consequence.next_number(last, bool(draft.minor_kind))
    if last is not None:
        draft.annex = last.annex


def rows_of(text: Iterable[Block]) -> list[dict[str, Any]]:
    """Blocks as a draft stores them."""
    return [asdict(block) | {"addresses": list(block.addresses)} for block in map(seen, text)]


def seen(block: Block) -> Block:
    """A block without the signs that nobody sees, as they come along from web pages; a Word file would lose them."""
    words = clean(block.text)
    return block if words == block.text else replace(block, text=words, marks=())
