"""Partner agreements: the list of those that exist for the reader, one agreement, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from django_stubs_ext import StrOrPromise

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now
from intranet.forms import BaseForm
from signatories import names, selectors
from signatories.days import network_day
from signatories.models import Kind
from signatories.people_forms import ReasonForm
from signatories.policy import OVERSEERS
from signatories.views.common import demand, done_by, find, form_page

from . import policy, services
from .forms import AgreementForm, AgreementsFilter, AssessmentFields, CorrectForm, EndForm
from .machine import AGREEMENTS
from .models import AgreementState, PartnerAgreement
from .rules import ENDS_SOON
from .selectors import seen_by

PAGE = 50


def _shown(agreement: PartnerAgreement, day: date) -> dict[str, Any]:
    """One agreement with its standing on a day, as word and shape."""
    word: StrOrPromise
    if agreement.state == AgreementState.STRUCK:
        word, shape = _("Struck out"), "quiet"
    elif agreement.begins_on > day:
        word, shape = _("Begins later"), "none"
    elif not agreement.in_force_on(day):
        word, shape = _("Ended"), "quiet"
    elif agreement.ends_on is not None and agreement.ends_on <= day + ENDS_SOON:
        word, shape = _("Ends soon"), "soon"
    else:
        word, shape = _("In force"), "ok"
    return {
        "agreement": agreement,
        "word": word,
        "shape": shape,
        "expired": agreement.assessment_expired_on(day),
    }


def _fits(agreement: PartnerAgreement, show: str, day: date) -> bool:
    """Whether an agreement belongs to what the list shows."""
    in_force = agreement.in_force_on(day)
    coming = agreement.begins_on > day and agreement.state != AgreementState.STRUCK
    soon = agreement.ends_on is not None and agreement.ends_on <= day + ENDS_SOON
    return {
        "": in_force or coming,
        "ends_soon": in_force and soon,
        "expired": in_force and agreement.assessment_expired_on(day),
        "no_clause": in_force and not agreement.psea_clause,
        "past": not in_force and not coming,
        "all": True,
    }[show]


@require_safe
@screen(gettext_lazy("Partner agreements"), policy.READERS, "§4.b")
def agreements(request: Request) -> HttpResponse:
    """Own agreements; all of them for coordination, office and auditors. No others, and no count of them."""
    actor = request.actor
    day = network_day(now())
    form = AgreementsFilter(request.GET or None, auto_id="filter_%s")
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = seen_by(actor)
    party = request.GET.get("party", "")
    if party and actor.capacity in OVERSEERS:
        found = found.filter(_of_party(party))
    wanted = names.folded(asked.get("q", ""))
    rows = [
        _shown(agreement, day)
        for agreement in found
        if _fits(agreement, asked.get("show", ""), day) and _named(agreement, wanted)
    ]
    query = request.GET.copy()
    query.pop("page", None)
    own = selectors.organization_of(actor)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "found": len(rows),
        "query": query.urlencode(),
        "day": day,
        "own": own,
        "records": actor.capacity in COORDINATION
        or (actor.capacity in policy.RECORDERS and own is not None and own.kind == Kind.UN_AGENCY),
    }
    return render(request, "agreements/list.html", context)


def _of_party(party: str) -> Q:
    """Agreements of one organization; of none where the address names none."""
    try:
        wanted = UUID(party)
    except ValueError:
        return Q(pk__in=[])
    return Q(partner=wanted) | Q(agency=wanted)


def _named(agreement: PartnerAgreement, wanted: str) -> bool:
    texts = (
        *names.own_texts(agreement.partner),
        *names.own_texts(agreement.agency),
        agreement.reference,
        agreement.partner_portal_id,
    )
    return any(wanted in names.folded(text) for text in texts)


@require_safe
@screen(gettext_lazy("One partner agreement"), policy.READERS, "§4.b")
def agreement(request: Request, pk: UUID) -> HttpResponse:
    """For the two parties, coordination, office and auditors; 404 for everybody else."""
    found = find(request, PartnerAgreement, pk)
    at = now()
    offers = {
        offer.transition.action: offer.transition.label
        for offer in AGREEMENTS.offers(found, request.actor, at)
        if offer.decision.allowed
    }
    context = _shown(found, network_day(at)) | {
        "overseer": request.actor.capacity in OVERSEERS,
        "acts": [
            (label, reverse(f"agreement-{action}", args=[found.pk])) for action, label in offers.items()
        ],
    }
    return render(request, "agreements/agreement.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record a partner agreement"), policy.RECORDERS, "§4.b")
def record(request: Request) -> HttpResponse:
    """By the UN agency's own people, or by the Coordinator."""
    actor, at = request.actor, now()
    own = None if actor.capacity in COORDINATION else selectors.organization_of(actor)
    if actor.capacity not in COORDINATION and (own is None or own.kind != Kind.UN_AGENCY):
        raise PermissionDenied(
            _("An agreement is recorded by the UN agency's own people or by the PSEA Coordinator.")
        )
    form = AgreementForm(request.POST or None, day=network_day(at), agency=own)
    back = reverse("agreements")
    if request.method == "POST" and form.is_valid():
        partner, agency = form.parties
        made = done_by(
            form,
            lambda: services.record_agreement(
                partner, agency, form.terms, actor, at, form.assessment, form.key
            ),
        )
        if made is not None:
            return redirect("agreement", made.pk)
    lead = own.name if own is not None else ""
    return form_page(
        request, form, _("Record a partner agreement"), _("Record the agreement"), back, lead, "§4.b"
    )


