"""The event log for the office and auditors: filtered, paged, read-only (D15)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.ledger import Kind
from audit.models import Event
from intranet.access.roles import OFFICE, Capacity
from intranet.clock.models import JobRun
from intranet.forms import BaseForm, DayField

READERS = OFFICE | {Capacity.AUDITOR}
PAGE = 50
CHAIN = "verify_events"  # the job that walks the chain


class EventFilter(BaseForm):
    """A GET form; an unreadable value is said at its field and filters nothing."""

    word = forms.CharField(label=_("Word"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            ("", _("All")),
            (Kind.ACT, _("Acts")),
            (Kind.SIGN_IN, _("Sign-ins")),
            (Kind.VIEW, _("Views")),
            (Kind.DOWNLOAD, _("Downloads")),
            (Kind.JOB, _("Jobs")),
        ],
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        required=False,
        choices=[("", _("All")), ("done", _("Done")), ("refused", _("Refused"))],
    )
    since = DayField(label=_("From day"), required=False, help_text="")
    until = DayField(label=_("To day"), required=False, help_text="")


def found(values: dict[str, Any], zone: ZoneInfo) -> QuerySet[Event]:
    """Events, newest first. Days are calendar days of ``zone``, both included."""
    events = Event.objects.order_by("-sequence")
    if word := values.get("word"):
        events = events.filter(
            Q(action__icontains=word)
            | Q(actor_label__icontains=word)
            | Q(object_label__icontains=word)
            | Q(clause__iexact=word)
            | Q(organization__icontains=word)
        )
    for name in ("kind", "outcome"):
        if values.get(name):
            events = events.filter(**{name: values[name]})
    if since := values.get("since"):
        events = events.filter(at__gte=datetime.combine(since, time.min, zone))
    if until := values.get("until"):
        events = events.filter(at__lt=datetime.combine(until + timedelta(days=1), time.min, zone))
    return events


def last_check() -> JobRun | None:
    """The last walk along the chain: whether it held, over how many entries. One query."""
    return JobRun.objects.filter(job=CHAIN).order_by("-started_at").first()
