"""What acts on a request leave behind. Called by the runner, inside its transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from audit.actors import Actor
from forms_app.common import figures
from intranet.workflow import runner
from intranet.workflow.machine import Context
from signatories.models import Organization
from signatories.selectors import contacts_for

from . import facts, notices, people
from .ask_effects import keep
from .guards import refused_so_far, refusers
from .inputs import ConsultationInput, GuaranteeInput, RequestInput
from .models import (
    Ask,
    Classifying,
    Consultation,
    DataRequest,
    FollowUp,
    Guarantee,
    MediaDecision,
    Round,
)
from .numbering import next_label
from .picture import Picture
from .tokens import (
    ENDING_CLASSES,
    UNANSWERED,
    Classification,
    Kind,
    MediaOutcome,
    RequesterKind,
    RequestState,
    RoundKind,
)


def write_down(context: Context) -> None:
    """Register or change the request; the guarantee and the letter are kept as files of their own."""
    request: DataRequest = context.obj
    given: RequestInput = context.data["request"]
    if request._state.adding:
        request.reference = next_label("DR", context.now)
        request.registered_at = context.now
    for name, value in given.columns().items():
        setattr(request, name, value)
    if given.requester_kind == RequesterKind.MEDIA:  # whatever was ticked first (§7A.3, trap 42)
        request.kind = Kind.MEDIA
    request.consulted_on = None
    if given.original_letter is not None:
        request.original_letter = keep(given.original_letter, request, context.now)
    if given.guarantee is not None:
        request.guarantee = _guarantee(request, given.guarantee, context.now)


def _guarantee(request: DataRequest, given: GuaranteeInput, now: datetime) -> Guarantee:
    row = Guarantee(
        request=request,
        signer_name=given.signer_name,
        signer_title=given.signer_title,
        signer_organization=given.signer_organization,
        signer_email=given.signer_email,
        signed_on=given.signed_on,
        text=given.text,
        at=now,
    )
    row.file = keep(given.file, row, now)
    row.save()
    return row


def name_the_forwarder(context: Context) -> None:
    """§7B.fwd: which member informed the Coordinator, when, and for which organization."""
    request: DataRequest = context.obj
    actor: Actor = context.actor
    request.forwarded_at = context.now
    request.forwarded_by = actor.label
    request.forwarded_by_user_id = actor.user_id
    request.received_by = actor.organization or actor.label
    request.received_by_organization = actor.organization_id
    notices.tell_coordination(
        request,
        lambda: _("%(reference)s: a member forwarded a request") % {"reference": request.reference},
        context.now,
        kind="forwarded",
        rule="§7B.fwd",
    )


def state_by_kind(context: Context) -> str:
    """Media requests leave the ladder at once (D21, §7A.3)."""
    media = context.obj.kind == Kind.MEDIA
    return RequestState.MEDIA.value if media else RequestState.DRAFT.value


def record_consultation(context: Context) -> None:
    request: DataRequest = context.obj
    given: ConsultationInput = context.data["consultation"]
    by = context.actor.label
    user_id = context.actor.user_id
    recorded = ""
    if given.decided_by is not None:
        person = people.office_person(given.decided_by, context.now)
        assert person is not None
        by, user_id, recorded = person.name, person.user_id, context.actor.label
    row = Consultation(
        request=request,
        on=given.on,
        view=given.view,
        by=by,
        by_user_id=user_id,
        recorded_by=recorded,
        at=context.now,
    )
    if given.file is not None:
        row.file = keep(given.file, row, context.now)
    row.save()
    request.consulted_on = given.on
    notices.tell_coordination(
        request,
        lambda: (
            _("%(reference)s: the office was consulted; it can be issued") % {"reference": request.reference}
        ),
        context.now,
        kind="consulted",
        rule="§7B.0",
    )


def classify(context: Context) -> None:
    """D21: the office's own entry; what goes another way ends here, for nothing of it climbs the ladder."""
    request: DataRequest = context.obj
    chosen = Classification(context.data["classification"])
    request.classification = chosen
    Classifying.objects.create(
        request=request,
        classification=chosen,
        reason=context.note,
        by=context.actor.label,
        by_user_id=context.actor.user_id,
        at=context.now,
    )
    context.result["event"] = {"classification": str(chosen)}
    if chosen != Classification.FULL_LADDER:
        end(context)
        return
    notices.tell_coordination(
        request,
        lambda: _("%(reference)s: the office classified the request") % {"reference": request.reference},
        context.now,
        kind="classified",
        rule="D21",
    )


