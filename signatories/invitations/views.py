"""Invitations to endorse: the rounds, one round, opening, adding and closing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.forms import BaseForm
from signatories.days import network_day
from signatories.directory import shown_standing
from signatories.models import Organization
from signatories.policy import OVERSEERS
from signatories.views.common import done_by, find

from . import deadlines, forms, selectors, services
from .models import InvitationRound

OFFERED = timedelta(days=30)  # the due day that the form proposes


@require_safe
@screen(gettext_lazy("Invitations to endorse: the rounds"), OVERSEERS, "practice")
def rounds(request: Request) -> HttpResponse:
    """Every round, newest first, and whether the edition in force waits for one."""
    day = network_day(now())
    edition = selectors.current_edition(day)
    listed = list(InvitationRound.objects.all())
    running = [item for item in listed if edition and item.edition_number == edition.number and item.is_open]
    context = {
        "rounds": listed,
        "edition": edition,
        "waiting": len(selectors.to_invite(edition, day)) if edition else 0,
        "running": bool(running),
        "keeper": request.actor.capacity in COORDINATION,
    }
    return render(request, "invitations/rounds.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Invite to endorse the edition in force"), COORDINATION, "practice")
def open_round(request: Request) -> HttpResponse:
    """One act with a due date; the first mail goes out with it."""
    at = now()
    day = network_day(at)
    edition = selectors.current_edition(day)
    if edition is None:
        raise PermissionDenied(_("No edition of the protocol is in force, so there is nothing to endorse."))
    form = forms.RoundForm(request.POST or None, initial={"due_on": day + OFFERED})
    if request.method == "POST" and form.is_valid():
        made = done_by(
            form,
            lambda: services.open_round(edition, form.cleaned_data["due_on"], request.actor, at, form.key),
        )
        if made is not None:
            return redirect("invitation-round", made.pk)
    words = (_("Invite to endorse"), _("Send the invitations"))
    back = reverse("invitation-rounds")
    return _page(request, form, words, back, edition.label, selectors.to_invite(edition, day))


@require_safe
@screen(gettext_lazy("One round of invitations to endorse"), OVERSEERS, "practice")
def invitation_round(request: Request, pk: UUID) -> HttpResponse:
    """Who was asked, who has endorsed, to whom the next reminder goes."""
    found = find(request, InvitationRound, pk)
    day = network_day(now())
    lines = selectors.lines(found, day)
    edition = selectors.current_edition(day)
    context = {
        "round": found,
        "rows": [
            (line, shown_standing(line.standing, request.actor, line.invitation.organization))
            for line in lines
        ],
        "signed": sum(line.endorsed_on is not None for line in lines),
        "over": edition is not None and edition.number != found.edition_number,
        "next": deadlines.next_step(found.due_on, day) if found.is_open else None,
        "keeper": request.actor.capacity in COORDINATION,
        "day": day,
    }
    return render(request, "invitations/round.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Invite one more organization to endorse"), COORDINATION, "practice")
def one_more(request: Request, pk: UUID) -> HttpResponse:
    """An organization that joined later, or, with the reason, one that withdrew."""
    found = find(request, InvitationRound, pk)
    form = forms.OneMoreForm(request.POST or None, invited=found)
    back = reverse("invitation-round", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.invite_one_more(
                found, data["organization"], request.actor, now(), data["reason"], form.key
            ),
        )
        if made is not None:
            return redirect(back)
    words = (_("Invite one more organization"), _("Send the invitation"))
    return _page(request, form, words, back, found.edition_label)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Close a round of invitations to endorse"), COORDINATION, "practice")
def close(request: Request, pk: UUID) -> HttpResponse:
    """No further reminders; the organizations still see on Home that their endorsement is open."""
    found = find(request, InvitationRound, pk)
    form = forms.CloseForm(request.POST or None)
    back = reverse("invitation-round", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["reason"]
        if done_by(form, lambda: services.close(found, request.actor, now(), note, form.key)) is not None:
            return redirect(back)
    return _page(request, form, (_("Close this round"), _("Close the round")), back, found.edition_label)


def _page(
    request: Request,
    form: BaseForm,
    words: tuple[str, str],
    back: str,
    edition_label: str,
    asked: list[Organization] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "heading": words[0],
        "submit": words[1],
        "back": back,
        "lead": _("Edition %s of the protocol") % edition_label,
        "asked": asked,
    }
    return render(request, "invitations/form.html", context)
