"""The single next action of a request, with its clause and its arithmetic. Pure: facts in, one step out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_stubs_ext import StrOrPromise

from intranet.clock.business_days import CalendarNotConfirmed, Counted

from .conditions import five_items
from .facts import AskFacts, RoundFacts, somebody_refuses
from .picture import Picture
from .tokens import ENDING_CLASSES, FEWEST_ORGANIZATIONS, AskState, RequestState, RoundKind


@dataclass(frozen=True, slots=True)
class Step:
    """``action``: what the machine calls it; empty while the next move is somebody else's.

    ``page``: named URL of the step. ``waits_on``: a role, where nobody here can act. ``by``: who acts.
    """

    heading: StrOrPromise
    rule: str
    text: StrOrPromise = ""
    action: str = ""
    page: str = "request-act"
    button: StrOrPromise = ""
    waits_on: StrOrPromise = ""
    by: str = "coordination"
    last_day: date | None = None
    counted: Counted | None = None


def next_step(picture: Picture) -> Step:
    """What to do next, or on whom the request waits."""
    request = picture.request
    if request.state == RequestState.DRAFT:
        return _draft(picture)
    if request.state == RequestState.CONSULTED:
        return Step(
            _("Send the written request to the organizations"),
            "§7B.1",
            _("To both focal points of each organization, copy to the Head of Agency."),
            "issue",
            button=_("Review and send"),
        )
    if request.state in (RequestState.ROUND_1, RequestState.ROUND_2) and picture.current is not None:
        return _in_round(picture, picture.current)
    if request.state == RequestState.STOPPED:
        return _stopped(picture)
    if request.state == RequestState.ON_HOLD:
        return _on_hold(picture)
    if request.state in (RequestState.TO_OFFICE, RequestState.AUTHORIZED):
        void = _void(picture)
        if void is not None:  # D30 voids the office's word too: nobody decides or releases on it
            return void
    fixed = {
        RequestState.TO_OFFICE.value: Step(
            _("The office decides"),
            "§7B.7",
            _("Written authorization, after all organizations have authorized."),
            "authorize",
            "request-decide",
            _("Open the decision"),
            _("the DSRSG/HC/RC office"),
            by="office",
        ),
        RequestState.AUTHORIZED.value: Step(
            _("Release the letter"),
            "§7B.7",
            _("The letter stands beside its conditions."),
            "release",
            "request-release",
            _("Open the release"),
        ),
        RequestState.RELEASED.value: Step(
            _("Released"), "§7B.0", _("A new wish of the receiving party is a new request: each time.")
        ),
        RequestState.NOT_RELEASED.value: Step(_("Not released"), "§7B.4", _("Nothing left the network.")),
    }
    return fixed.get(request.state, Step(_("In the media register"), "§7A.3"))


def _draft(picture: Picture) -> Step:
    missing = five_items(picture)
    if not missing.allowed:
        return Step(
            _("Complete the request"),
            "§7B.0",
            missing.reason,
            "edit",
            "request-edit",
            _("Complete it"),
        )
    return Step(
        _("The office is consulted"),
        "§7B.0",
        _("Its own dated entry comes before the request is sent."),
        "record_consultation",
        "request-consult",
        _("Enter the consultation"),
        _("the DSRSG/HC/RC office"),
        by="office",
    )


def _on_hold(picture: Picture) -> Step:
    """Nothing resumes by itself: it is taken up by hand, once nothing keeps the receiving party back."""
    if not picture.party.allowed:
        return Step(
            _("On hold: its receiving party is kept back"),
            picture.party.rule,
            picture.party.reason,
            waits_on=_("the DSRSG/HC/RC office"),
            by="office",
        )
    text = _("It is on hold; running clocks start anew.")
    if not picture.party_stands:
        text = _(
            "The suspension of its receiving party is lifted. After this all organizations are asked anew."
        )
    return Step(_("Take the request up again"), "practice", text, "resume", button=_("Take up again"))


def _stopped(picture: Picture) -> Step:
    if picture.request.classification in ENDING_CLASSES:
        return Step(
            picture.request.get_classification_display(),
            "D21",
            _(
                "The office classified the request so; its reason is on file. Nothing of it climbs the ladder."
            ),
        )
    if picture.correction is not None:
        return Step(
            _("A correction waits for the office"),
            "D17",
            _(
                "A recorder says that the no was recorded wrongly. Another person confirms it against the file."
            ),
            "accept_correction",
            f"answer-correction:{picture.correction.pk}",
            _("Open the correction"),
            _("the DSRSG/HC/RC office"),
            by="office",
        )
    if picture.instruction is not None:
        return Step(
            _("Reopen with a full new round"),
            "D29",
            _("The office instructed to go on without those who refused."),
            "reopen",
            button=_("Review and send"),
        )
    current = picture.current
    if not somebody_refuses(current):
        return Step(
            _("Stopped"), "§7B.0", _("A new wish of the receiving party is a new request: each time.")
        )
    return Step(
        _("Stopped"),
        "D29",
        _("Going on without an organization that refused needs the office’s written instruction."),
        "instruct_reopening",
        "request-decide",
        _("Write the instruction"),
        _("the DSRSG/HC/RC office"),
        by="office",
    )


def _in_round(picture: Picture, current: RoundFacts) -> Step:
    now = picture.now
    bounced = [f for f in current.asks if f.position.bounced]
    if bounced:
        first = bounced[0]
        return Step(
            ngettext(
                "Repair the contact of %(n)s organization",
                "Repair the contacts of %(n)s organizations",
                len(bounced),
            )
            % {"n": len(bounced)},
            "§7B.1",
            _("Mail came back. That is not silence: the clock starts when the message arrives."),
            "send_again",
            f"ask-mail:{first.ask.pk}",
            _("Repair and send again"),
        )
    void = _void(picture)
    if void is not None:
        return void
    overdue = picture.overdue
    if overdue:
        return _follow_up(picture, overdue)
    waiting = current.open(now)
    if not waiting:
        return _exhausted(picture, current)
    return _waiting(waiting)


def _void(picture: Picture) -> Step | None:
    """The one thing left to do once the consents are void; None while they hold (D28, D30)."""
    if not picture.all_still_speak and picture.left < FEWEST_ORGANIZATIONS:
        return _too_few()
    if picture.consents_hold:
        return None
    return Step(
        _("The figures changed: ask all organizations anew"),
        "D30",
        _("Consents bind to the exact data set, so the answers so far are void."),
        "ask_all_anew",
        button=_("Review and send"),
    )


def _follow_up(picture: Picture, overdue: list[AskFacts]) -> Step:
    counted = None
    calendar = overdue[0].calendar
    if calendar is not None:
        try:
            counted = calendar.count(picture.now, picture.settings.follow_up_days)
        except CalendarNotConfirmed:
            counted = None
    return Step(
        ngettext(
            "Follow up with senior management of %(n)s organization",
            "Follow up with senior management of %(n)s organizations",
            len(overdue),
        )
        % {"n": len(overdue)},
        "§7B.2",
        _("The first answers were due. The business days start on the day after you send; they would end on"),
        "follow_up",
        button=_("Review and send"),
        last_day=counted.last_day if counted else None,
        counted=counted,
    )


def _too_few() -> Step:
    return Step(
        _("Close: fewer than three organizations are left"),
        "D28",
        _("Silence is not authorization, and two or fewer could be recognized."),
        "close_too_few",
        button=_("Review and close"),
    )


def _exhausted(picture: Picture, current: RoundFacts) -> Step:
    now = picture.now
    left = len(current.authorized(now))
    if left < FEWEST_ORGANIZATIONS:
        return _too_few()
    if current.silent(now):
        second = current.round.kind == RoundKind.SECOND
        return Step(
            _("Ask the %(n)s that authorized, without the silent ones") % {"n": left},
            "§7B.3",
            _("A new consent to a new data set; the earlier yes does not count for it."),
            "open_further_round" if second else "open_second_round",
            button=_("Review and send"),
        )
    return Step(
        _("Send to the DSRSG/HC/RC office"),
        "§7B.7",
        _("All organizations of this round authorized."),
        "send_to_office",
        button=_("Review and send"),
    )


def _waiting(waiting: list[AskFacts]) -> Step:
    conflicts = [f for f in waiting if f.ask.state == AskState.CONFLICT]
    confirmations = [f for f in waiting if f.unconfirmed() is not None]
    running = [d for f in waiting if (d := f.due()) is not None]
    last = max(running, key=lambda d: d.ends_at) if running else None
    parts: list[str] = []
    if conflicts:
        parts.append(_("Two answers that differ wait for the Head of Agency."))
    if confirmations:
        parts.append(_("An answer received outside waits for its confirmation."))
    if last is not None and last.missing_year is not None:
        parts.append(
            _("The calendar of %(year)s is not confirmed, so no day can be counted.")
            % {"year": last.missing_year}
        )
    if last is not None:
        parts.append(_("The last clock ends on"))
    heading = ngettext("Wait for %(n)s organization", "Wait for %(n)s organizations", len(waiting)) % {
        "n": len(waiting)
    }
    return Step(
        heading,
        "§7B.2",
        " ".join(parts),
        waits_on=_("the organizations"),
        last_day=last.last_day if last else None,
        counted=last.counted if last else None,
    )
