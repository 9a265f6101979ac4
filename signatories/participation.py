"""Effects of the ledger of participation: what each act writes, and whom it tells."""

from __future__ import annotations

from typing import Any

from intranet.access.roles import Capacity
from intranet.files import store
from intranet.workflow.machine import Context
from protocol_pages.editions.models import Edition

from . import annex, mail, selectors
from .days import network_day
from .models import Answer, EntryKind, Organization, ParticipationEntry
from .names import name_on
from .rules import EVER


def _write(context: Context, **fields: Any) -> ParticipationEntry:
    actor = context.actor
    # The runner holds the organization's row, so nobody else numbers an entry of it meanwhile.
    written = ParticipationEntry.objects.filter(organization=context.obj).count()
    entry = ParticipationEntry(
        organization=context.obj,
        number=written + 1,
        organization_name=name_on(context.obj, fields["effective_on"]).en,
        recorded_at=context.now,
        recorded_by=actor.label,
        recorded_capacity=actor.capacity,
        recorded_by_id=actor.user_id,
        **fields,
    )
    upload = context.data.get("file")
    if upload is not None:
        name, content, kind = upload
        entry.file = store.store(name, content, entry, context.now, content_type=kind)
    entry.save()
    context.result["entry"] = entry
    context.result["event"] = {"entry": str(entry.pk), "kind": entry.kind, "in_effect": entry.in_effect}
    if entry.edition_sha256:
        context.result["event"] |= {"edition": entry.edition_label, "sha256": entry.edition_sha256}
    return entry


def _edition_fields(edition: Edition) -> dict[str, Any]:
    return {
        "edition_ref": edition.pk,
        "edition_number": edition.number,
        "edition_label": edition.label,
        "edition_sha256": edition.sha256,
    }


CORRECTABLE = ("name_en", "name_ar", "name_ckb", "acronym", "region", "active_from", "active_to")


def correct(context: Context) -> None:
    """New names, region or dates; the history keeps the old ones."""
    changed = [name for name in CORRECTABLE if name in context.data]
    for name in changed:
        setattr(context.obj, name, context.data[name])
    context.result["event"] = {"fields": changed}


def write_endorsement(context: Context) -> None:
    """Bound to the edition's hash; the signer kept as text beside the key (trap 18)."""
    person = selectors.person_of(context.actor)
    entry = _write(
        context,
        kind=EntryKind.ENDORSED,
        in_effect=True,
        effective_on=network_day(context.now),
        signer=person,
        signer_name=context.data["signer_name"].strip(),
        signer_title=context.data["signer_title"].strip(),
        signer_email=person.email if person else "",
        signer_capacity=context.actor.capacity,
        authority=context.data["authority"].strip(),
        statement=context.data["statement"],
        **_edition_fields(context.data["edition"]),
    )
    mail.endorsed(entry, context.now)


def _signature_of(organization: Organization) -> dict[str, Any]:
    """Signer and edition of the endorsement that binds, for an entry that speaks about it."""
    signed = selectors.signer_of(organization, EVER)
    if signed is None:
        return {"signer_name": ""}
    names = ("edition_ref", "edition_number", "edition_label", "edition_sha256")
    return {name: getattr(signed, name) for name in (*names, "signer", "signer_name", "signer_title")} | {
        "signer_email": signed.signer_email,
        "signer_capacity": Capacity.SIGNER,
    }


def write_withdrawal(context: Context) -> None:
    """The signer's statement; past totals keep the figures, the annex becomes a minor edition (D7)."""
    entry = _write(
        context,
        kind=EntryKind.WITHDRAWN,
        in_effect=True,
        effective_on=context.data["effective_on"],
        statement=context.data["statement"].strip(),
        **_signature_of(context.obj),
    )
    after_withdrawal(context, entry)


def after_withdrawal(context: Context, entry: ParticipationEntry) -> None:
    """The annex without the organization, and word to everybody (§9.i, fn5)."""
    annex.without(context.obj, entry.effective_on, context.now)
    mail.withdrawn(entry, context.now)


