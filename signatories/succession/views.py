"""A succession of the signer through the door: letter, verification by two, objection, new letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
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
from intranet.access.roles import OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.clock import now
from intranet.forms import BaseForm
from signatories.days import network_day
from signatories.forms import ConfirmForm, DenyForm
from signatories.models import Organization
from signatories.policy import RECORDERS
from signatories.speaking import speaker_on
from signatories.views.common import confirm_url, demand, done_by, find, own_organization, with_code

from . import forms, page, policy, selectors, services
from .models import Succession

HEAD = frozenset({Capacity.HEAD_OF_AGENCY})
OWN = ORGANIZATION_POSTS | {Capacity.SIGNER}


@require_safe
@screen(gettext_lazy("One succession of a signer: letter, verification, objections"), rule="§9.i fn5")
def succession(request: Request, pk: UUID) -> HttpResponse:
    """For the organization's own people, coordination, office and auditors; 404 for everybody else."""
    found = find(request, Succession, pk)
    return render(request, "succession/succession.html", page.context(found, request.actor, now()))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Name a successor of the signer"), HEAD, "§9.i fn5")
@with_code
def send(request: Request) -> HttpResponse:
    """The Head of Agency's letter."""
    organization = own_organization(request)
    speaker = speaker_on(organization, network_day(now()))
    if speaker is None:
        raise PermissionDenied(
            _("The organization has not endorsed the protocol, so there is no signer to succeed.")
        )
    form = _own_form(request, organization)
    act = lambda: services.send(organization, form.letter(), request.actor, now(), form.key)  # noqa: E731
    words = (_("Name a successor of the signer"), _("Send the letter"))
    return _letter_page(request, form, act, words, speaker.name, reverse("take-part"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record a letter on a successor that arrived outside the system"), RECORDERS, "D17")
@with_code
def record(request: Request, pk: UUID) -> HttpResponse:
    """The same letter by mail or on paper; somebody else confirms it."""
    organization = find(request, Organization, pk)
    speaker = speaker_on(organization, network_day(now()))
    if speaker is None:
        raise PermissionDenied(
            _("The organization has not endorsed the protocol, so there is no signer to succeed.")
        )
    form = _received_form(request, organization)
    act = lambda: services.record(organization, form.letter(), request.actor, now(), form.key)  # noqa: E731
    words = (_("Record a letter on the signer’s successor"), _("Record"))
    back = reverse("organization", args=[organization.pk])
    return _letter_page(request, form, act, words, speaker.name, back)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Send or record a new letter on a successor"), RECORDERS | HEAD, "§9.i fn5")
@with_code
def again(request: Request, pk: UUID) -> HttpResponse:
    """After an objection, or where the identity could not be verified: the Head of Agency's new letter."""
    found = find(request, Succession, pk)
    organization = found.organization
    outside = request.actor.capacity in RECORDERS
    demand((policy.may_record if outside else policy.may_send)(request.actor, found, now()))
    form: forms.LetterForm = (
        _received_form(request, organization) if outside else _own_form(request, organization)
    )
    service = services.record_again if outside else services.send_again
    act = lambda: service(found, form.letter(), request.actor, now(), form.key)  # noqa: E731
    words = (_("A new letter on the signer’s successor"), _("Record") if outside else _("Send the letter"))
    return _letter_page(request, form, act, words, found.former_name, reverse("succession", args=[found.pk]))


def _own_form(request: Request, organization: Organization) -> forms.LetterForm:
    today = network_day(now())
    return forms.LetterForm(
        request.POST or None, request.FILES or None, organization=organization, today=today
    )


def _received_form(request: Request, organization: Organization) -> forms.ReceivedLetterForm:
    today = network_day(now())
    return forms.ReceivedLetterForm(
        request.POST or None,
        request.FILES or None,
        organization=organization,
        today=today,
        initial={"received_on": today},
    )


def _letter_page(
    request: Request,
    form: forms.LetterForm,
    act: Callable[[], Succession],
    words: tuple[str, str],
    signer: str,
    back: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        made = done_by(form, act)
        if made is not None:
            return redirect("succession", made.pk)
    context = {
        "form": form,
        "heading": words[0],
        "submit": words[1],
        "signer": signer,
        "back": back,
        "outside": isinstance(form, forms.ReceivedLetterForm),
        "confirm_url": confirm_url(request),
    }
    return render(request, "succession/letter.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Confirm a letter on a successor that was recorded"), OWN | OFFICE, "D17")
@with_code
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """By an own account or an office person, but not by the recorder or the successor."""
    found = find(request, Succession, pk)
    demand(policy.may_confirm(request.actor, found, now()))
    form = ConfirmForm(request.POST or None)
    act = lambda: services.confirm(found, request.actor, now(), form.key)  # noqa: E731
    return _act_page(request, found, form, act, _("Confirm the letter"), _("Confirm"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Deny a letter on a successor that was recorded"), OWN | OFFICE, "D17")
def deny(request: Request, pk: UUID) -> HttpResponse:
    """The record stays with its denial; nothing passes on."""
    found = find(request, Succession, pk)
    demand(policy.may_confirm(request.actor, found, now()))
    form = DenyForm(request.POST or None)
    act = lambda: services.deny(found, request.actor, now(), _reason(form), form.key)  # noqa: E731
    return _act_page(request, found, form, act, _("Deny the letter"), _("Deny"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Verify who is named in a succession"), policy.VERIFIERS, "§9.i fn5")
@with_code
def verify(request: Request, pk: UUID) -> HttpResponse:
    """One side's "identity verified", with how. It approves nothing."""
    found = find(request, Succession, pk)
    form = forms.VerifyForm(request.POST or None)
    act = lambda: services.verify(found, form.cleaned_data["how"], request.actor, now(), form.key)  # noqa: E731
    return _act_page(request, found, form, act, _("Identity verified"), _("Identity verified"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Say why an identity could not be verified"), policy.VERIFIERS, "§9.i fn5")
def not_verified(request: Request, pk: UUID) -> HttpResponse:
    """One side's "could not be verified, because ..."."""
    found = find(request, Succession, pk)
    form = forms.CouldNotVerifyForm(request.POST or None)
    act = lambda: services.could_not_verify(found, request.actor, now(), _reason(form), form.key)  # noqa: E731
    heading = _("Identity could not be verified")
    return _act_page(request, found, form, act, heading, _("Say that it could not be verified"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Object to a succession of the signer"), OWN, "§9.i fn5")
def object_to(request: Request, pk: UUID) -> HttpResponse:
    """By the signer or another office holder, before it is complete."""
    found = find(request, Succession, pk)
    demand(policy.may_object(request.actor, found, now()))
    form = forms.ObjectForm(request.POST or None)
    act = lambda: services.object_to(found, request.actor, now(), _reason(form), form.key)  # noqa: E731
    return _act_page(request, found, form, act, _("Object to this succession"), _("Object"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record an objection to a succession that arrived outside"), RECORDERS, "D17")
@with_code
def objection(request: Request, pk: UUID) -> HttpResponse:
    """It holds the succession at once."""
    found = find(request, Succession, pk)
    form = forms.ReceivedObjectionForm(
        request.POST or None, request.FILES or None, initial={"received_on": network_day(now())}
    )

    def act() -> Succession:
        data = form.cleaned_data
        return services.record_objection(
            found,
            data["name"],
            data["received_how"],
            data["received_on"],
            data["file"],
            request.actor,
            now(),
            data["reason"],
            form.key,
        )

    heading = _("Record an objection that arrived outside")
    return _act_page(request, found, form, act, heading, _("Record"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Take back the own letter on a successor"), HEAD, "§9.i fn5")
def take_back(request: Request, pk: UUID) -> HttpResponse:
    """By the Head of Agency in office; everything stays as it was."""
    found = find(request, Succession, pk)
    demand(policy.may_send(request.actor, found, now()))
    form = forms.TakeBackForm(request.POST or None)
    act = lambda: services.take_back(found, request.actor, now(), _reason(form), form.key)  # noqa: E731
    return _act_page(request, found, form, act, _("Take the letter back"), _("Take it back"))


def _reason(form: BaseForm) -> str:
    return str(form.cleaned_data["reason"])


def _act_page(
    request: Request,
    found: Succession,
    form: BaseForm,
    act: Callable[[], Any],
    heading: str,
    submit: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and done_by(form, act) is not None:
        return redirect("succession", found.pk)
    context = {
        "form": form,
        "succession": found,
        "letter": selectors.newest_letter(found),
        "heading": heading,
        "submit": submit,
        "back": reverse("succession", args=[found.pk]),
        "confirm_url": confirm_url(request),
    }
    return render(request, "succession/act.html", context)
