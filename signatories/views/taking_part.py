"""Taking part: endorse in three screens, withdraw behind an interruption; the other stops have their own views."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.access.session import choose_capacity
from intranet.clock import now
from protocol_pages.editions.models import Edition

from .. import directory, policy, selectors, services
from ..days import network_day
from ..duties import DUTIES
from ..forms import SignForm, WithdrawForm
from ..invitations import selectors as invitations
from ..machine import ORGANIZATIONS
from ..models import Organization, OrganizationState
from ..rules import changed_meanwhile
from ..speaking import speaker_on
from ..standing import Position
from ..stops.matrix import Stop, cells
from ..succession import selectors as successions
from .common import confirm_url, demand, done_by, own_organization, with_code
from .reading import current_edition

OWN = ORGANIZATION_POSTS | {Capacity.SIGNER, Capacity.MEMBER}
_SUSPENDED = {OrganizationState.SUSPENDED, OrganizationState.SUSPENDED_STOPPED}
_STOPPED = {OrganizationState.FLOW_STOPPED, OrganizationState.SUSPENDED_STOPPED}
PAGES = {"renew_suspension": "suspension-renew", "stop_flow": "flow-stop", "resume_flow": "flow-resume"}


@require_safe
@screen(gettext_lazy("Take part: where my organization stands and what can be done"), OWN, "D19")
def hub(request: Request) -> HttpResponse:
    """The organization's standing, its last entries, and the acts with the reason where one is not open."""
    organization = own_organization(request)
    at, actor = now(), request.actor
    day = network_day(at)
    position = selectors.position(organization, day)
    edition = current_edition(day)
    leave = selectors.leave_ahead(organization, day)
    due = _due(position, edition) and leave is None
    under_way = successions.under_way(organization)
    offers = {o.transition.action: o for o in ORGANIZATIONS.offers(organization, actor, at)}
    invitation = invitations.invitation_of(organization, edition.number) if edition and due else None
    acts = [
        (offers[name].transition.label, reverse(PAGES.get(name, name)), offers[name].decision, clause)
        for name, clause in (
            ("endorse", "D19"),
            ("suspend", "§4.f"),
            ("renew_suspension", "§4.f"),
            ("resume", "§4.f"),
            ("stop_flow", "§9.f"),
            ("resume_flow", "§9.f"),
            ("withdraw", "§9.i"),
        )
        if name in offers and _fits(name, organization, position, due)
    ]
    context = {
        "organization": organization,
        "standing": directory.shown_standing(selectors.standing(organization, day), actor, organization),
        "endorsement": position.endorsement,
        "edition": edition,
        "changed_since": directory.changed_since(position.endorsement, edition),
        "re_endorse": due,
        "leave": leave,
        "acts": acts,
        "some_refused": not all(decision.allowed for _label, _url, decision, _clause in acts),
        "suspension": position.suspension,
        "flow_stop": position.flow_stop,
        "waiting": list(selectors.waiting_entries(organization)),
        "invitation": invitation
        if invitation and invitations.still_asks(position, invitation.invited_at)
        else None,
        "speaker": speaker_on(organization, day),
        "succession": under_way,
        "names_successor": position.member
        and under_way is None
        and actor.capacity == Capacity.HEAD_OF_AGENCY,
    }
    return render(request, "signatories/take_part.html", context)


@require_safe
@screen(gettext_lazy("What my organization endorsed, against the text in force today"), OWN, "D7")
def since_endorsed(request: Request) -> HttpResponse:
    """Leads to the comparison of the two editions; back to the hub where nothing was endorsed."""
    organization, day = own_organization(request), network_day(now())
    address = directory.against_today(selectors.position(organization, day).endorsement, current_edition(day))
    return redirect(address or reverse("take-part"))


def _fits(act: str, organization: Organization, position: Position, due: bool) -> bool:
    """Whether the act makes sense today; the stored state looks ahead to an announced withdrawal."""
    if act == "endorse":
        return due
    if act == "withdraw":
        return True
    if organization.state != OrganizationState.WITHDRAWN:  # offered again where it is only announced
        if act == "suspend":
            return not (position.suspended and organization.state in _SUSPENDED)
        return act != "stop_flow" or not (position.flow_stopped and organization.state in _STOPPED)
    if act in {"stop_flow", "resume_flow"}:
        return position.member and position.flow_stopped == (act == "resume_flow")
    return position.member and position.suspended == (act != "suspend")


def _due(position: Position, edition: Edition | None) -> bool:
    return edition is not None and directory.endorsement_due(position, edition.number)


def _to_sign(request: Request) -> tuple[Organization, Edition]:
    organization = own_organization(request)
    at = now()
    demand(policy.may_endorse(request.actor, organization, at))
    edition = current_edition(network_day(at))
    if edition is None:
        raise PermissionDenied(_("No edition of the protocol is in force, so there is nothing to endorse."))
    return organization, edition


