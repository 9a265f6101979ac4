"""What can be done with requests, callable without HTTP: each with the actor and ``now`` (UTC).

Every function raises ``runner.Refused`` with a sentence and a clause when the act is not possible; then
nothing has changed but the event that says so. ``key``: the form's own random id, so that a double
submit makes one record. All acts on one request, its organizations included, run one after another:
the request's row is locked first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from audit.actors import Actor
from intranet.workflow import runner
from intranet.workflow.runner import Outcome, Refused

from . import facts
from .ask_guards import is_current
from .inputs import ConsultationInput, OfficeWord, OutsideAnswer, RequestInput
from .models import (
    Answer,
    Ask,
    Correction,
    DataRequest,
    FollowUp,
    MediaDecision,
    OfficeDecision,
    Release,
    Round,
)
from .tokens import Choice, Classification, MediaOutcome


def _perform(
    request_id: UUID,
    obj: models.Model,
    action: str | Callable[[], str],
    actor: Actor,
    now: datetime,
    note: str = "",
    data: Mapping[str, Any] | None = None,
    key: UUID | None = None,
) -> Outcome:
    """Lock the request, then act. A refusal's own event outlives the rollback of what it refused.

    ``action``: where it depends on what others did meanwhile, what says it once the request is locked.
    """
    refused: Refused | None = None
    outcome: Outcome | None = None
    with transaction.atomic():
        DataRequest.objects.select_for_update().values_list("pk").get(pk=request_id)
        chosen = action if isinstance(action, str) else action()
        try:
            outcome = runner.perform(obj, chosen, actor, now, note, data, key)
        except Refused as refusal:
            refused = refusal
    if refused is not None:
        raise refused
    assert outcome is not None
    return outcome


def _on_request(request: DataRequest, action: str, actor: Actor, now: datetime, **more: Any) -> Outcome:
    return _perform(request.pk, request, action, actor, now, **more)


def _on_ask(ask: Ask, action: str | Callable[[], str], actor: Actor, now: datetime, **more: Any) -> Outcome:
    return _perform(ask.round.request_id, ask, action, actor, now, **more)


def register(given: RequestInput, actor: Actor, now: datetime, key: UUID | None = None) -> DataRequest:
    """Coordinator or office register a request; the media's leave into their own register (§7B.0, D21)."""
    outcome = runner.perform(DataRequest(), "register", actor, now, data={"request": given}, key=key)
    assert isinstance(outcome.obj, DataRequest)
    return outcome.obj


def forward(given: RequestInput, actor: Actor, now: datetime, key: UUID | None = None) -> DataRequest:
    """A member sends a request that reached it to the Coordinator (§7B.fwd)."""
    outcome = runner.perform(DataRequest(), "forward", actor, now, data={"request": given}, key=key)
    assert isinstance(outcome.obj, DataRequest)
    return outcome.obj


def edit(
    request: DataRequest, given: RequestInput, actor: Actor, now: datetime, key: UUID | None = None
) -> DataRequest:
    """Change a draft; a consulted request goes back to draft, for the office saw the old text."""
    _on_request(request, "edit", actor, now, data={"request": given}, key=key)
    return request


def classify(
    request: DataRequest,
    classification: Classification,
    actor: Actor,
    now: datetime,
    note: str,
    key: UUID | None = None,
) -> DataRequest:
    """The office itself classifies a request of the UN family, with its reason (D21)."""
    given = {"classification": str(classification)}
    _on_request(request, "classify", actor, now, note=note, data=given, key=key)
    return request


def record_consultation(
    request: DataRequest, given: ConsultationInput, actor: Actor, now: datetime, key: UUID | None = None
) -> DataRequest:
    """The office's own dated entry, or its assistant's record of it with the paper (§7B.0, D20)."""
    _on_request(request, "record_consultation", actor, now, data={"consultation": given}, key=key)
    return request


