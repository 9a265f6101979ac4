"""What the way to the office and the release leave behind (§7B.7, D20)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intranet.files import store
from intranet.papers.faults import LetterFault, TemplateFault
from intranet.workflow import runner
from intranet.workflow.machine import Context

from . import conditions, facts, letter, notices, people
from .ask_effects import keep
from .inputs import OfficeWord
from .models import DataRequest, OfficeDecision, Release
from .numbering import next_label
from .picture import Picture
from .request_effects import tell_asked
from .tokens import DecisionKind


def go_to_office(context: Context) -> None:
    """§7B.7: all consents are in; the office is asked for its written authorization."""
    request: DataRequest = context.obj
    request.to_office_at = context.now
    notices.tell_office(
        request,
        _("%(reference)s: your decision is asked") % {"reference": request.reference},
        "request-decide",
        context.now,
        kind="to_office",
        rule="§7B.7",
    )


def decide(context: Context) -> None:
    """The office's written word, bound to the data set (D20)."""
    request: DataRequest = context.obj
    given: OfficeWord = context.data["word"]
    kind = {
        "authorize": DecisionKind.AUTHORIZE,
        "decline": DecisionKind.DECLINE,
        "instruct_reopening": DecisionKind.REOPEN,
    }[context.transition.action]
    by, user_id, recorded = context.actor.label, context.actor.user_id, ""
    if given.decided_by is not None:
        person = people.office_person(given.decided_by, context.now)
        assert person is not None
        by, user_id, recorded = person.name, person.user_id, context.actor.label
    current = facts.current_round(request)
    assert current is not None
    row = OfficeDecision(
        request=request,
        round=current,
        kind=kind,
        text=given.text,
        data_set_sha256=current.data_set_sha256,
        decided_by=by,
        decided_by_user_id=user_id,
        decided_on=given.decided_on or people.today(context.now),
        recorded_by=recorded,
        at=context.now,
    )
    if given.memo is not None:
        row.file = keep(given.memo, row, context.now)
    row.save()
    context.result["decision"] = row
    context.result["event"] = {"data_set_sha256": row.data_set_sha256, "on_paper": given.memo is not None}
    sentences = {
        DecisionKind.AUTHORIZE: _("%(reference)s: the office authorized the release"),
        DecisionKind.DECLINE: _("%(reference)s: the office did not authorize the release"),
        DecisionKind.REOPEN: _("%(reference)s: the office instructs to go on without those who refused"),
    }
    notices.tell_coordination(
        request,
        sentences[kind] % {"reference": request.reference},
        context.now,
        kind=f"office_{kind}",
        rule=context.transition.rule,
    )


def release(context: Context) -> None:
    """§7B.7: the letter is made once, stored and hashed; every organization is told, without figures."""
    request: DataRequest = context.obj
    picture = Picture(request, context.now)
    bound = conditions.consents_bind(picture)
    if not bound.allowed:  # a correction that came between the runner's check and this letter (D30)
        raise runner.Refused(bound.reason, "D30", "guard")
    number = next_label("RL", context.now)
    try:
        made = letter.build(picture, number, context.now)
    except (LetterFault, TemplateFault, LookupError) as fault:
        raise runner.Refused(str(fault), "§7B.7", "guard") from fault
    assert picture.current is not None
    assert picture.authorization is not None
    row = Release(
        request=request,
        round=picture.current.round,
        decision=picture.authorization,
        letter_number=number,
        data_set_sha256=made.context.data_set_sha256,
        caveats_sha256=made.caveats_sha256,
        edition_label=made.edition.label,
        edition_sha256=made.edition.sha256,
        recipient=request.requester_organization,
        language=request.letter_language,
        contributors=len(picture.current.asks),
        signatories=made.context.completeness.signatories,
        by=context.actor.label,
        at=context.now,
    )
    row.letter = store.store(
        made.name, made.content, row, context.now, content_type=store.DOCX, holds_figures=True
    )
    row.letter_sha256 = row.letter.sha256
    row.save()
    request.ended_at = context.now
    context.result["release"] = row
    context.result["event"] = {
        "letter": number,
        "letter_sha256": row.letter_sha256,
        "data_set_sha256": row.data_set_sha256,
        "caveats_sha256": row.caveats_sha256,
    }
    tell_asked(
        context,
        _("%(reference)s: the data was released") % {"reference": request.reference},
        "released",
    )