def state_by_classification(context: Context) -> str:
    """Media into its register, what went another way is stopped, the full ladder stays where it is."""
    chosen = context.obj.classification
    if chosen in ENDING_CLASSES:
        return RequestState.STOPPED.value
    return RequestState.MEDIA.value if chosen == Classification.MEDIA else str(context.obj.state)


def _start_round(
    context: Context,
    kind: RoundKind,
    organizations: Sequence[Organization],
    silent: Sequence[str] = (),
    refused: Sequence[str] = (),
) -> None:
    request: DataRequest = context.obj
    period = request.period
    assert period is not None
    data_set = figures.provider().data_set(period, [o.pk for o in organizations], request.tables)
    round_ = Round.objects.create(
        request=request,
        number=len(facts.rounds_of(request)) + 1,
        kind=kind,
        data_set_sha256=data_set.sha256,
        issued_at=context.now,
        silent=list(silent),
        refused=list(refused),
    )
    notices.take_back(Ask.objects.filter(round__request=request), context.now)
    request.to_office_at = None
    request.ended_at = None
    request.held_from, request.held_at = "", None
    for organization in organizations:
        ask = Ask(round=round_, organization=organization, asked_at=context.now)
        runner.perform(ask, "ask", context.actor, context.now)
    context.result["round"] = round_
    context.result["event"] = {
        "round": round_.number,
        "asked": len(organizations),
        "data_set_sha256": round_.data_set_sha256,
    }


def issue(context: Context) -> None:
    """§7B.1: the written request to every data gathering organization (D22)."""
    request: DataRequest = context.obj
    refused = refused_so_far(request)
    _start_round(context, RoundKind.FIRST, people.to_ask(request, context.now, refused), refused=refused)


def ask_all_anew(context: Context) -> None:
    """D30: another data set; all consents and the authorization are void, everybody is asked."""
    request: DataRequest = context.obj
    refused = refused_so_far(request)
    _start_round(context, RoundKind.FULL, people.to_ask(request, context.now, refused), refused=refused)


def reopen(context: Context) -> None:
    """D29: a full new round without those who refused, on the office's instruction."""
    request: DataRequest = context.obj
    refused = refusers(request)
    _start_round(context, RoundKind.FULL, people.to_ask(request, context.now, refused), refused=refused)


def go_on_without_the_silent(context: Context) -> None:
    """§7B.3: those who authorized are asked whether they agree without the silent ones' data."""
    picture = Picture(context.obj, context.now)
    assert picture.current is not None
    silent = [str(f.ask.pk) for f in picture.current.silent(context.now)]
    staying = [f.ask.organization for f in picture.current.authorized(context.now)]
    _start_round(context, RoundKind.SECOND, staying, silent=silent, refused=picture.current.round.refused)


def follow_up(context: Context) -> None:
    """§7B.2: one act for all organizations whose focal points did not respond."""
    picture = Picture(context.obj, context.now)
    assert picture.current is not None
    waiting = [known.ask for known in picture.overdue]
    found = contacts_for([ask.organization for ask in waiting], people.today(context.now), context.now)
    reached = [ask for ask in waiting if found[ask.organization_id].management]
    for ask in reached:
        runner.perform(ask, "follow_up", context.actor, context.now)
    row = FollowUp.objects.create(
        round=picture.current.round,
        asks=[str(ask.pk) for ask in reached],
        sent_at=context.now,
        ends_at=max(ask.clock_ends_at for ask in reached),
        calendar_versions=sorted({ask.calendar_version for ask in reached}),
        by=context.actor.label,
    )
    context.result["follow_up"] = row
    context.result["event"] = {"followed_up": len(reached), "without_contact": len(waiting) - len(reached)}


