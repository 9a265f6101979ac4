"""The calendar of non-working days: everybody reads it, the Coordinator keeps it (D25)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, EVERYBODY

from . import now, services
from .days import network_day
from .forms import ChangeDayForm, DayForm
from .models import CalendarConfirmation, NonWorkingDay

FIRST_YEAR, LAST_YEAR = 2020, 2100


def _year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


@require_safe
@screen(gettext_lazy("Calendar of non-working days"), EVERYBODY, rule="D25")
def this_year(request: Request) -> HttpResponse:
    """To the year that it is for the network."""
    return redirect("calendar", network_day(now()).year)


@require_safe
@screen(gettext_lazy("Calendar of non-working days of a year"), EVERYBODY, rule="D25")
def calendar(request: Request, year: int) -> HttpResponse:
    """The list of one year, who confirmed it, and what is only an estimate."""
    days = list(NonWorkingDay.objects.filter(on__year=_year(year)))
    confirmations = list(CalendarConfirmation.objects.filter(year=year).order_by("-at"))
    keeper = request.actor.capacity in COORDINATION
    context = {
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "days": days,
        "confirmation": confirmations[0] if confirmations else None,
        "estimates": sum(day.estimated and not day.cancelled for day in days),
        "keeper": keeper,
        "form": DayForm() if keeper else None,
    }
    return render(request, "clock/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Add a non-working day"), COORDINATION, rule="D25")
def add_day(request: Request) -> HttpResponse:
    """Write a new day off."""
    form = DayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.add_day(form.facts(), request.actor, now())
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The day is in the calendar. Open deadlines are counted anew."))
            return redirect("calendar", row.on.year)
    return render(request, "clock/day.html", {"form": form, "day": None})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Change or cancel a non-working day"), COORDINATION, rule="D25")
def change_day(request: Request, pk: UUID) -> HttpResponse:
    """Change a day off; cancelling keeps the entry for the history."""
    row = get_object_or_404(NonWorkingDay, pk=pk)
    names = ("on", "name", "name_ar", "region", "estimated", "cancelled")
    form = ChangeDayForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_day(
                row, form.facts(), request.actor, now(), form.cleaned_data["reason"]
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            said = (
                _("The day is changed. Open deadlines are counted anew.")
                if changed
                else _("Nothing was different, nothing was changed.")
            )
            messages.success(request, said)
            return redirect("calendar", form.facts().on.year)
    return render(request, "clock/day.html", {"form": form, "day": row})


@require_POST
@screen(gettext_lazy("Load a year's public holidays"), COORDINATION, rule="D25")
def load_year(request: Request, year: int) -> HttpResponse:
    """Bring in the country's public list where the table has no day yet."""
    came = services.load_year(_year(year), request.actor, now())
    said = ngettext(
        "%(n)s day was loaded. Check it, then confirm the year.",
        "%(n)s days were loaded. Check them, then confirm the year.",
        came,
    )
    messages.success(request, said % {"n": came})
    return redirect("calendar", year)


@require_POST
@screen(gettext_lazy("Confirm the calendar of a year"), COORDINATION, rule="D25")
def confirm_year(request: Request, year: int) -> HttpResponse:
    """From now on working days of that year can be counted."""
    services.confirm_year(_year(year), request.actor, now())
    messages.success(request, _("The calendar of %(year)s is confirmed.") % {"year": year})
    return redirect("calendar", year)
