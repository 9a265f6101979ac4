"""Authority to sign: given by the Head of Agency, recorded from outside, confirmed, denied, ended (D19, D17)."""

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
from intranet.access.roles import COORDINATION, Capacity
from intranet.clock import now
from intranet.clock.wording import plain_date
from intranet.listing import listed

from .. import policy, services
from ..days import network_day
from ..forms import AuthorityForm, ConfirmForm, DenyForm, EndForm, ReceivedAuthorityForm
from ..models import Organization, SigningAuthority
from .common import confirm_url, demand, done_by, find, with_code
from .received import CONFIRMERS

HEAD = frozenset({Capacity.HEAD_OF_AGENCY})


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record an authority to sign"), policy.RECORDERS | HEAD, "D19")
@with_code
def record(request: Request, pk: UUID) -> HttpResponse:
    """The Head of Agency gives it; coordination or an assistant records the instrument that arrived."""
    organization = find(request, Organization, pk)
    if not organization.may_sign:
        raise PermissionDenied(_("An organization of this kind does not sign the protocol."))
    at = now()
    outside = request.actor.capacity in policy.RECORDERS
    probe = SigningAuthority(organization=organization)
    decide = policy.may_record_authority_received if outside else policy.may_give_authority
    demand(decide(request.actor, probe, at))
    kind = ReceivedAuthorityForm if outside else AuthorityForm
    today = network_day(at)
    form = kind(
        request.POST or None,
        request.FILES or None,
        organization=organization,
        today=today,
        initial={"begins_on": today, "received_on": today},
    )
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "submission_key"}
        made = done_by(
            form,
            lambda: services.record_authority(
                organization, actor=request.actor, now=at, key=form.key, **data
            ),
        )
        if made is not None:
            return redirect("organization", organization.pk)
    words = (_("Record an authority to sign"), _("Record the authority"))
    return _page(request, form, *words, organization, organization.name)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("End an authority to sign"), COORDINATION | HEAD, "D19")
@with_code
def end(request: Request, pk: UUID) -> HttpResponse:
    """The last day; what was signed under it stays signed."""
    authority = find(request, SigningAuthority, pk)
    at = now()
    demand(policy.may_end_authority(request.actor, authority, at))
    form = EndForm(request.POST or None, initial={"ends_on": network_day(at)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = done_by(
            form,
            lambda: services.end_authority(
                authority, data["ends_on"], request.actor, at, data["reason"], form.key
            ),
        )
        if made is not None:
            return redirect("organization", authority.organization_id)
    words = (_("End an authority to sign"), _("Record the end"))
    return _page(request, form, *words, authority.organization, _about(authority))


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Confirm an authority to sign that was recorded from outside"), CONFIRMERS, "D17")
@with_code
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """By the organization's own account or an office person, but not by the recorder or the person named."""
    authority = find(request, SigningAuthority, pk)
    at = now()
    demand(policy.may_confirm_authority(request.actor, authority, at))
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = done_by(
            form, lambda: services.answer_authority(authority, True, request.actor, at, key=form.key)
        )
        if made is not None:
            return redirect("organization", authority.organization_id)
    words = (_("Confirm the authority"), _("Confirm"))
    return _page(request, form, *words, authority.organization, _about(authority), "D17")


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Deny an authority to sign that was recorded from outside"), CONFIRMERS, "D17")
def deny(request: Request, pk: UUID) -> HttpResponse:
    """The record stays with its denial; it gives nobody any authority."""
    authority = find(request, SigningAuthority, pk)
    at = now()
    demand(policy.may_confirm_authority(request.actor, authority, at))
    form = DenyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["reason"]
        made = done_by(
            form, lambda: services.answer_authority(authority, False, request.actor, at, note, form.key)
        )
        if made is not None:
            return redirect("organization", authority.organization_id)
    words = (_("Deny the authority"), _("Deny"))
    return _page(request, form, *words, authority.organization, _about(authority), "D17")


def _about(authority: SigningAuthority) -> str:
    until = plain_date(authority.ends_on) if authority.ends_on else _("further notice")
    days = f"{plain_date(authority.begins_on)} – {until}"
    return listed([authority.person.name, authority.instrument, days])


def _page(
    request: Request,
    form: object,
    heading: str,
    submit: str,
    organization: Organization,
    lead: str,
    clause: str = "D19",
) -> HttpResponse:
    outside = _("What arrived outside counts after one confirmation by somebody who did not record it.")
    given = _("The Head of Agency signs, or somebody whom the Head of Agency names in writing.")
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit,
        "back": reverse("organization", args=[organization.pk]),
        "clause": clause,
        "note": outside if clause == "D17" or isinstance(form, ReceivedAuthorityForm) else given,
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/form.html", context)