@require_safe
@screen(gettext_lazy("Endorse the protocol, screen 1: what you take on"), OWN, "D19")
def duties(request: Request) -> HttpResponse:
    """What a signatory takes on, with the clauses; or that it is endorsed already."""
    organization, edition = _to_sign(request)
    position = selectors.position(organization, network_day(now()))
    context = {
        "organization": organization,
        "edition": edition,
        "duties": DUTIES,
        "done": position.endorsement if not _due(position, edition) else None,
    }
    return render(request, "signatories/endorse_duties.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Endorse the protocol, screens 2 and 3: name and title, check and sign"), OWN, "D19")
@with_code
def sign(request: Request) -> HttpResponse:
    """Name, title and authority; then the check; then the signature, bound to the text's hash."""
    organization, edition = _to_sign(request)
    at, actor = now(), request.actor
    person = selectors.person_of(actor)
    initial = {
        "signer_name": person.name if person else actor.label,
        "signer_title": "",
        "sha256": edition.sha256,
        "edition": edition.pk,
    }
    form = SignForm(request.POST or None, organization=organization, initial=initial)
    step = request.POST.get("step", "")
    checking = superseded = False
    if request.method == "POST" and step != "change" and form.is_valid():
        typed = form.cleaned_data
        superseded = (typed["edition"], typed["sha256"]) != (edition.pk, edition.sha256)
        if step == "sign":
            entry = done_by(form, lambda: _sign(request, organization, form, at))
            if entry is not None:
                # Who signs is signer from now on; the receipt must not ask for the capacity first.
                choose_capacity(request, f"{actor.capacity}:{organization.pk}")
                return redirect("participation-entry", entry.pk)
        elif superseded:
            form.add_error(None, changed_meanwhile(edition))
        else:
            checking = True
        if superseded:
            # What was typed stays; the next check shows the new text's fingerprint and binds to that one.
            form.show(edition)
    context = {
        "organization": organization,
        "edition": edition,
        "form": form,
        "checking": checking,
        "statement": _statement(organization, edition),
        "superseded": superseded,
        "day": network_day(at),
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/endorse_sign.html", context)


def _statement(organization: Organization, edition: Edition) -> str:
    return _(
        "On behalf of %(organization)s I endorse edition %(edition)s of “%(title)s”, "
        "and I am authorized to sign for it."
    ) % {"organization": organization.name, "edition": edition.label, "title": edition.title}


def _sign(request: Request, organization: Organization, form: SignForm, at: Any) -> Any:
    data = form.cleaned_data
    shown = Edition.objects.filter(pk=data["edition"]).first() or current_edition(network_day(at))
    assert shown is not None
    day = network_day(at)
    authority = selectors.authority_of(request.actor, organization, day)
    head = request.actor.capacity == Capacity.HEAD_OF_AGENCY
    return services.endorse(
        organization,
        shown,
        request.actor,
        at,
        sha256=data["sha256"],
        signer_name=data["signer_name"],
        signer_title=data["signer_title"],
        authority=str(Capacity.HEAD_OF_AGENCY.label) if head or authority is None else authority.instrument,
        statement=_statement(organization, shown),
        key=form.key,
    )


@require_safe
@screen(gettext_lazy("Withdraw: what it means"), OWN, "§9.i")
def consequences(request: Request) -> HttpResponse:
    """The interruption page: who may, what follows, and the milder ways."""
    organization = own_organization(request)
    demand(policy.may_withdraw(request.actor, organization, now()))
    context = {"organization": organization, "cells": cells(Stop.WITHDRAWAL)}
    return render(request, "signatories/withdraw_consequences.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Withdraw: statement and effective date"), OWN, "§9.i")
@with_code
def withdraw(request: Request) -> HttpResponse:
    """The statement, checked once more, then sent; only by the individual who signed."""
    organization = own_organization(request)
    at = now()
    demand(policy.may_withdraw(request.actor, organization, at))
    form = WithdrawForm(request.POST or None, initial={"effective_on": network_day(at)})
    step, checking = request.POST.get("step", ""), False
    if request.method == "POST" and step != "change" and form.is_valid():
        if step == "send":
            data = form.cleaned_data
            entry = done_by(
                form,
                lambda: services.withdraw(
                    organization,
                    request.actor,
                    at,
                    statement=data["statement"],
                    effective_on=data["effective_on"],
                    key=form.key,
                ),
            )
            if entry is not None:
                return redirect("participation-entry", entry.pk)
        else:
            checking = True
    context = {
        "organization": organization,
        "form": form,
        "checking": checking,
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/withdraw.html", context)
