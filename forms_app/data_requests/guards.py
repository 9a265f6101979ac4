"""Guards of acts on requests: each is one sentence that says what is missing and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.clock.business_days import CalendarNotConfirmed
from intranet.clock.calendars import calendar_for
from intranet.files import store
from intranet.listing import listed
from intranet.network.models import NetworkSettings
from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories.models import Organization
from signatories.selectors import contacts_for

from . import facts, people
from .conditions import picture_of, signed_for
from .inputs import ConsultationInput, GuaranteeInput, OfficeWord, RequestInput, Upload
from .models import DataRequest, OfficeDecision
from .picture import Picture
from .selectors import text_mark
from .tokens import FEWEST_ORGANIZATIONS, UNANSWERED, DecisionKind, Kind


def file_is_good(upload: Upload | None) -> Decision:
    """The file can be taken; the sentence says why not."""
    if upload is None:
        return ALLOWED
    try:
        store.check(upload.name, upload.content)
    except store.FileRefused as refusal:
        return Decision(False, str(refusal), "D34")
    return ALLOWED


def request_is_sound(context: Context) -> Decision:
    """What was typed makes sense; empty texts are allowed while it is a draft."""
    given: RequestInput = context.data["request"]
    if given.kind == Kind.OWN_DATA:
        return Decision(
            False,
            _("Your own figures need no request: use the own-data page with its caveat."),
            "§7A.1",
        )
    if not given.requester_organization.strip():
        return Decision(False, _("Organization that asks: write its name."), "§7B.0")
    if given.received_on > people.today(context.now):
        return Decision(False, _("Received on: this day has not come yet."), "§7B.0")
    first, last = given.period_first, given.period_last
    if (first is None) != (last is None):
        return Decision(False, _("Period: choose the first and the last month."), "§7B.0")
    if first is not None and last is not None:
        if first.day != 1 or last.day != 1 or first > last:
            return Decision(False, _("Period: the last month lies before the first."), "§7B.0")
        if last > people.today(context.now):
            return Decision(False, _("Period: its last month has not begun yet."), "§7B.0")
    letter = file_is_good(given.original_letter)
    if not letter.allowed:
        return letter
    guarantee = guarantee_is_the_receivers(given.guarantee, context)
    if given.guarantee is None or not guarantee.allowed:
        return guarantee
    return signed_for(given.requester_organization, given.guarantee.signer_organization)


def guarantee_is_the_receivers(given: GuaranteeInput | None, context: Context) -> Decision:
    """D34: name, title, organization, date, text and file, signed by the receiving party itself."""
    if given is None:
        return ALLOWED
    for value, label in (
        (given.signer_name, _("name of the person who signed the guarantee")),
        (given.signer_title, _("title")),
        (given.signer_organization, _("organization")),
        (given.text, _("text of the guarantee")),
    ):
        if not value.strip():
            return Decision(False, _("Guarantee: “%s” is empty.") % label, "D34")
    if given.signed_on > people.today(context.now):
        return Decision(False, _("Guarantee: the date of signature has not come yet."), "D34")
    if people.has_account(given.signer_name, given.signer_email):
        return Decision(
            False,
            _("Guarantee: a person with an account in the network cannot sign for the receiving party."),
            "D34",
        )
    return file_is_good(given.file)


def not_a_coordination_person(context: Context) -> Decision:
    """Traps 16 and 21: whoever coordinates, or once coordinated this request, does not do this."""
    if people.is_coordination_person(context.actor.user_id, context.now):
        return Decision(
            False,
            _("You are the Coordinator or the acting one: somebody else has to do this."),
            "D20",
        )
    if people.coordinated(context.actor.user_id, context.obj):
        return Decision(
            False, _("You coordinated this request: somebody else of the office has to do this."), "D20"
        )
    return ALLOWED


def consultation_is_the_offices(context: Context) -> Decision:
    """§7B.0, D20: own dated entry of an office person, or an assistant's record with the paper."""
    given: ConsultationInput = context.data["consultation"]
    if not given.view.strip():
        return Decision(False, _("View of the office: write it in a sentence."), "§7B.0")
    if given.on > people.today(context.now):
        return Decision(False, _("Date of the consultation: this day has not come yet."), "§7B.0")
    if given.on < context.obj.received_on:
        return Decision(False, _("Date of the consultation: the request had not been received yet."), "§7B.0")
    if given.text_mark and given.text_mark != text_mark(context.obj):
        return Decision(False, _("This page showed another text of the request: open it again."), "§7B.0")
    paper = _own_word_or_paper(context, given.decided_by is not None, given.file)
    if not paper.allowed or given.decided_by is None:
        return paper
    return _is_office_person(context, given.decided_by)