def round_state(context: Context) -> str:
    """The round that the request is in: the first, or one without silent organizations."""
    current = facts.current_round(context.obj)
    second = current is not None and current.kind == RoundKind.SECOND
    return RequestState.ROUND_2.value if second else RequestState.ROUND_1.value


def back_to_round(context: Context) -> None:
    """D24: an organization that had authorized has two answers now; the way to the office starts again."""
    request: DataRequest = context.obj
    request.to_office_at = None
    notices.tell_coordination(
        request,
        lambda: (
            _("%(reference)s: an organization no longer agrees as one") % {"reference": request.reference}
        ),
        context.now,
        kind="returned",
        rule="D24",
    )


def end(context: Context) -> None:
    """The request has ended; every organization that was asked is told so, without anybody's name."""
    request: DataRequest = context.obj
    request.ended_at = context.now
    if context.transition.action != "stop_on_refusal":  # a stop recorded wrongly goes back to its hold (D17)
        request.held_from, request.held_at = "", None
        notices.take_back(Ask.objects.filter(round__request=request), context.now)

    def sentence() -> str:
        return _("%(reference)s: this request has ended, nothing was released") % {
            "reference": request.reference
        }

    tell_asked(context, sentence, "ended")
    if context.actor.capacity not in {"coordinator", "acting_coordinator"}:
        rule = context.transition.rule
        notices.tell_coordination(request, sentence, context.now, kind="ended", rule=rule)


def tell_asked(context: Context, sentence: Callable[[], str], kind: str) -> None:
    """One line and a link to each organization of the newest round, one message an organization."""
    request: DataRequest = context.obj
    current = facts.current_round(request)
    if current is None:
        return
    asks = list(Ask.objects.filter(round=current).select_related("organization"))
    found = contacts_for([ask.organization for ask in asks], people.today(context.now), context.now)
    for ask in asks:
        told, rule = found[ask.organization_id].everybody, context.transition.rule
        notices.tell_the_organization(ask, sentence, context.now, kind=kind, rule=rule, people=told)


def hold(context: Context) -> None:
    """Remember where the request stood; clocks say nothing while it is on hold."""
    request: DataRequest = context.obj
    request.held_from = str(request.state)
    request.held_at = context.now


def state_on_hold(context: Context) -> str:
    return RequestState.ON_HOLD.value


def take_up_again(context: Context) -> None:
    """After a hold the running clocks start anew (network practice): nobody was answering a paused request."""
    request: DataRequest = context.obj
    current = facts.current_round(request)
    asks = Ask.objects.filter(round=current, state__in=UNANSWERED) if current is not None else []
    for ask in asks:
        runner.perform(ask, "restart_clock", context.actor, context.now)
    request.held_at = None


def state_after_hold(context: Context) -> str:
    """The state before the hold; back to the round where the way to the office has to be walked again."""
    request: DataRequest = context.obj
    was = request.held_from
    request.held_from = ""
    if was in {RequestState.TO_OFFICE, RequestState.AUTHORIZED} and not _stood_ever_since(request):
        request.to_office_at = None
        return round_state(context)
    return was


def _stood_ever_since(request: DataRequest) -> bool:
    """Whether every yes stands and was never broken since the office was asked (§7B.7, D24), on hold or not."""
    current, asked_at = facts.of_current(request), request.to_office_at
    if current is None or asked_at is None or not current.all_authorized():
        return False
    return all(
        known.tally_at(answer.at) == "authorized"
        for known in current.asks
        for answer in known.in_time
        if answer.at > asked_at
    )


def decide_media(context: Context) -> None:
    """§7A.3: a decision with its reason, for all members to read; no figures."""
    row = MediaDecision.objects.create(
        request=context.obj,
        outcome=MediaOutcome(context.data["outcome"]),
        reason=str(context.data["reason"]).strip(),
        by=context.actor.label,
        capacity=context.actor.capacity,
        at=context.now,
    )
    context.result["media_decision"] = row
