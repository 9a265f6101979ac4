"""The one question, and the list of posts that nobody confirmed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now

from ..days import network_day
from ..models import Person
from ..policy import KEEPERS
from ..selectors import person_of, posts_held
from ..views.common import done_by, form_page
from . import selectors, services
from .forms import LookedAfterForm, StillYouForm
from .models import PresenceAnswer, Reply
from .policy import may_look_after
from .rounds import current


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Is this still you?"), rule="D9")
def still_you(request: Request) -> HttpResponse:
    """Yes, no, or what to correct. It can be answered again; the newest answer counts."""
    person = person_of(request.actor)
    if person is None:
        raise Http404
    at = now()
    form = StillYouForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.answer(person, Reply(data["reply"]), request.actor, at, data["note"], form.key),
        )
        if made is not None:
            return redirect("still-you")
    round_ = current(network_day(at))
    context = {
        "form": form,
        "posts": posts_held(person, network_day(at)),
        "person": person,
        "round": round_,
        "answer": selectors.newest_of(person, round_),
        "submit": _("Answer"),
    }
    return render(request, "presence/still_you.html", context)


def _own(request: Request) -> UUID | None:
    return None if request.actor.capacity in COORDINATION else request.actor.organization_id


@require_safe
@screen(gettext_lazy("Posts that nobody confirmed"), KEEPERS, "D9")
def listing(request: Request) -> HttpResponse:
    """All of them for the Coordinator, those of the own organization for its Head of Agency."""
    at = now()
    context = {"flags": selectors.flags(at, _own(request)), "round": current(network_day(at))}
    return render(request, "presence/list.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Say what you did about a post that nobody confirmed"), KEEPERS, "D9")
def look_after(request: Request, pk: UUID) -> HttpResponse:
    """One person of the list; 404 for whom the actor does not look after."""
    person = Person.objects.filter(pk=pk).first()
    at = now()
    if person is None or not may_look_after(request.actor, PresenceAnswer(person=person), at).allowed:
        raise Http404
    form = LookedAfterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        made = done_by(form, lambda: services.answer(person, Reply.SEEN, request.actor, at, note, form.key))
        if made is not None:
            return redirect("still-you-list")
    return form_page(
        request,
        form,
        _("Looked after"),
        _("Save"),
        reverse("still-you-list"),
        person.name,
        "practice",
        _("Nothing ends by itself. Record the end of a post where it ended."),
    )
