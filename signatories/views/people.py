"""One person's entry, corrections, one's own details, and contacts to repair."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, OFFICE
from intranet.clock import now
from intranet.forms import BaseForm
from intranet.listing import listed

from .. import own_address, policy, repairs, selectors, services
from ..days import network_day
from ..models import Person
from ..people_forms import CorrectPersonForm, DetailsForm, ReasonForm
from ..persons import CORRECTABLE, OWN_DETAILS
from ..sight import sees_phones
from .common import demand, done_by, find, form_page, with_code

NEWEST = 5  # answers to "is this still you?" on a person's page


@require_safe
@screen(gettext_lazy("A person: address, details, posts"), policy.OVERSEERS, "D10")
def person(request: Request, pk: UUID) -> HttpResponse:
    """For coordination, office and auditors; telephone numbers for the first two alone."""
    found = find(request, Person, pk)
    at = now()
    day = network_day(at)
    account = found.user
    context = {
        "person": found,
        "posts": list(found.posts.select_related("organization").order_by("-begins_on")),
        "day": day,
        "answers": list(found.presence.order_by("-at")[:NEWEST]),
        "phone": sees_phones(request.actor),
        "fails": repairs.of_person(found),
        "corrects": policy.may_correct_person(request.actor, found, at).allowed,
        "repairs": policy.may_repair_contact(request.actor, found, at).allowed,
        "other_sign_in": account is not None and account.email.lower() != found.email.lower(),
    }
    return render(request, "signatories/person.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Correct a person's entry"), COORDINATION | OFFICE, "D9")
@with_code
def correct(request: Request, pk: UUID) -> HttpResponse:
    """Name, address, languages, duty station, phone: with a reason; the history keeps what stood before."""
    found = find(request, Person, pk)
    at = now()
    demand(policy.may_correct_person(request.actor, found, at))
    initial = {name: getattr(found, name) for name in CORRECTABLE}
    form = CorrectPersonForm(request.POST or None, initial=initial)
    back = reverse("person", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in CORRECTABLE}
        note = form.cleaned_data["reason"]
        made = done_by(
            form, lambda: services.correct_person(found, values, request.actor, at, note, form.key)
        )
        if made is not None:
            return redirect(back)
    return form_page(request, form, _("Correct the entry"), _("Save the correction"), back, found.name, "D10")


def _me(request: Request) -> Person:
    found = selectors.person_of(request.actor)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("My details: languages, duty station, phone"), rule="D9")
def me(request: Request) -> HttpResponse:
    """What everybody says of themselves, and where the network writes to."""
    found = _me(request)
    at = now()
    form = DetailsForm(request.POST or None, initial={name: getattr(found, name) for name in OWN_DETAILS})
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in OWN_DETAILS}
        if done_by(form, lambda: services.describe_person(found, values, request.actor, at, form.key)):
            messages.success(request, _("Your details are saved."))
            return redirect("me")
    context = {
        "form": form,
        "person": found,
        "submit": _("Save"),
        "posts": selectors.posts_held(found, network_day(at)),
        "other_sign_in": found.user is not None and found.user.email.lower() != found.email.lower(),
    }
    return render(request, "signatories/me.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Ask again for the link to one's corrected address"), rule="D10")
def offer_address(request: Request) -> HttpResponse:
    """The link goes to the corrected address."""
    found = _me(request)
    form = BaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.offer_own_address(found, request.actor, now())
        messages.success(request, _("The link was sent to the corrected address."))
        return redirect("me")
    return form_page(
        request, form, _("Send the link again"), _("Send the link"), reverse("me"), found.email, "D10"
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Sign in with one's corrected address from now on"), rule="D10")
@with_code
def take_address(request: Request, token: str) -> HttpResponse:
    """Reached by the link that was mailed there; opening it changes nothing."""
    at = now()
    found = own_address.offered_to(token, request.user, at)
    if found is None:
        raise Http404
    form = BaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> bool:
            services.take_own_address(found, token, request.actor, at)
            return True

        if done_by(form, act):
            messages.success(request, _("From now on you sign in with %s.") % found.email)
            return redirect("me")
    lead = _("Until now you sign in with %(old)s. From now on: %(new)s.") % {
        "old": request.user.email,
        "new": found.email,
    }
    heading = _("Sign in with your corrected address")
    return form_page(request, form, heading, _("Use this address"), reverse("me"), lead, "D10")


@require_safe
@screen(gettext_lazy("Contacts to repair: whose mail comes back"), COORDINATION, "§7B.1")
def contact_repairs(request: Request) -> HttpResponse:
    """Every person whose mail does not arrive, with what to do. Four queries."""
    context = {"rows": repairs.rows(network_day(now()))}
    return render(request, "signatories/repairs.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record that mail to a person came back"), COORDINATION, "§7B.1")
def note_bounce(request: Request, pk: UUID) -> HttpResponse:
    """As a mail to the Coordinator may say; from now on it stands among the contacts to repair."""
    return _on_contact(request, pk, BaseForm, services.note_bounce, _("Mail came back"), _("Record it"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Say that an address is right, and send again"), COORDINATION, "§7B.1")
def address_is_right(request: Request, pk: UUID) -> HttpResponse:
    """What the mail server refused is sent once more."""
    return _on_contact(
        request,
        pk,
        ReasonForm,
        services.address_is_right,
        _("The address is right"),
        _("Send again"),
    )


def _on_contact(
    request: Request, pk: UUID, kind: type[BaseForm], act: Any, heading: str, submit: str
) -> HttpResponse:
    found = find(request, Person, pk)
    form = kind(request.POST or None)
    back = reverse("person", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        note = str(form.cleaned_data.get("reason", ""))
        if done_by(form, lambda: act(found, request.actor, now(), note, form.key)):
            return redirect(back)
    lead = listed([found.name, found.email])
    return form_page(request, form, heading, submit, back, lead, "§7B.1")