def _act(
    request: Request,
    pk: UUID,
    make: Callable[[PartnerAgreement], BaseForm],
    act: Callable[[PartnerAgreement, Any], PartnerAgreement],
    heading: str,
    submit: str,
) -> HttpResponse:
    """One form on one agreement; only for who may record it."""
    found = find(request, PartnerAgreement, pk)
    demand(policy.may_record(request.actor, found, now()))
    form = make(found)
    back = reverse("agreement", args=[found.pk])
    if request.method == "POST" and form.is_valid() and done_by(form, lambda: act(found, form)):
        return redirect(back)
    lead = f"{found.partner.name} – {found.agency.name}"
    return form_page(request, form, heading, submit, back, lead, "§4.b")


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Correct or extend a partner agreement"), policy.RECORDERS, "§4.b")
def correct(request: Request, pk: UUID) -> HttpResponse:
    """Other terms, with the reason."""
    return _act(
        request,
        pk,
        lambda found: CorrectForm(request.POST or None, initial=CorrectForm.initial_of(found)),
        lambda found, form: services.correct_agreement(
            found, form.terms, request.actor, now(), form.cleaned_data["reason"], form.key
        ),
        _("Correct or extend the agreement"),
        _("Save the correction"),
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Record a partner's capacity assessment"), policy.RECORDERS, "§4.b")
def assess(request: Request, pk: UUID) -> HttpResponse:
    """The newest takes the place of the earlier one; the history keeps that."""
    return _act(
        request,
        pk,
        lambda found: AssessmentFields(request.POST or None),
        lambda found, form: services.record_assessment(
            found, form.assessment, request.actor, now(), form.key
        ),
        _("Record a capacity assessment"),
        _("Record the assessment"),
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("End a partner agreement early"), policy.RECORDERS, "§4.b")
def end(request: Request, pk: UUID) -> HttpResponse:
    """An earlier last day than agreed."""
    return _act(
        request,
        pk,
        lambda found: EndForm(request.POST or None, initial={"ends_on": network_day(now())}),
        lambda found, form: services.end_agreement(
            found, form.cleaned_data["ends_on"], request.actor, now(), form.cleaned_data["reason"], form.key
        ),
        _("End the agreement early"),
        _("Record the end"),
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Strike out a partner agreement recorded by mistake"), policy.RECORDERS, "§4.b")
def strike(request: Request, pk: UUID) -> HttpResponse:
    """It counts on no day; the history keeps it."""
    return _act(
        request,
        pk,
        lambda found: ReasonForm(request.POST or None),
        lambda found, form: services.strike_agreement(
            found, request.actor, now(), form.cleaned_data["reason"], form.key
        ),
        _("Strike out an agreement recorded by mistake"),
        _("Strike it out"),
    )
