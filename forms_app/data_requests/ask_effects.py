"""What acts on one organization in a round leave behind. Called by the runner, inside its transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from intranet.access.roles import Capacity
from intranet.clock.calendars import calendar_for
from intranet.files import store
from intranet.files.models import StoredFile
from intranet.network.models import NetworkSettings
from intranet.workflow import runner
from intranet.workflow.machine import Context
from signatories.selectors import contacts

from . import facts, notices, people
from .inputs import Upload
from .models import Answer, Ask, DataRequest
from .tokens import AskState, Choice, ClockKind, RequestState
from .votes import Tally

STATE_OF = {
    Tally.AUTHORIZED: AskState.AUTHORIZED.value,
    Tally.REFUSED: AskState.REFUSED.value,
    Tally.CONFLICT: AskState.CONFLICT.value,
}


def keep(upload: Upload, owner: models.Model, now: datetime) -> StoredFile:
    """Store an upload under its owner, whose policy decides who may download it."""
    kind = store.check(upload.name, upload.content)
    return store.store(upload.name, upload.content, owner, now, content_type=kind)


def start_clock(ask: Ask, kind: str, now: datetime) -> None:
    """Count the clock from ``now`` by the calendar of the organization's region, and keep its version."""
    settings = NetworkSettings.current()
    days = settings.first_answer_days if kind == ClockKind.FIRST_ANSWER else settings.follow_up_days
    counted = calendar_for(ask.organization.region).count(now, days)
    ask.clock_kind = kind
    ask.clock_from = now
    ask.clock_business_days = days
    ask.clock_ends_at = counted.ends_at
    ask.clock_last_day = counted.last_day
    ask.calendar_version = counted.calendar_version
    ask.bounced_at, ask.bounced_address, ask.silence_noted_at = None, "", None


def _clock_facts(ask: Ask) -> dict[str, object]:
    return {
        "organization": str(ask.organization_id),
        "round": ask.round.number,
        "ends_at": ask.clock_ends_at.isoformat(),
        "last_day": ask.clock_last_day.isoformat(),
        "business_days": ask.clock_business_days,
        "calendar_version": ask.calendar_version,
    }


def send_request(context: Context) -> None:
    """§7B.1: clock of the first answer and the written request."""
    ask: Ask = context.obj
    request = ask.round.request
    start_clock(ask, ClockKind.FIRST_ANSWER, context.now)
    found = contacts(ask.organization, people.today(context.now), context.now)
    ask.notice = notices.write_request(ask, request, ask.round, found, context.now)
    context.result["event"] = _clock_facts(ask)


def send_follow_up(context: Context) -> None:
    """§7B.2: the five business days start with the follow-up to senior management."""
    ask: Ask = context.obj
    ask.followed_up_at = context.now
    start_clock(ask, ClockKind.FOLLOW_UP, context.now)
    found = contacts(ask.organization, people.today(context.now), context.now)
    ask.notice = notices.write_follow_up(ask, ask.round.request, ask.round, found, context.now)
    context.result["event"] = _clock_facts(ask)


def send_again(context: Context) -> None:
    """The contact was repaired: the message goes again, and its clock starts anew (trap 6)."""
    ask: Ask = context.obj
    notices.take_back([ask], context.now)
    if ask.clock_kind == ClockKind.FOLLOW_UP:
        send_follow_up(context)
    else:
        send_request(context)


def restart_clock(context: Context) -> None:
    """After a hold the running clock starts anew; the message has arrived long ago."""
    ask: Ask = context.obj
    bounced = ask.bounced_at, ask.bounced_address
    start_clock(ask, ask.clock_kind, context.now)
    ask.bounced_at, ask.bounced_address = bounced  # mail that came back is repaired by sending it again alone
    context.result["event"] = _clock_facts(ask)


def move_deadline(context: Context) -> None:
    """D25: the calendar changed; the new day is kept, with its calendar, and told."""
    ask: Ask = context.obj
    moved = facts.of_ask(ask).due()
    assert moved is not None
    was = ask.clock_last_day
    ask.clock_ends_at, ask.clock_last_day = moved.ends_at, moved.last_day
    ask.calendar_version, ask.silence_noted_at = moved.calendar_version, None
    context.result["event"] = _clock_facts(ask) | {"was": was.isoformat()}
    request = ask.round.request

    def sentence() -> str:
        return _("%(reference)s: the last day to answer is now %(day)s") % {
            "reference": request.reference,
            "day": notices.day_in_words(ask.clock_last_day),
        }

    notices.tell_the_organization(ask, sentence, context.now, kind="deadline_moved", rule="D25")
    notices.tell_coordination(
        request,
        sentence,
        context.now,
        kind="deadline_moved",
        rule="D25",
        once=f"moved:{request.pk}:{ask.round_id}:{ask.calendar_version}:{ask.clock_last_day}",
    )


