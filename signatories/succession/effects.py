"""Effects of a succession: what each act writes, and whom it tells. Nothing passes on before both verified."""

from __future__ import annotations

from typing import Any

from intranet.clock.business_days import CalendarNotConfirmed
from intranet.clock.calendars import calendar_for
from intranet.files import store
from intranet.workflow.machine import Context
from signatories.days import network_day

from . import notices, papers, selectors
from .deadlines import VERIFY_DAYS
from .models import IdentityCheck, Side, Succession, SuccessionLetter, SuccessionObjection, SuccessionState
from .policy import side_of


def write_letter(context: Context) -> None:
    """The letter as text beside its keys; from now on it is the one that counts."""
    succession: Succession = context.obj
    data = context.data
    succession.letters += 1
    succession.successor = data["successor"]
    succession.from_on = data["from_on"]
    letter = SuccessionLetter(
        succession=succession,
        number=succession.letters,
        signed_by=str(data.get("signed_by") or context.actor.label).strip(),
        signed_title=str(data.get("signed_title", "")).strip(),
        successor_name=data["successor"].name,
        successor_title=str(data["successor_title"]).strip(),
        successor_email=data["successor"].email,
        from_on=data["from_on"],
        instrument=str(data["instrument"]).strip(),
        received_how=data.get("received_how", ""),
        received_on=data.get("received_on"),
        **_written(context),
    )
    name, content, kind = data["file"]
    letter.file = store.store(name, content, letter, context.now, content_type=kind)
    letter.instrument_file, letter.instrument_sha256 = letter.file.name, letter.file.sha256
    letter.save()
    context.result["event"] = {
        "letter": letter.number,
        "successor": str(letter.succession.successor_id),
        "from_on": letter.from_on.isoformat(),
        "sha256": letter.instrument_sha256,
    }


def _written(context: Context) -> dict[str, Any]:
    actor = context.actor
    return {"at": context.now, "by": actor.label, "by_id": actor.user_id, "capacity": actor.capacity}


def start_clock(context: Context) -> None:
    """Five business days from now (network practice); no day is named without a confirmed calendar (D25)."""
    succession: Succession = context.obj
    succession.counted_from = context.now
    succession.ends_at, succession.last_day, succession.calendar_version = None, None, ""
    try:
        counted = calendar_for().count(context.now, VERIFY_DAYS)
    except CalendarNotConfirmed:
        return
    succession.ends_at, succession.last_day = counted.ends_at, counted.last_day
    succession.calendar_version = counted.calendar_version


def tell_under_way(context: Context) -> None:
    """Whoever holds the right is told at once; the verifiers hear that their days run."""
    notices.under_way(context.obj, context.now)


def tell_confirmation_wanted(context: Context) -> None:
    """The organization and the office may confirm; whoever holds the right is told already now."""
    notices.confirmation_wanted(context.obj, context.now)


def write_check(context: Context) -> None:
    """One side's word on this letter, and how it came to it."""
    succession: Succession = context.obj
    verified = context.transition.action == "verify"
    check = IdentityCheck(
        succession=succession,
        letter=succession.letters,
        side=side_of(context.actor),
        verified=verified,
        how=str(context.data["how"]).strip() if verified else context.note,
        **_written(context),
    )
    check.save()
    context.result["event"] = {"letter": check.letter, "side": check.side, "verified": verified}
    if not verified:
        notices.not_verified(succession, context.now)


def complete_when_both_verified(context: Context) -> str:
    """Both sides said yes to the newest letter: the right passes on, on the stated day, never backwards."""
    succession: Succession = context.obj
    said = {check.side for check in selectors.checks(succession) if check.verified}
    if said != set(Side):
        return SuccessionState.VERIFYING
    succession.effective_on = max(succession.from_on, network_day(context.now))
    succession.completed_at = context.now
    receipt = papers.issue(succession, context.actor, context.now)
    context.result["event"] |= {
        "effective_on": succession.effective_on.isoformat(),
        "receipt": receipt.evidence,
    }
    notices.complete(succession, context.now)
    return SuccessionState.COMPLETE


def write_objection(context: Context) -> None:
    """It holds the succession at once; both are told, and the Head of Agency's new letter is awaited."""
    succession: Succession = context.obj
    name, person = selectors.who_objects(context)
    objection = SuccessionObjection(
        succession=succession,
        letter=succession.letters,
        name=name,
        person=person,
        reason=context.note,
        received_how=context.data.get("received_how", ""),
        received_on=context.data.get("received_on"),
        **_written(context),
    )
    upload = context.data.get("file")
    if upload is not None:
        file_name, content, kind = upload
        objection.file = store.store(file_name, content, objection, context.now, content_type=kind)
    objection.save()
    context.result["event"] = {"letter": objection.letter, "objection": str(objection.pk)}
    notices.held(succession, context.now)


def tell_over(context: Context) -> None:
    """Denied, taken back or overtaken: everything stays as it was."""
    notices.over(context.obj, context.now)