def issue(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> Round:
    """Send the written request to every data gathering organization (§7B.1, D22)."""
    return _round(_on_request(request, "issue", actor, now, key=key), request)


def _round(outcome: Outcome, request: DataRequest) -> Round:
    found = outcome.result.get("round") or facts.current_round(request)
    assert isinstance(found, Round)
    return found


def answer(
    ask: Ask,
    choice: Choice | str,
    actor: Actor,
    now: datetime,
    comment: str = "",
    data_set_sha256: str = "",
    key: UUID | None = None,
) -> Ask:
    """An organization's own answer (D24). After the next round was issued it is kept as late (D27).

    ``data_set_sha256``: the hash that the page showed; empty means the round's.
    """
    given = {"choice": str(Choice(choice)), "comment": comment, "data_set_sha256": data_set_sha256}
    chosen = _or_late(ask, given["choice"], "answer_late", actor, key)
    _on_ask(ask, chosen, actor, now, data=given, key=key)
    return ask


def _or_late(ask: Ask, action: str, late: str, actor: Actor, key: UUID | None) -> Callable[[], str]:
    """The act while the round is the newest; ``late`` once the next one was issued (D27).

    A form that comes twice is the act that it was, whatever was issued in between.
    """
    return lambda: action if is_current(ask) or runner.was_done(key, ask, actor) else late


def record_received_outside(
    ask: Ask, given: OutsideAnswer, actor: Actor, now: datetime, key: UUID | None = None
) -> Answer:
    """Record an answer that came by mail, letter or paper (D17): a no acts at once, a yes when confirmed.

    After the next round was issued it is kept as late (D27).
    """
    action = "record_no" if given.choice == Choice.REFUSE else "record_yes"
    chosen = _or_late(ask, action, "record_late", actor, key)
    outcome = _on_ask(ask, chosen, actor, now, data={"outside": given}, key=key)
    found = outcome.result.get("answer") or ask.answers.order_by("-number").first()
    assert isinstance(found, Answer)
    return found


def confirm_received(answer: Answer, actor: Actor, now: datetime, key: UUID | None = None) -> Ask:
    """The organization's own account, or an office person against the file, confirms a yes (D17)."""
    ask = answer.ask
    _on_ask(ask, "confirm_received", actor, now, data={"answer": answer}, key=key)
    return ask


def set_aside_received(
    answer: Answer, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Ask:
    """Nobody stands by what was recorded: it does not count (D17)."""
    ask = answer.ask
    _on_ask(ask, "set_aside", actor, now, note=note, data={"answer": answer}, key=key)
    return ask


def correct_record(
    answer: Answer, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Correction:
    """A recorder says that a no was recorded wrongly, and why; it waits for the office (D17)."""
    outcome = _on_ask(answer.ask, "correct_record", actor, now, note=note, data={"answer": answer}, key=key)
    found = outcome.result.get("correction") or answer.corrections.order_by("-at").first()
    assert isinstance(found, Correction)
    return found


def accept_correction(correction: Correction, actor: Actor, now: datetime, key: UUID | None = None) -> Ask:
    """Another person, of the office, confirms the correction against the file (D17)."""
    ask = correction.answer.ask
    data = {"correction": correction, "answer": correction.answer}
    _on_ask(ask, "accept_correction", actor, now, note=correction.reason, data=data, key=key)
    return ask


def reject_correction(
    correction: Correction, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> Ask:
    """The office says that the record is right, and why; it stands."""
    ask = correction.answer.ask
    _on_ask(ask, "reject_correction", actor, now, note=note, data={"correction": correction}, key=key)
    return ask


def follow_up(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> FollowUp | None:
    """One act for all organizations whose focal points did not respond (§7B.2)."""
    found = _on_request(request, "follow_up", actor, now, key=key).result.get("follow_up")
    return found if isinstance(found, FollowUp) else None


def record_bounce(ask: Ask, address: str, actor: Actor, now: datetime, key: UUID | None = None) -> Ask:
    """Mail came back: the organization is not silent, its contact needs repair (trap 6)."""
    _on_ask(ask, "record_bounce", actor, now, data={"address": address}, key=key)
    return ask


def send_again(ask: Ask, actor: Actor, now: datetime, key: UUID | None = None) -> Ask:
    """After the repair the message goes again, and its clock starts anew."""
    _on_ask(ask, "send_again", actor, now, key=key)
    return ask


def open_second_round(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> Round:
    """Ask those who authorized whether they agree without the silent ones (§7B.3, D28)."""
    return _round(_on_request(request, "open_second_round", actor, now, key=key), request)


def open_further_round(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> Round:
    """Once more, without the newly silent (§7B.3 applied again, D28)."""
    return _round(_on_request(request, "open_further_round", actor, now, key=key), request)


def ask_all_anew(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> Round:
    """The figures changed: all consents are void, everybody is asked (D30)."""
    return _round(_on_request(request, "ask_all_anew", actor, now, key=key), request)


def close_too_few(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> DataRequest:
    """Fewer than three organizations are left: not released (D28)."""
    _on_request(request, "close_too_few", actor, now, key=key)
    return request


def send_to_office(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> DataRequest:
    """All organizations of the round authorized: the office is asked (§7B.7)."""
    _on_request(request, "send_to_office", actor, now, key=key)
    return request


def authorize(
    request: DataRequest, given: OfficeWord, actor: Actor, now: datetime, key: UUID | None = None
) -> OfficeDecision | None:
    """The office's written authorization, bound to the data set (§7B.7, D20)."""
    found = _on_request(request, "authorize", actor, now, data={"word": given}, key=key).result
    decision = found.get("decision")
    return decision if isinstance(decision, OfficeDecision) else None


def decline(
    request: DataRequest, given: OfficeWord, actor: Actor, now: datetime, key: UUID | None = None
) -> OfficeDecision | None:
    """The office does not authorize: not released."""
    found = _on_request(request, "decline", actor, now, data={"word": given}, key=key).result
    decision = found.get("decision")
    return decision if isinstance(decision, OfficeDecision) else None


def release(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> Release:
    """Make, store and number the letter, and tell the organizations (§7B.7)."""
    found = _on_request(request, "release", actor, now, key=key).result.get("release")
    return found if isinstance(found, Release) else Release.objects.get(request=request)


def put_on_hold(
    request: DataRequest, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> DataRequest:
    """Nothing moves until it is taken up again; the reason is kept."""
    _on_request(request, "put_on_hold", actor, now, note=note, key=key)
    return request


def hold_for_party(request: DataRequest, actor: Actor, now: datetime, note: str) -> DataRequest:
    """Its receiving party is suspended: on hold until the Coordinator takes it up again (§7B.7 C3)."""
    _on_request(request, "hold_for_party", actor, now, note=note)
    return request


def resume(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> DataRequest:
    """Take a request up again; running clocks start anew (network practice)."""
    _on_request(request, "resume", actor, now, key=key)
    return request


def withdraw(
    request: DataRequest, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> DataRequest:
    """The receiving party took its request back."""
    _on_request(request, "withdraw", actor, now, note=note, key=key)
    return request


def instruct_reopening(
    request: DataRequest, given: OfficeWord, actor: Actor, now: datetime, key: UUID | None = None
) -> OfficeDecision | None:
    """The office's written instruction to go on without those who refused (D29)."""
    found = _on_request(request, "instruct_reopening", actor, now, data={"word": given}, key=key).result
    decision = found.get("decision")
    return decision if isinstance(decision, OfficeDecision) else None


def reopen(request: DataRequest, actor: Actor, now: datetime, key: UUID | None = None) -> Round:
    """A full new round without those who refused, on the office's instruction (D29)."""
    return _round(_on_request(request, "reopen", actor, now, key=key), request)


def move_to_media(
    request: DataRequest, actor: Actor, now: datetime, note: str, key: UUID | None = None
) -> DataRequest:
    """It turned out to be a media request: it leaves the ladder at once (§7A.3, trap 42)."""
    _on_request(request, "move_to_media", actor, now, note=note, key=key)
    return request


def decide_media(
    request: DataRequest,
    outcome: MediaOutcome,
    reason: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> MediaDecision | None:
    """The decision on a media request with its reason, for all members to read (§7A.3)."""
    given = {"outcome": str(outcome), "reason": reason}
    found = _on_request(request, "decide_media", actor, now, data=given, key=key).result
    decision = found.get("media_decision")
    return decision if isinstance(decision, MediaDecision) else None


def note_silence(ask: Ask, actor: Actor, now: datetime) -> Ask:
    """The job notes once that there was no response; it changes no state (D26)."""
    _on_ask(ask, "note_silence", actor, now)
    return ask


def move_deadline(ask: Ask, actor: Actor, now: datetime) -> Ask:
    """The job moves a deadline to a calendar that changed, and tells people (D25)."""
    _on_ask(ask, "move_deadline", actor, now)
    return ask
