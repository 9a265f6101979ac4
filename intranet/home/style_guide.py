"""Invented, labelled content for the style guide: every component once, in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.access.roles import COORDINATION, Capacity
from intranet.clock.business_days import BusinessCalendar
from intranet.clock.due import DueRow, Standing, WaitingRow
from intranet.forms import BaseForm, DayField, NumberField

READERS = COORDINATION | {Capacity.CONTENT_EDITOR, Capacity.AUDITOR}


class SampleForm(BaseForm):
    """One field of each kind."""

    received = NumberField(
        label=_("Reports of SEA received"), help_text=_("Count reports, not people."), most=500
    )
    day = DayField(label=_("Day of the letter"))
    kind = forms.ChoiceField(label=_("Kind of request"), choices=[("a", _("External")), ("b", _("Media"))])
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("yes", _("We authorize this release")), ("no", _("We do not authorize it"))],
        widget=forms.RadioSelect,
    )
    sure = forms.BooleanField(label=_("I am authorized to sign for the organization"))
    note = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea, max_length=200)


class SumForm(BaseForm):
    """Numbers that should add up."""

    exploitation = NumberField(label=_("Sexual exploitation"))
    abuse = NumberField(label=_("Sexual abuse"))


class FilterForm(BaseForm):
    """A filter of a list."""

    word = forms.CharField(label=_("Word"), required=False)
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[("", _("All")), ("refused", _("Refused"))]
    )


def _calendar() -> BusinessCalendar:
    eid = {date(2026, 5, 26): "Arafah (example)", date(2026, 5, 27): "Eid al-Adha (example)"}
    return BusinessCalendar(
        ZoneInfo("Asia/Baghdad"), frozenset({5, 6}), eid, frozenset({2026}), "3f9c1a77e210"
    )


def _paper(day: date) -> SimpleNamespace:
    nobody = UUID(int=0)  # the links of an invented paper lead nowhere
    return SimpleNamespace(
        pk=nobody,
        word_id=nobody,
        pdf_id=nobody,
        day=day,
        kind_label=_("Certificate of endorsement"),
        number="E-2026-001 (example)",
    )


def samples(now: datetime) -> dict[str, Any]:
    """The context of the style-guide page; ``now`` only dates the examples."""
    counted = _calendar().count(datetime(2026, 5, 24, 7, 0, tzinfo=ZoneInfo("UTC")), 5)
    last, url = counted.last_day, "#ledger"
    rows = [
        DueRow(_("Follow up with senior management of 3 organizations"), url, "§7B.2", last, _("Due today"),
               Standing.SOON, _("Send"), "DR-2026-004 (example)", counted),
        DueRow(_("Confirm the calendar of non-working days"), url, "practice", None, _("Not started"),
               Standing.OPEN, _("Confirm")),
        DueRow(_("Annual review of the protocol"), url, "§8", date(2026, 1, 31), _("Not recorded"),
               Standing.LATE, pgettext_lazy("button", "Open"), more=((_("See the years"), url),)),
    ]  # fmt: skip
    typed = SampleForm({"received": "٣x", "day": "31/2/2026", "note": "kept"})
    typed.is_valid()
    sums = SumForm({"exploitation": "2", "abuse": "1"})
    return {
        "rows": rows,
        "waiting": [WaitingRow(_("Written authorization"), url, _("DSRSG/HC/RC office"), now - timedelta(3))],
        "counted": counted,
        "typed": typed,
        "empty_form": SampleForm(auto_id="blank_%s"),
        "columns": [{"label": _("Nature")}, {"label": _("Allegations"), "num": True}],
        "table": [
            [{"text": _("Sexual exploitation")}, {"text": 14, "num": True, "label": _("Allegations")}],
            [{"text": _("Sexual abuse")}, {"text": 6, "num": True, "label": _("Allegations")}],
        ],
        "facts": [
            {"term": _("Who asks"), "text": "Example Donor Office (example)"},
            {"term": _("Reason"), "text": _("Planning of prevention funding"), "url": url, "link": _("Read it")},
        ],
        "steps": [
            {"label": _("Registered"), "detail": "14 January", "state": "done"},
            {"label": _("First round"), "detail": _("6 of 9 answered"), "state": "now"},
            {"label": _("Office decides")},
        ],
        "conditions": [
            {"ok": True, "text": _("Office consulted before issue"), "clause": "§7B.0"},
            {"ok": False, "text": _("Written authorization of the office"), "clause": "§7B.7",
             "detail": _("Waits on the DSRSG/HC/RC office."), "url": url, "link": _("Print the decision memo")},
        ],
        "entries": [
            {"at": now, "what": _("Round 1 issued"), "who": "A. Example", "capacity": _("PSEA Coordinator"),
             "clause": "§7B.1"},
            {"at": now, "what": _("Release"), "refused": True, "note": _("The office has not authorized yet.")},
        ],
        "choices": [
            {"value": "yes", "label": _("We authorize this release"), "hint": _("Only this data set.")},
            {"value": "no", "label": _("We do not authorize it"), "hint": _("The request stops.")},
        ],
        "number_fields": [sums["exploitation"], sums["abuse"]],
        "filter_form": FilterForm(auto_id="filter_%s"),
        "now_at": now,
        "crumbs": [{"label": _("Data requests"), "url": url}, {"label": "DR-2026-004"}],
        "lines": [_("Sharing of new figures stops."), _("Figures in past totals stay.")],
        "papers": [_paper(last)],
        "page": Paginator(range(30), 10).page(2),
        "chains": [None, *(SimpleNamespace(ok=ok, did=1240, ended_at=now) for ok in (True, False))],
        "letter": format_html("<h3>{}</h3><p>{}</p>", "Letter L-2026-002 (example)", "…"),
    }  # fmt: skip