def note_bounce(context: Context) -> None:
    """Trap 6: mail came back. The organization is not silent; its contact needs repair."""
    ask: Ask = context.obj
    ask.bounced_at = context.now
    ask.bounced_address = str(context.data.get("address", ""))


def note_silence(context: Context) -> None:
    """D26: told once. The state of the organization stays what it was; silence is derived."""
    ask: Ask = context.obj
    ask.silence_noted_at = context.now
    request = ask.round.request
    context.result["event"] = _clock_facts(ask) | {"derived_state": AskState.NO_RESPONSE.value}
    notices.tell_coordination(
        request,
        lambda: (
            _("%(reference)s: no response after the follow-up. It is not authorization.")
            % {"reference": request.reference}
        ),
        context.now,
        kind="no_response",
        rule="§7B.2",
        once=f"silence:{ask.round_id}:{ask.clock_ends_at.isoformat()}",
    )


def next_number(ask: Ask) -> int:
    """The place of the next answer among those of the organization."""
    return Answer.objects.filter(ask=ask).count() + 1


def record_answer(context: Context) -> None:
    """One answer of the organization's own people, in the capacity in which they act (D24)."""
    ask: Ask = context.obj
    choice = Choice(context.transition.action)
    Answer.objects.create(
        ask=ask,
        number=next_number(ask),
        choice=choice,
        person=context.actor.label,
        user_id=context.actor.user_id,
        capacity=context.actor.capacity,
        comment=str(context.data.get("comment", "")),
        at=context.now,
        data_set_sha256=ask.round.data_set_sha256,
    )
    after_an_answer(context, str(choice))


def record_late(context: Context) -> None:
    """D27: kept beside the round that is over; it changes nothing in it."""
    ask: Ask = context.obj
    Answer.objects.create(
        ask=ask,
        number=next_number(ask),
        late=True,
        choice=Choice(context.data["choice"]),
        person=context.actor.label,
        user_id=context.actor.user_id,
        capacity=context.actor.capacity,
        comment=str(context.data.get("comment", "")),
        at=context.now,
        data_set_sha256=ask.round.data_set_sha256,
    )
    context.result["event"] = late_facts(ask)


def late_facts(ask: Ask) -> dict[str, object]:
    """What the event says of an answer that came late (D27)."""
    return {"organization": str(ask.organization_id), "round": ask.round.number, "late": True}


def inform_head(context: Context) -> None:
    """D24: "I need to ask" informs the Head of Agency and stops no clock."""
    ask: Ask = context.obj
    head = contacts(ask.organization, people.today(context.now), context.now).head_of_agency
    if head is None:
        return
    reference = ask.round.request.reference
    notices.tell_the_organization(
        ask,
        lambda: _("%(reference)s: your focal point asks for your answer") % {"reference": reference},
        context.now,
        kind="need_to_ask",
        rule="D24",
        people=[head],
    )


def after_an_answer(context: Context, choice: str, *, outside: bool = False) -> None:
    """Where the answer takes the request: a refusal stops it, a yes that fell apart brings it back."""
    ask: Ask = context.obj
    context.result["event"] = {
        "organization": str(ask.organization_id),
        "round": ask.round.number,
        "choice": choice,
        "received_outside": outside,
        "data_set_sha256": ask.round.data_set_sha256,
    }
    tally = facts.of_ask(ask).tally()
    request = DataRequest.objects.get(pk=ask.round.request_id)
    if tally is Tally.REFUSED:
        runner.perform(request, "stop_on_refusal", context.actor, context.now)
    elif tally is Tally.CONFLICT:
        if request.state in {RequestState.TO_OFFICE, RequestState.AUTHORIZED}:
            runner.perform(request, "return_to_round", context.actor, context.now)
        head = contacts(ask.organization, people.today(context.now), context.now).head_of_agency
        if head is not None and context.actor.capacity != Capacity.HEAD_OF_AGENCY:
            notices.tell_the_organization(
                ask,
                lambda: (
                    _("%(reference)s: two different answers were given for your organization")
                    % {"reference": request.reference}
                ),
                context.now,
                kind="conflict",
                rule="D24",
                people=[head],
            )


def state_by_votes(context: Context) -> str:
    """The state that the organization's answers give it; as it was while none counts."""
    ask: Ask = context.obj
    tally = facts.of_ask(ask).tally()
    return str(ask.state) if tally is Tally.NONE else STATE_OF[tally]
