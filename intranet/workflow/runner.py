"""The one writer: lock, policy, guards, status, history, event and notices in ONE transaction.

It takes no HTTP request: a job, a test, the rehearsal and a view call the same function. Mail is
delivered after commit. A refusal changes nothing and leaves an event of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit import ledger
from audit.actors import Actor, acting
from audit.models import Event

from . import fingerprint, wording
from .machine import ALLOWED, NEW, Context, Decision, Machine, Transition
from .models import Receipt
from .registry import machine_of, subject_of


@dataclass(frozen=True)
class Outcome:
    """What an act did. ``repeated``: the same form came twice and the first result is given again."""

    obj: Any
    event: Event | None
    repeated: bool = False
    result: Mapping[str, Any] = field(default_factory=dict)


class Refused(Exception):
    """The act was refused; nothing changed but the event that says so.

    ``reason`` is a sentence for the person, ``rule`` the clause, ``code`` one of ``policy``,
    ``state``, ``guard``, ``note``, ``step_up``, ``repeated`` (the form came before, with other contents).
    """

    def __init__(self, reason: StrOrPromise, rule: str, code: str, event: Event | None = None) -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.rule = rule
        self.code = code
        self.event = event
        self.tell: Callable[[], Event] | None = None  # writes the event of the refusal


def perform(
    obj: models.Model,
    action: str,
    actor: Actor,
    now: datetime,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    key: UUID | None = None,
) -> Outcome:
    """Do ``action`` on ``obj`` (saved, or new and unsaved) as ``actor``.

    ``now``: UTC instant. ``note``: the reason, demanded where the table says so. ``data``: validated
    input for guards and effects. ``key``: the form's own random id; a second perform with the same
    key and contents does nothing and returns the first result; with other contents it is refused.

    Raises Refused (nothing changed, one event written), LookupError for an unknown action.
    """
    machine = machine_of(type(obj))
    if not any(row.action == action for row in machine.transitions):
        raise LookupError(f"{machine.name} has no action {action!r}")
    form = None if key is None else _Form.of(key, obj, action, note, data or {})
    try:
        if form is not None and (earlier := _receipt(form, actor, machine)) is not None:
            return earlier
        with transaction.atomic():
            return _perform(machine, obj, action, actor, now, note, data or {}, form)
    except Refused as refusal:
        refusal.tell = partial(
            ledger.record,
            now=now,
            actor=actor,
            action=f"{machine.name}.{action}",
            subject=subject_of(obj),
            clause=refusal.rule,
            outcome="refused",
            state_before=_stored_state(machine, obj),
            state_after=_stored_state(machine, obj),
            reason=refusal.reason,
        )
        refusal.event = refusal.tell()
        raise
    except IntegrityError:
        if form is not None and (earlier := _receipt(form, actor, machine)) is not None:
            return earlier  # the twin of a double submit won the race
        raise


@contextmanager
def whole() -> Iterator[None]:
    """Several acts, all of them or none. The event of the refusal that undid them is written again: it stays (D15)."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        if refusal.tell is not None:
            refusal.event = refusal.tell()
        raise


def _perform(
    machine: Machine,
    obj: models.Model,
    action: str,
    actor: Actor,
    now: datetime,
    note: str,
    data: Mapping[str, Any],
    form: _Form | None,
) -> Outcome:
    if not obj._state.adding:
        rows = type(obj)._default_manager.all()
        rows.select_for_update().values_list("pk").get(pk=obj.pk)
        obj.refresh_from_db(from_queryset=rows)
    before = machine.state_of(obj)
    row = machine.find(action, before)
    if row is None:
        raise _wrong_state(machine, obj, action, before)
    context = Context(obj, actor, now, note.strip(), data, row)
    _check(context)
    with acting(actor, note.strip()) as written:
        if row.target is not None and row.target != before:
            setattr(obj, machine.state_field, row.target)
        for effect in row.effects:
            effect(context)
        if row.choose is not None:
            chosen = row.choose(context)
            if chosen not in row.all_targets(before):
                raise ValueError(f"{machine.name}.{action} chose {chosen!r}, not one of its targets")
            setattr(obj, machine.state_field, chosen)
        obj.save()
    event = ledger.record(
        now=now,
        actor=actor,
        action=f"{machine.name}.{action}",
        subject=subject_of(obj),
        clause=row.rule,
        state_before=before,
        state_after=machine.state_of(obj),
        reason=note.strip(),
        data=context.result.get("event", {}),
        rows=written.rows,
    )
    if form is not None:
        Receipt.objects.create(
            key=form.key,
            user_id=actor.user_id,
            object_type=subject_of(obj).type,
            object_id=obj.pk,
            contents=form.contents,
            new_object=form.new_object,
            event=event,
        )
    return Outcome(obj, event, result=context.result)