def write_suspension(context: Context) -> None:
    """§4.f: a communication to the office; in effect at once, nobody approves it."""
    _own_stop(context, EntryKind.SUSPENDED)


def write_resumption(context: Context) -> None:
    """The second signed act that ends a suspension."""
    _own_stop(context, EntryKind.RESUMED)


def _own_stop(context: Context, kind: EntryKind) -> None:
    person = selectors.person_of(context.actor)
    entry = _write(
        context,
        kind=kind,
        in_effect=True,
        effective_on=context.data["effective_on"],
        signer=person,
        signer_name=person.name if person else context.actor.label,
        signer_email=person.email if person else "",
        signer_capacity=context.actor.capacity,
        statement=str(context.data.get("statement", "")).strip(),
        reason=context.data.get("reason", ""),
        review_on=context.data.get("review_on"),
    )
    mail.sharing_changed(entry, context.now)


def write_received(context: Context) -> None:
    """A stop takes effect at once; an endorsement, a resumption, a withdrawal waits (D17)."""
    data = context.data
    kind = EntryKind(data["kind"])
    at_once = kind == EntryKind.SUSPENDED
    edition = data.get("edition")
    about = _edition_fields(edition) if edition is not None else {}
    if kind == EntryKind.WITHDRAWN:
        about = {
            name: value
            for name, value in _signature_of(context.obj).items()
            if name.startswith("edition") or name == "signer"
        }
    else:
        about["signer"] = data.get("signer")
    entry = _write(
        context,
        kind=kind,
        in_effect=at_once,
        effective_on=data["effective_on"],
        signer_name=data["signer_name"].strip(),
        signer_title=data["signer_title"].strip(),
        signer_email=data.get("signer_email", ""),
        signer_capacity=data.get("signer_capacity", ""),
        authority=str(data.get("authority", "")).strip(),
        statement=str(data.get("statement", "")).strip(),
        reason=data.get("reason", ""),
        received_how=data["received_how"],
        received_on=data["received_on"],
        **about,
    )
    if at_once:
        mail.sharing_changed(entry, context.now)
    else:
        mail.confirmation_wanted(entry, context.now)


_REPEATED = (
    "kind",
    "effective_on",
    "edition_ref",
    "edition_number",
    "edition_label",
    "edition_sha256",
    "signer",
    "signer_name",
    "signer_title",
    "signer_email",
    "signer_capacity",
    "authority",
    "statement",
    "reason",
    "received_how",
    "received_on",
    "file",
)


def _answer(context: Context, answer: Answer) -> ParticipationEntry:
    first: ParticipationEntry = context.data["entry"]
    fields = {name: getattr(first, name) for name in _REPEATED}
    if answer == Answer.CONFIRMED and first.kind != EntryKind.ENDORSED:
        # A withdrawal takes effect after its confirmation, never backwards (D17).
        fields["effective_on"] = max(first.effective_on, network_day(context.now))
    return _write(context, answers=first, answer=answer, in_effect=answer == Answer.CONFIRMED, **fields)


def write_confirmation(context: Context) -> None:
    """The confirmation is an entry of its own and is what takes effect."""
    entry = _answer(context, Answer.CONFIRMED)
    if entry.kind == EntryKind.WITHDRAWN:
        after_withdrawal(context, entry)
    elif entry.kind == EntryKind.ENDORSED:
        mail.endorsed(entry, context.now)
    else:
        mail.sharing_changed(entry, context.now)


def write_denial(context: Context) -> None:
    """The record stays, answered with no; nothing took effect."""
    entry = _answer(context, Answer.DENIED)
    mail.denied(entry, context.now)


def state_from_ledger(context: Context) -> str:
    """The stored state is always the fold over the whole ledger, nothing else."""
    return selectors.position(context.obj, EVER).state
