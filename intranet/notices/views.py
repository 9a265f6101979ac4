"""Mail that does not arrive: what is stuck, its text for other channels, and another try (D23)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import ledger
from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.clock.days import network_day
from intranet.workflow.runner import Refused

from . import outbox, services
from .forms import ToldForm
from .models import Notice


@require_safe
@screen(gettext_lazy("Mail that does not arrive"), COORDINATION, rule="D23")
def stuck_notices(request: Request) -> HttpResponse:
    """The stuck notices, oldest first, and how many still wait for their turn."""
    stuck = outbox.stuck()
    context = {
        "stuck": stuck,
        "waiting": outbox.waiting_count() - len(stuck),
        "told": outbox.told_otherwise(),
    }
    return render(request, "notices/stuck.html", context)


@require_safe
@screen(gettext_lazy("The text of a mail, to copy for another channel"), COORDINATION, rule="D23")
def notice(request: Request, pk: UUID) -> HttpResponse:
    """Addresses, text and every try of one undelivered notice; delivered ones are not shown here."""
    found = get_object_or_404(Notice.objects.select_related("told"), pk=pk, delivered_at__isnull=True)
    ledger.record(
        now=now(),
        actor=request.actor,
        action="notices.copy_text",
        kind=ledger.Kind.VIEW,
        subject=ledger.Subject("notice", str(found.pk)),
        clause="D23",
    )
    context = {
        "notice": found,
        "tries": found.tries.order_by("-at"),
        "told": getattr(found, "told", None),
    }
    return render(request, "notices/notice.html", context)


@require_POST
@screen(gettext_lazy("Try to deliver a mail again"), COORDINATION, rule="D23")
def try_again(request: Request, pk: UUID) -> HttpResponse:
    """After the address was repaired: due at once, delivered by the next run."""
    found = get_object_or_404(Notice, pk=pk, delivered_at__isnull=True)
    at = now()
    outbox.try_again(found, at)
    ledger.record(
        now=at,
        actor=request.actor,
        action="notices.try_again",
        subject=ledger.Subject("notice", str(found.pk)),
        clause="D23",
    )
    messages.success(request, _("The next run of the mail job tries it again."))
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Mark a stuck mail as told by another channel"), COORDINATION, rule="D23")
def told(request: Request, pk: UUID) -> HttpResponse:
    """Which channel, when; the mail leaves the stuck list and never looks delivered."""
    found = get_object_or_404(Notice.objects.select_related("told"), pk=pk, delivered_at__isnull=True)
    at = now()
    if request.method != "POST" and getattr(found, "told", None) is not None:
        return redirect("notice", pk=found.pk)
    today = network_day(at)
    form = ToldForm(request.POST if request.method == "POST" else None, initial={"told_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            row = services.tell_otherwise(found, form.value(), request.actor, at, form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(
                request,
                _("Marked: %(how)s, entered by %(who)s.") % {"how": row.get_channel_display(), "who": row.by},
            )
            return redirect("notices")
    context = {"notice": found, "form": form, "submit": _("Mark as told"), "back": reverse("notices")}
    return render(request, "notices/told.html", context, status=400 if form.errors else 200)
