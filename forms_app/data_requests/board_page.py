"""What the board shows: steps, next action, one row an organization. No query here; facts come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.clock import wording
from intranet.listing import listed
from signatories.selectors import Contacts
from signatories.standing import Position
from signatories.stops import effects

from .facts import AskFacts, RoundFacts
from .forecast import earliest
from .models import DataRequest
from .next_step import Step
from .picture import Picture
from .tokens import ENDED, ROUNDS, UNANSWERED, RequestState, RoundKind
from .words import capacity_word, organization_status


def steps(picture: Picture) -> list[dict[str, Any]]:
    """Where it stands, in seven steps; ``state`` is done, now or empty. A step that was not needed is not done."""
    request = picture.request
    order = {
        RequestState.DRAFT.value: 1,
        RequestState.CONSULTED.value: 2,
        RequestState.ROUND_1.value: 2,
        RequestState.ROUND_2.value: 4,
        RequestState.TO_OFFICE.value: 5,
        RequestState.AUTHORIZED.value: 6,
        RequestState.RELEASED.value: 7,
    }
    state = request.held_from if request.state == RequestState.ON_HOLD else request.state
    here = order.get(state, _reached(picture))
    if state == RequestState.ROUND_1 and _with_management(picture):
        here = 3
    zone = picture.settings.zone()
    first = picture.rounds[0] if picture.rounds else None
    later = next((r for r in reversed(picture.rounds) if r.kind == RoundKind.SECOND), None)
    followed = later is not None or _was_with_management(picture)
    skipped = {step for step, taken in ((3, followed), (4, later is not None)) if step < here and not taken}
    unneeded = _("not needed")
    day = wording.short_date
    labels = [
        (_("Registered"), day(request.registered_at.astimezone(zone).date())),
        (_("Office consulted"), day(request.consulted_on) if request.consulted_on else ""),
        (
            _("First round"),
            _answered(picture, 2) or (day(first.issued_at.astimezone(zone).date()) if first else ""),
        ),
        (_("Senior management"), unneeded if 3 in skipped else _days(picture.settings.follow_up_days)),
        (
            _("Second round"),
            _answered(picture, 4) if later else unneeded if 4 in skipped else _("if needed"),
        ),
        (
            _("Office decides"),
            day(request.to_office_at.astimezone(zone).date()) if request.to_office_at else "",
        ),
        (_("Letter and release"), ""),
    ]
    ended = request.state in ENDED and request.state != RequestState.RELEASED
    return [
        {
            "label": label,
            "detail": detail,
            "state": ""
            if number in skipped
            else "done"
            if number < here
            else "now"
            if number == here and not ended
            else "",
        }
        for number, (label, detail) in enumerate(labels)
    ]


def _days(count: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", count) % {"n": count}


def _with_management(picture: Picture) -> bool:
    current = picture.current
    return current is not None and any(f.ask.state == "followed_up" for f in current.asks)


def _was_with_management(picture: Picture) -> bool:
    current = picture.current
    return current is not None and any(f.ask.followed_up_at for f in current.asks)


def _reached(picture: Picture) -> int:
    if not picture.rounds:
        return 1
    return 4 if picture.rounds[-1].kind == RoundKind.SECOND else 2


def _answered(picture: Picture, step: int) -> str:
    current = picture.current
    second = current is not None and current.round.kind == RoundKind.SECOND
    if current is None or (step == 4) != second:
        return ""
    done = sum(1 for f in current.asks if f.ask.state not in UNANSWERED)
    return _("%(done)s of %(all)s answered") % {"done": done, "all": len(current.asks)}


def forecast_line(picture: Picture) -> str:
    """When a release is possible at the earliest, as a sentence; empty outside the rounds."""
    current = picture.current
    if current is None or picture.request.state not in ROUNDS:
        return ""
    found = earliest(current.asks, picture.now, picture.settings.follow_up_days)
    if found.missing_year is not None:
        return _("The calendar of %(year)s is not confirmed: no earliest release can be counted.") % {
            "year": found.missing_year
        }
    day = wording.long_date(found.at.astimezone(picture.settings.zone()).date())
    if not found.silent:
        return _("If the office agrees at once, the earliest release is %(day)s.") % {"day": day}
    return ngettext(
        "If %(n)s organization stays silent and the others agree at once, the earliest release is %(day)s.",
        "If %(n)s organizations stay silent and the others agree at once, the earliest release is %(day)s.",
        found.silent,
    ) % {"n": found.silent, "day": day}


def panel(request: DataRequest, step: Step, capacity: str) -> dict[str, Any]:
    """The next-action panel: a button for those who act, the role it waits on for the others."""
    acts = {
        "coordination": {"coordinator", "acting_coordinator"},
        "office": {"office", "office_assistant"},
    }[step.by]
    mine = bool(step.action) and capacity in acts
    return {
        "heading": step.heading,
        "clause": step.rule,
        "text": step.text,
        "last_day": step.last_day,
        "counted": step.counted,
        "url": _url(request, step) if mine else "",
        "button": step.button,
        "why_not": "" if mine or not step.waits_on else _("Waits on %(role)s.") % {"role": step.waits_on},
    }


def _url(request: DataRequest, step: Step) -> str:
    name, _colon, pk = step.page.partition(":")
    if pk:  # a page of something else than the request itself
        return reverse(name, args=[pk])
    if step.page == "request-act":
        return reverse("request-act", args=[request.pk, step.action])
    return reverse(step.page, args=[request.pk])


def organization_rows(
    current: RoundFacts,
    contacts: Mapping[UUID, Contacts],
    now: datetime,
    stopped: Mapping[UUID, Position],
) -> list[dict[str, Any]]:
    """One row an organization: asked, state, who answered, clock, contacts, what can be done.

    ``stopped``: those that a stop keeps out of the round (trap 12).
    """
    return [
        _row(
            known,
            contacts.get(known.ask.organization_id),
            now,
            stopped.get(known.ask.organization_id),
        )
        for known in current.asks
    ]


def stop_words(position: Position) -> str:
    """Which stop keeps an organization out, in words; a stop that was lifted says so."""
    held = [str(stop.label) for stop in effects.in_force(position)]
    return listed(held) if held else _("stopped sharing meanwhile: its answer no longer counts")


def _row(known: AskFacts, found: Contacts | None, now: datetime, stopped: Position | None) -> dict[str, Any]:
    ask = known.ask
    word, standing = organization_status(known, now)
    decision = known.last_decision() or known.needs_to_ask()
    details = [stop_words(stopped)] if stopped is not None else []
    if decision is not None and decision.received_outside:
        details.append(
            _("received outside, confirmed") if decision.choice == "authorize" else _("received outside")
        )
    if known.position.undelivered:
        details.append(_("mail has not left yet, the clock waits for it"))
    if known.position.bounced and ask.bounced_address:
        details.append(ask.bounced_address)
    due = known.due()
    if due is not None and due.moved_from is not None:
        details.append(
            _("moved from %(day)s: the calendar changed") % {"day": wording.short_date(due.moved_from)}
        )
    return {
        "ask": ask,
        "name": ask.organization.name,
        "vacant": vacancies(found),
        "people": people_lines(found),
        "word": word,
        "standing": standing,
        "detail": "; ".join(str(d) for d in details),
        "answered_by": capacity_word(decision.capacity) if decision else "",
        "answered_at": decision.at if decision else None,
        "due": due if stopped is None else None,
        "passed": due is not None and due.passed(now),
        "bounced": known.position.bounced,
        "unconfirmed": known.unconfirmed(),
        "open": stopped is None and (ask.state in UNANSWERED or ask.state == "conflict"),
    }


def vacancies(found: Contacts | None) -> str:
    """Posts that nobody holds, shown as vacant (D23)."""
    if found is None:
        return _("no contact on record")
    named = (
        (found.primary, _("primary focal point")),
        (found.secondary, _("secondary focal point")),
        (found.head_of_agency, _("Head of Agency")),
    )
    missing = [str(label) for person, label in named if person is None]
    return _("%(posts)s vacant") % {"posts": listed(missing)} if missing else ""


def people_lines(found: Contacts | None) -> list[dict[str, str]]:
    """Contacts with their addresses."""
    if found is None:
        return []
    pairs = [
        (_("Primary focal point"), found.primary),
        (_("Secondary focal point"), found.secondary),
        (_("Head of Agency"), found.head_of_agency),
        *((_("Senior management"), person) for person in found.senior_management),
    ]
    return [
        {"post": str(post), "name": person.name, "email": person.email}
        for post, person in pairs
        if person is not None
    ]
