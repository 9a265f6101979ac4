"""Effects of the ledger of participation: what each act writes, and whom it tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from intranet.access.roles import Capacity
from intranet.files import store
from intranet.workflow.machine import Context
from protocol_pages.editions.models import Edition

from . import annex, certificates, mail, selectors
from .days import network_day
from .models import Answer, EntryKind, Organization, ParticipationEntry
from .names import name_on
from .rules import EVER, while_a_member
from .speaking import speaker_on
from .stops import papers
from .stops.rules import less_is_suspended, stop_names_its_breach


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
        entry.instrument_file, entry.instrument_sha256 = entry.file.name, entry.file.sha256
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


def _instrument(context: Context) -> dict[str, Any]:
    """By which instrument the actor signs, in words, with its file: the recorded one, else the post's (D19)."""
    day = network_day(context.now)
    if context.actor.capacity == Capacity.HEAD_OF_AGENCY:
        words = [str(context.data["authority"]).strip(), *selectors.instruments_of(context.actor, day)]
        return {"authority": ": ".join(word for word in words if word)[:300]}
    named = selectors.authority_of(context.actor, context.obj, day)
    assert named is not None  # may_endorse asked
    file = named.file
    return {
        "authority": named.instrument,
        "instrument_file": file.name if file else "",
        "instrument_sha256": file.sha256 if file else "",
    }


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
        statement=context.data["statement"],
        **_instrument(context),
        **_edition_fields(context.data["edition"]),
    )
    _certify(context, entry)
    mail.endorsed(entry, context.now)


def _certify(context: Context, entry: ParticipationEntry) -> None:
    """The certificate stands or falls with the endorsement; the event names it."""
    paper = certificates.issue(entry, context.actor, context.now)
    context.result["event"] |= {"certificate": paper.evidence}


def _signature_of(organization: Organization, day: date) -> dict[str, Any]:
    """Who speaks as signer on the day, and the edition that was signed, for an entry that speaks about it."""
    speaker = speaker_on(organization, day)
    if speaker is None:
        return {"signer_name": ""}
    names = ("edition_ref", "edition_number", "edition_label", "edition_sha256")
    return {name: getattr(speaker.endorsement, name) for name in names} | {
        "signer": speaker.person,
        "signer_name": speaker.name,
        "signer_title": speaker.title,
        "signer_email": speaker.email,
        "signer_capacity": Capacity.SIGNER,
        "authority": speaker.authority,
    }


def write_withdrawal(context: Context) -> None:
    """The signer's statement; past totals keep the figures, the annex becomes a minor edition (D7)."""
    entry = _write(
        context,
        kind=EntryKind.WITHDRAWN,
        in_effect=True,
        effective_on=context.data["effective_on"],
        statement=context.data["statement"].strip(),
        **_signature_of(context.obj, network_day(context.now)),
    )
    papers.letter_of(context, entry)
    after_withdrawal(context, entry)


def after_withdrawal(context: Context, entry: ParticipationEntry) -> None:
    """The annex without the organization once it has left, and word to everybody (§9.i, fn5)."""
    annex.after_withdrawal(entry.effective_on, context.now)
    mail.withdrawn(entry, context.now)


def write_suspension(context: Context) -> None:
    """§4.f: a communication to the office; in effect at once, nobody approves it."""
    _own_stop(context, EntryKind.SUSPENDED, _suspension_fields(context.data))


def write_resumption(context: Context) -> None:
    """The second signed act that ends a suspension."""
    _own_stop(context, EntryKind.RESUMED, {})


def write_flow_stop(context: Context) -> None:
    """§9.f: a communication to the Coordinator with the reasons; nobody approves it."""
    _own_stop(context, EntryKind.FLOW_STOPPED, _named_breach(context))


def write_flow_resumption(context: Context) -> None:
    """The second signed act that lets the data flow again; it names the breach of the stop."""
    _own_stop(context, EntryKind.FLOW_RESUMED, _breach_of_the_stop(context))


def _suspension_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("reason", "review_on", "scope", "notifications_continue")}


def _named_breach(context: Context) -> dict[str, Any]:
    reference, involved = stop_names_its_breach(context)
    return {"breach_reference": reference, "office_involved": involved}


def _breach_of_the_stop(context: Context) -> dict[str, Any]:
    stop = while_a_member(context).flow_stop
    names = ("breach_reference", "office_involved")
    return {name: getattr(stop, name) for name in names} if isinstance(stop, ParticipationEntry) else {}


def _own_stop(context: Context, kind: EntryKind, more: Mapping[str, Any]) -> None:
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
        **more,
    )
    papers.letter_of(context, entry)
    mail.stopped_or_resumed(entry, context.now)


def write_received(context: Context) -> None:
    """A stop takes effect at once; an endorsement, a resumption, a withdrawal waits (D17).

    So does a suspension said anew that covers less than before.
    """
    data = context.data
    kind = EntryKind(data["kind"])
    at_once = kind in {EntryKind.SUSPENDED, EntryKind.FLOW_STOPPED} and not less_is_suspended(context)
    edition = data.get("edition")
    about = _edition_fields(edition) if edition is not None else {}
    if kind == EntryKind.WITHDRAWN:
        about = {
            name: value
            for name, value in _signature_of(context.obj, network_day(context.now)).items()
            if name.startswith("edition") or name == "signer"
        }
    else:
        about["signer"] = data.get("signer")
    if kind == EntryKind.SUSPENDED:
        about |= _suspension_fields(data)
    elif kind == EntryKind.FLOW_STOPPED:
        about |= _named_breach(context)
    elif kind == EntryKind.FLOW_RESUMED:
        about |= _breach_of_the_stop(context)
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
        received_how=data["received_how"],
        received_on=data["received_on"],
        **about,
    )
    if at_once:
        mail.stopped_or_resumed(entry, context.now)
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
    "instrument_file",
    "instrument_sha256",
    "statement",
    "reason",
    "review_on",
    "scope",
    "notifications_continue",
    "breach_reference",
    "office_involved",
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
        _certify(context, entry)
        mail.endorsed(entry, context.now)
    else:
        mail.stopped_or_resumed(entry, context.now)


def write_denial(context: Context) -> None:
    """The record stays, answered with no; nothing took effect."""
    entry = _answer(context, Answer.DENIED)
    mail.denied(entry, context.now)


def state_from_ledger(context: Context) -> str:
    """The stored state is always the fold over the whole ledger, nothing else."""
    return selectors.position(context.obj, EVER).state
