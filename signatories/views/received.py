"""What arrived outside the system: record it, confirm it, deny it (D17)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import OFFICE, ORGANIZATION_POSTS, Capacity
from intranet.clock import now

from .. import policy, services
from ..days import network_day
from ..forms import RENEWED, ConfirmForm, DenyForm, ReceivedForm
from ..models import EntryKind, Organization, ParticipationEntry, Person
from ..speaking import speaker_on
from .common import confirm_url, demand, done_by, file_was_read, find, with_code

CONFIRMERS = ORGANIZATION_POSTS | OFFICE | {Capacity.SIGNER}


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record what arrived outside the system"), policy.RECORDERS, "D17")
@with_code
def record(request: Request, pk: UUID) -> HttpResponse:
    """An endorsement, a stop, its end or a withdrawal that came by mail, letter or paper."""
    organization = find(request, Organization, pk)
    if not organization.may_sign:
        raise PermissionDenied(_("An organization of this kind does not sign the protocol."))
    at = now()
    speaker = speaker_on(organization, network_day(at))
    form = ReceivedForm(request.POST or None, request.FILES or None, initial={"received_on": network_day(at)})
    back = reverse("organization", args=[organization.pk])
    if request.method == "POST" and form.is_valid():
        entry = done_by(form, lambda: _record(request, organization, form))
        if entry is not None:
            return redirect("participation-entry", entry.pk)
    context = {
        "form": form,
        "submit": _("Record"),
        "organization": organization,
        "signer": speaker.name if speaker else "",
        "back": back,
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/received.html", context)


def _record(request: Request, organization: Organization, form: ReceivedForm) -> ParticipationEntry:
    data = form.cleaned_data
    received = services.Received(
        how=data["how"],
        received_on=data["received_on"],
        effective_on=data["effective_on"],
        signer_name=data["signer_name"],
        signer_title=data["signer_title"],
        signer_email=data["signer_email"],
        signer=Person.objects.filter(email__iexact=data["signer_email"]).first()
        if data["signer_email"]
        else None,
        authority=data["signer_title"],
        statement=data["statement"],
        reason=data["reason"],
        scope=data["scope"],
        review_on=data["review_on"],
        notifications_continue=data["notifications_continue"],
        breach_reference=data["breach_reference"],
        office_involved=data["office_involved"],
        file=data["file"],
    )
    actor, moment = request.actor, now()
    if data["kind"] == RENEWED:
        return services.record_received(
            organization, EntryKind.SUSPENDED, received, actor, moment, form.key, renew=True
        )
    kind = EntryKind(data["kind"])
    if kind == EntryKind.ENDORSED:
        return services.record_endorsement_received_outside(
            organization, form.chosen_edition, received, actor, moment, form.key
        )
    return services.record_received(organization, kind, received, actor, moment, form.key)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Confirm what was recorded from outside"), CONFIRMERS, "D17")
@with_code
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """By the organization's own account (the signer for a withdrawal) or an office person."""
    entry = find(request, ParticipationEntry, pk)
    at = now()
    withdrawal = entry.kind == EntryKind.WITHDRAWN
    decide = policy.may_confirm_withdrawal if withdrawal else policy.may_confirm
    demand(decide(request.actor, entry.organization, at))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and file_was_read(form, request.actor, [entry]):
        made = done_by(form, lambda: services.confirm_received(entry, request.actor, at, form.key))
        if made is not None:
            return redirect("participation-entry", made.pk)
    return _answer(request, form, entry, _("Confirm this record"), _("Confirm"))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Deny what was recorded from outside"), CONFIRMERS, "D17")
def deny(request: Request, pk: UUID) -> HttpResponse:
    """The record stays, with the answer that it is not so; nothing takes effect."""
    entry = find(request, ParticipationEntry, pk)
    at = now()
    withdrawal = entry.kind == EntryKind.WITHDRAWN
    decide = policy.may_confirm_withdrawal if withdrawal else policy.may_confirm
    demand(decide(request.actor, entry.organization, at))
    form = DenyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["reason"]
        made = done_by(form, lambda: services.deny_received(entry, request.actor, at, note, form.key))
        if made is not None:
            return redirect("participation-entry", entry.pk)
    return _answer(request, form, entry, _("Deny this record"), _("Deny"))


def _answer(
    request: Request,
    form: ConfirmForm | DenyForm,
    entry: ParticipationEntry,
    heading: str,
    submit: str,
) -> HttpResponse:
    context = {
        "form": form,
        "entry": entry,
        "heading": heading,
        "submit": submit,
        "back": reverse("participation-entry", args=[entry.pk]),
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/answer.html", context)