def _is_office_person(context: Context, person_id: UUID) -> Decision:
    person = people.office_person(person_id, context.now)
    if person is None:
        return Decision(False, _("The paper was not signed by a person of the office."), "D20")
    if people.is_coordination_person(person.user_id, context.now) or people.coordinated(
        person.user_id, context.obj
    ):
        return Decision(False, _("The Coordinator's own person cannot authorize for the office."), "D20")
    return ALLOWED


def _own_word_or_paper(context: Context, names_somebody: bool, paper: Upload | None) -> Decision:
    if context.actor.capacity == "office_assistant":
        if not names_somebody:
            return Decision(False, _("Name the office person whose decision you record."), "D20")
        if paper is None:
            return Decision(False, _("File: upload the signed paper that you record."), "D20")
        return file_is_good(paper)
    if names_somebody:
        return Decision(False, _("An office person writes in her own name."), "D20")
    return file_is_good(paper)


def word_is_the_offices(context: Context) -> Decision:
    """D20: typed by an office person, or the signed memo with the person who signed it."""
    given: OfficeWord = context.data["word"]
    if not given.text.strip():
        return Decision(False, _("Text: write the decision in words."), "§7B.7")
    paper = _own_word_or_paper(context, given.decided_by is not None, given.memo)
    if not paper.allowed:
        return paper
    if given.decided_by is not None:
        signer = _is_office_person(context, given.decided_by)
        if not signer.allowed:
            return signer
    if given.decided_on is not None and given.decided_on > people.today(context.now):
        return Decision(False, _("Date of the decision: this day has not come yet."), "§7B.7")
    return _after_all_consents(given, context)


def _after_all_consents(given: OfficeWord, context: Context) -> Decision:
    """Trap 15: a memo that was signed before the request came to the office authorizes nothing."""
    asked_at = context.obj.to_office_at
    if context.transition.action != "authorize" or given.decided_on is None or asked_at is None:
        return ALLOWED
    if given.decided_on >= people.today(asked_at):
        return ALLOWED
    return Decision(
        False,
        _("Date of the decision: it lies before the day on which all organizations had authorized."),
        "§7B.7",
    )


def word_names_this_data_set(context: Context) -> Decision:
    """The decision is on the data set that was shown, and that one is still the live one (D30, trap 44)."""
    given: OfficeWord = context.data["word"]
    picture = picture_of(context)
    if picture.current is None or given.data_set_sha256 != picture.current.round.data_set_sha256:
        return Decision(False, _("The decision names another data set than the one that was agreed."), "D30")
    return ALLOWED


def _reachable(organizations: Iterable[Organization], context: Context) -> Decision:
    asked = list(organizations)
    found = contacts_for(asked, people.today(context.now), context.now)
    silent = [o.name for o in asked if not (found[o.pk].focal_points or found[o.pk].head_of_agency)]
    if silent:
        return Decision(
            False,
            _("Nobody can be reached at: %s. Name a focal point or the Head of Agency first.")
            % listed(silent),
            "D23",
        )
    return ALLOWED