def _check(context: Context) -> None:
    """Step-up, policy, note, guards: in this order, so that nobody learns more than they may."""
    row, actor = context.transition, context.actor
    decision = row.policy(actor, context.obj, context.now)
    if not decision.allowed:
        raise Refused(decision.reason, decision.rule or row.rule, "policy")
    step_up = check_step_up(actor, context.now) if row.step_up else ALLOWED
    if not step_up.allowed:
        raise Refused(step_up.reason, step_up.rule, "step_up")
    if row.needs_note and not context.note:
        raise Refused(_("Reason: write why, in one sentence."), row.rule, "note")
    for guard in (*row.needs, *row.guards):
        answer = guard(context)
        if not answer.allowed:
            raise Refused(answer.reason, answer.rule or row.rule, "guard")


def check_step_up(actor: Actor, now: datetime) -> Decision:
    """D11: a code accepted within the last STEP_UP_MINUTES (clock minutes)."""
    fresh = timedelta(minutes=settings.STEP_UP_MINUTES)
    if actor.verified_at is not None and timedelta(0) <= now - actor.verified_at <= fresh:
        return ALLOWED
    return Decision(False, _("Confirm with a code from your authenticator app, then do this again."), "D11")


def _wrong_state(machine: Machine, obj: models.Model, action: str, state: str) -> Refused:
    """Two people at once: the one who comes second is told who was first."""
    rows = [row for row in machine.transitions if row.action == action]
    rule = rows[0].rule
    subject = subject_of(obj)
    last = (
        Event.objects.filter(
            object_type=subject.type, object_id=subject.id, outcome="done", state_after=state
        )
        .exclude(action="")
        .order_by("-sequence")
        .first()
    )
    label = machine.states.get(state, state) if state != NEW else _("not saved")
    if last is None:
        return Refused(_("This is not possible now: the state is “%s”.") % label, rule, "state")
    sentence = _("This is not possible now: the state is “%(state)s” since %(who)s acted (%(at)s).") % {
        "state": label,
        "who": f"{wording.who(last.actor_label)} ({wording.capacity(last.capacity)})",
        "at": wording.moment(last.at),
    }
    return Refused(sentence, rule, "state")


def _stored_state(machine: Machine, obj: models.Model) -> str:
    if obj._state.adding:
        return NEW
    value = type(obj)._default_manager.filter(pk=obj.pk).values_list(machine.state_field, flat=True).first()
    return str(value or "")


@dataclass(frozen=True)
class _Form:
    """One submit, read before anything is done: effects change the object and what was given with it."""

    key: UUID
    action: str
    contents: str
    new_object: str  # empty for an object that is saved already
    object_id: Any

    @classmethod
    def of(cls, key: UUID, obj: models.Model, action: str, note: str, data: Mapping[str, Any]) -> _Form:
        made = fingerprint.of_new(key, obj) if obj._state.adding else ""
        return cls(key, action, fingerprint.of(key, data, note), made, obj.pk)

    def repeats(self, receipt: Receipt) -> bool:
        """Whether the first submit said the same, about the same object."""
        if receipt.contents and receipt.contents != self.contents:
            return False
        if not self.new_object:
            return bool(receipt.object_id == self.object_id)
        return not receipt.contents or receipt.new_object == self.new_object


def was_done(key: UUID | None, obj: models.Model, actor: Actor) -> bool:
    """Whether this form has had its result on ``obj``: what is decided anew for a first submit is not for it."""
    if key is None:
        return False
    return Receipt.objects.filter(key=key, user_id=actor.user_id, object_id=obj.pk).exists()


def _receipt(form: _Form, actor: Actor, machine: Machine) -> Outcome | None:
    """The first result of the same form; one that comes back with other contents is refused, never swallowed."""
    receipt = Receipt.objects.filter(key=form.key, user_id=actor.user_id).select_related("event").first()
    if receipt is None:
        return None
    if receipt.event.action != f"{machine.name}.{form.action}" or not form.repeats(receipt):
        rule = next(row.rule for row in machine.transitions if row.action == form.action)
        raise Refused(
            _(
                "This form was sent already, with other contents, and those stand. "
                "Check what is written here now; if you mean it, send it again."
            ),
            rule,
            "repeated",
        )
    return Outcome(receipt.target(), receipt.event, repeated=True)


__all__ = ["Outcome", "Refused", "Transition", "check_step_up", "perform", "was_done"]
