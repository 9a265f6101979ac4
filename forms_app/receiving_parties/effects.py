"""What the acts on a suspension leave behind. Called by the runner, inside its transaction."""

from __future__ import annotations

from django.utils.translation import gettext as _

from audit.actors import Actor
from forms_app.common import parties
from intranet.files import store
from intranet.workflow.machine import Context
from signatories.days import network_day
from signatories.selectors import office_people

from . import notices, papers
from .inputs import Case, Said
from .models import PartyName, PartySuspension, Word
from .names import key
from .selectors import in_force


def open_case(context: Context) -> None:
    """The row; from this moment on nothing goes to the party."""
    row: PartySuspension = context.obj
    case: Case = context.data["case"]
    row.reference = next_reference(network_day(context.now).year)
    row.party, row.party_key = " ".join(case.party.split()), key(case.party)
    row.address = case.address.strip()
    row.release_number = case.release_number.strip()
    row.reason, row.from_on = case.reason.strip(), case.from_on
    row.letter_language, row.opened_at = case.letter_language, context.now
    row.save()  # the words below point to it
    context.result["event"] = {"reference": row.reference, "release": row.release_number}


def next_reference(year: int) -> str:
    """RP-2026-001, counted within the year of the network's calendar."""
    taken = PartySuspension.objects.filter(reference__startswith=f"RP-{year}-").count()
    return f"RP-{year}-{taken + 1:03d}"


def keep_word(context: Context) -> None:
    """Who said it; a signed paper is kept with the person who signed and the person who recorded it."""
    said: Said | None = context.data.get("said")
    actor: Actor = context.actor
    row = Word(
        suspension=context.obj,
        act=context.transition.action,
        text=said.text.strip() if said is not None else context.note,
        by=actor.label,
        by_user_id=actor.user_id,
        capacity=actor.capacity,
        decided_on=network_day(context.now),
        at=context.now,
    )
    if said is not None and said.decided_by is not None:
        person = next(p for p in office_people(network_day(context.now)) if p.pk == said.decided_by)
        row.by, row.by_user_id, row.capacity = person.name, person.user_id, "office"
        row.recorded_by, row.recorded_by_user_id = actor.label, actor.user_id
        row.decided_on = said.decided_on or row.decided_on
    if said is not None and said.paper is not None:
        kind = store.check(said.paper.name, said.paper.content)
        row.file = store.store(said.paper.name, said.paper.content, row, context.now, content_type=kind)
    row.save()


def hold_its_requests(context: Context) -> None:
    """Every open request of the party rests from now on, with the reason for those who may know it."""
    row: PartySuspension = context.obj
    known = next(found for found in in_force() if found.suspension.pk == row.pk)
    note = _("Receiving party kept back: %s") % row.reference
    held = parties.requests().hold(known.is_party, context.actor, context.now, note)
    context.result.setdefault("event", {})["held"] = held


def tell_the_office(context: Context) -> None:
    notices.to_office(context.obj, context.now)


def tell(context: Context) -> None:
    notices.to_office_and_coordination(context.obj, context.now)


def letter_of_suspension(context: Context) -> None:
    """The letter to the party, made once, numbered and hashed (§7B.7 C3); the reason does not stand in it."""
    _letter(context, papers.SUSPENDED)


def letter_of_lifting(context: Context) -> None:
    """The letter that says that the suspension is over."""
    _letter(context, papers.LIFTED)


def _letter(context: Context, kind: str) -> None:
    issued = papers.issue_letter(context.obj, kind, context.actor, context.now)
    context.result.setdefault("event", {}).update(issued.evidence)


def lift(context: Context) -> None:
    """The day on which it ended; requests on hold stay there until the Coordinator takes each up again."""
    context.obj.lifted_on = network_day(context.now)


def keep_name(context: Context) -> None:
    """A person said whether a near name is the same party; if it is, its open requests rest too."""
    name, same = " ".join(str(context.data["name"]).split()), bool(context.data["same"])
    PartyName.objects.create(
        suspension=context.obj,
        name=name,
        name_key=key(name),
        same=same,
        note=context.note,
        by=context.actor.label,
        by_user_id=context.actor.user_id,
        capacity=context.actor.capacity,
        at=context.now,
    )
    context.result["event"] = {"same": same}
    if same:
        hold_its_requests(context)