def days_can_be_counted(organizations: Iterable[Organization], days: int, context: Context) -> Decision:
    for calendar in [calendar_for(region) for region in sorted({o.region for o in organizations})]:
        try:
            calendar.count(context.now, days)
        except CalendarNotConfirmed as missing:
            return Decision(
                False,
                _("The calendar of %(year)s is not confirmed: confirm its non-working days first.")
                % {"year": missing.year},
                "D25",
            )
    return ALLOWED


def can_be_issued(organizations: list[Organization], context: Context) -> Decision:
    """Enough organizations, each reachable, in a year whose calendar is confirmed (D22, D23, D25, D28)."""
    if len(organizations) < FEWEST_ORGANIZATIONS:
        return Decision(
            False,
            _(
                "Only %(count)s organizations gathered data for this period; fewer than three are not released."
            )
            % {"count": len(organizations)},
            "D28",
        )
    reachable = _reachable(organizations, context)
    if not reachable.allowed:
        return reachable
    return days_can_be_counted(organizations, NetworkSettings.current().first_answer_days, context)


def first_round_can_start(context: Context) -> Decision:
    """§7B.1."""
    request: DataRequest = context.obj
    return can_be_issued(people.to_ask(request, context.now, refused_so_far(request)), context)


def refused_so_far(request: DataRequest) -> list[str]:
    """Ids of organizations left out on the office's instruction (D29) whose refusal still stands (D17)."""
    last = facts.current_round(request)
    if last is None or not last.refused:
        return []
    standing = set(refusers(request))
    return [pk for pk in last.refused if pk in standing]


def somebody_to_follow_up(context: Context) -> Decision:
    """§7B.2: the focal points of at least one organization did not respond by their day."""
    picture = Picture(context.obj, context.now)
    waiting = picture.overdue
    if not waiting:
        return Decision(False, _("Nobody is to be followed up now: no first answer is overdue."), "practice")
    found = contacts_for([f.ask.organization for f in waiting], people.today(context.now), context.now)
    if not any(found[f.ask.organization_id].management for f in waiting):
        return Decision(
            False,
            _("No organization that is overdue has a Head of Agency or senior management on record."),
            "§7B.2",
        )
    return days_can_be_counted(
        [f.ask.organization for f in waiting], NetworkSettings.current().follow_up_days, context
    )


def ladder_is_exhausted(context: Context) -> Decision:
    """§7B.3: every organization authorized, or was silent to the end; and somebody was silent."""
    picture = Picture(context.obj, context.now)
    if picture.current is None:
        return Decision(False, _("The organizations have not been asked."), "§7B.3")
    waiting = picture.current.open(context.now)
    if waiting:
        sentence = ngettext(
            "%(count)s organization is still being waited for.",
            "%(count)s organizations are still being waited for.",
            len(waiting),
        ) % {"count": len(waiting)}
        return Decision(False, sentence, "§7B.2")
    if not picture.current.silent(context.now):
        return Decision(False, _("All organizations authorized: no further round is needed."), "§7B.4")
    if not picture.consents_hold:
        return Decision(
            False, _("The figures changed since the organizations were asked: ask all of them anew."), "D30"
        )
    staying = [f.ask.organization for f in picture.current.authorized(context.now)]
    if len(staying) < FEWEST_ORGANIZATIONS:
        return Decision(
            False,
            _("Only %(count)s organizations are left; fewer than three are not released.")
            % {"count": len(staying)},
            "D28",
        )
    reachable = _reachable(staying, context)
    if not reachable.allowed:
        return reachable
    return days_can_be_counted(staying, picture.settings.first_answer_days, context)


def consents_are_void(context: Context) -> Decision:
    """D30: asking everybody anew needs a reason: the data set is another one now."""
    if not Picture(context.obj, context.now).consents_hold:
        return ALLOWED
    return Decision(False, _("The figures have not changed: the consents stand."), "D30")


def fewer_than_three_left(context: Context) -> Decision:
    """D28: even if everybody who can still agree agrees, fewer than three are left."""
    picture = Picture(context.obj, context.now)
    request: DataRequest = context.obj
    if picture.current is None:
        left = len(people.to_ask(request, context.now)) if request.period is not None else 0
    else:
        left = picture.left
    if left < FEWEST_ORGANIZATIONS:
        return ALLOWED
    return Decision(False, _("%(count)s organizations are left: go on.") % {"count": left}, "D28")


def somebody_refused(context: Context) -> Decision:
    """D29: the stop needs a refusal that stands."""
    picture = Picture(context.obj, context.now)
    if facts.somebody_refuses(picture.current):
        return ALLOWED
    return Decision(False, _("No organization has refused."), "D29")


def stop_was_recorded_wrongly(context: Context) -> Decision:
    """D17: a refusal stopped the request, and the record of it was set aside; no other refusal stands."""
    current = Picture(context.obj, context.now).current
    if facts.stopped_by_refusal(context.obj, current) and not facts.somebody_refuses(current):
        return ALLOWED
    return Decision(False, _("The request did not stop by a record that was set aside."), "D17")


def somebody_no_longer_agrees(context: Context) -> Decision:
    """D24: an organization that had authorized has two different answers now."""
    picture = Picture(context.obj, context.now)
    if picture.current is not None and not all(f.tally() == "authorized" for f in picture.current.asks):
        return ALLOWED
    return Decision(False, _("All organizations still authorize."), "D24")


def office_instructed(context: Context) -> Decision:
    """D29: a reopening without the refuser needs the office's written instruction after the stop."""
    request: DataRequest = context.obj
    found = OfficeDecision.objects.filter(request=request, kind=DecisionKind.REOPEN).order_by("-at").first()
    if found is None or request.ended_at is None or found.at < request.ended_at:
        return Decision(
            False, _("Reopening needs the written instruction of the DSRSG/HC/RC office first."), "D29"
        )
    return ALLOWED


def stopped_by_refusal(context: Context) -> Decision:
    """Only a refusal can be instructed away; a request that its maker took back is a new request."""
    current = Picture(context.obj, context.now).current
    if not facts.somebody_refuses(current):
        return Decision(
            False, _("Nobody refused: a new wish of the receiving party is a new request."), "§7B.0"
        )
    return ALLOWED


def refusers(request: DataRequest) -> list[str]:
    """Ids of all organizations whose refusal stands in any round; one set aside stands no more (D17)."""
    rounds = facts.rounds_of(request)
    after = {earlier.pk: later for earlier, later in pairwise(rounds)}
    found: set[str] = set()
    for round_facts in facts.load(rounds, request, after):
        found |= {str(f.ask.organization_id) for f in round_facts.asks if f.tally() == "refused"}
    return sorted(found)


def reopened_round_can_start(context: Context) -> Decision:
    """D29: a full new round without the refusers."""
    request: DataRequest = context.obj
    return can_be_issued(people.to_ask(request, context.now, refusers(request)), context)


def clocks_can_restart(context: Context) -> Decision:
    """D25: after a pause the running clocks are counted anew, in confirmed years alone."""
    current = Picture(context.obj, context.now).current
    if current is None:
        return ALLOWED
    settings = NetworkSettings.current()
    return days_can_be_counted(
        [f.ask.organization for f in current.asks if f.ask.state in UNANSWERED],
        max(settings.first_answer_days, settings.follow_up_days),
        context,
    )


def is_un_family(context: Context) -> Decision:
    """D21: the office classifies requests of the UN family that has not signed."""
    if context.obj.is_of_un_family:
        return ALLOWED
    return Decision(False, _("The office classifies only requests of the UN family."), "D21")


def media_decision_says_why(context: Context) -> Decision:
    """§7A.3 "in a transparent manner": no decision without its reason."""
    if str(context.data.get("reason", "")).strip():
        return ALLOWED
    return Decision(False, _("Reason: write why, members read it."), "§7A.3")
