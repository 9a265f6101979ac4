"""The pages of a lost phone: report or vouch, the letter, one page of its own, confirm, stop."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from intranet.access.http import Request
from intranet.access.models import User
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION, OFFICE_AND_ASSISTANTS
from intranet.clock import now
from intranet.forms import BaseForm

from ..capacities import held
from ..models import Person
from ..views.common import (
    confirm_url,
    demand,
    done_by,
    find,
    form_page,
    organization_page_of,
    with_code,
)
from . import policy, selectors, services
from .forms import ConfirmForm, IdentityForm, LetterForm, StopForm
from .machine import RECOVERY
from .models import Recovery, RecoveryState
from .ways import Rule, rule_for, rule_of


def _account(request: Request, pk: UUID) -> tuple[User, Rule]:
    """The account, or 404 where the actor may not know of it (D10)."""
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Http404
    decision = policy.may_report_for(request.actor, user, now())
    found = rule_for(held(user, now()))
    if decision.rule == "D11":
        raise PermissionDenied(str(decision.reason))
    if not decision.allowed or found is None:
        raise Http404
    return user, found[0]


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Lost phone and codes: report it, or vouch for the person"), policy.REPORTERS, "D11")
@with_code
def lost_phone(request: Request, pk: UUID) -> HttpResponse:
    """Whoever may vouch does so at once; everybody else reports, and those who may vouch are asked."""
    user, rule = _account(request, pk)
    under_way = selectors.live_of(user)
    at, actor = now(), request.actor
    if under_way is not None and not under_way.is_over(at):
        return redirect("recovery", under_way.pk)
    person = Person.objects.get(user=user)
    probe = Recovery(user=user, person=person, way=rule.way)
    vouches = policy.may_vouch(actor, probe, at).allowed
    form: BaseForm = (IdentityForm if vouches else BaseForm)(request.POST or None)
    vouchers = selectors.vouchers_for(user, rule, at)
    if request.method == "POST" and form.is_valid():
        made = done_by(
            form,
            lambda: (
                services.vouch(user, form.identity, actor, at, form.key)
                if isinstance(form, IdentityForm)
                else services.report(user, actor, at, form.key)
            ),
        )
        if made is not None:
            return redirect("recovery", made.pk)
    context = {
        "form": form,
        "person": person,
        "rule": rule,
        "vouches": vouches,
        "vouchers": vouchers,
        "by_letter": not vouchers and policy.may_record_letter(actor, probe, at).allowed,
        "account": user,
        "submit": _("I vouch for this person") if vouches else _("Report the lost phone"),
        "back": organization_page_of(actor, person),
        "confirm_url": confirm_url(request),
    }
    return render(request, "recovery/lost_phone.html", context)


@require_http_methods(["GET", "POST"])
@screen(
    gettext_lazy("Lost phone: record the letter that vouches"), COORDINATION | OFFICE_AND_ASSISTANTS, "D17"
)
@with_code
def letter(request: Request, pk: UUID) -> HttpResponse:
    """Where nobody else of the organization could vouch."""
    user, rule = _account(request, pk)
    at, actor = now(), request.actor
    under_way = selectors.live_of(user)
    person = Person.objects.get(user=user)
    demand(policy.may_record_letter(actor, under_way or Recovery(user=user, way=rule.way), at))
    form = LetterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = done_by(
            form,
            lambda: services.record_letter(
                under_way or user, form.letter, form.identity, actor, at, form.key
            ),
        )
        if made is not None:
            return redirect("recovery", made.pk)
    return form_page(
        request,
        form,
        _("Record the letter that vouches"),
        _("Record the letter"),
        reverse("lost-phone", args=[user.pk]),
        person.name,
        "D17",
        _("Nobody else of the organization can vouch, so its letter does. Somebody else confirms it."),
    )


@require_safe
@screen(gettext_lazy("One lost phone: where it stands"), rule="D11")
def show(request: Request, pk: UUID) -> HttpResponse:
    """For those who take part; 404 for everybody else."""
    recovery = find(request, Recovery, pk)
    at, actor = now(), request.actor
    over = recovery.is_live and recovery.is_over(at)
    offers = {
        offer.transition.action: offer.decision for offer in RECOVERY.offers(recovery, actor, at) if not over
    }
    is_voucher = recovery.voucher is not None and recovery.voucher.user_id == actor.user_id

    def allowed(action: str) -> bool:
        return action in offers and offers[action].allowed

    context = {
        "recovery": recovery,
        "over": over,
        "may_vouch": recovery.state == RecoveryState.OPEN and allowed("vouch"),
        "may_vouch_anew": recovery.state == RecoveryState.VOUCHED and allowed("vouch") and not is_voucher,
        "may_confirm": allowed("confirm") and not is_voucher,
        "may_record_letter": recovery.state == RecoveryState.OPEN
        and allowed("record_letter")
        and not selectors.vouchers_for(recovery.user, rule_of(recovery.way), at),
        "may_stop": allowed("stop"),
        "is_voucher": is_voucher,
        "is_person": actor.user_id == recovery.user_id,
    }
    return render(request, "recovery/show.html", context)


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Lost phone: vouch for the person"), policy.REPORTERS, "D11")
@with_code
def vouch(request: Request, pk: UUID) -> HttpResponse:
    """For a report that waits, or where whoever vouched is gone."""
    recovery = find(request, Recovery, pk)
    at = now()
    demand(policy.may_vouch(request.actor, recovery, at))
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = done_by(form, lambda: services.vouch(recovery, form.identity, request.actor, at, form.key))
        if made is not None:
            return redirect("recovery", recovery.pk)
    return form_page(
        request,
        form,
        _("Vouch for the person"),
        _("I vouch for this person"),
        reverse("recovery", args=[recovery.pk]),
        recovery.person.name,
        "D11",
        _(
            "Speak with the person yourself. A mail or a message is not enough: whoever has the phone may write it."
        ),
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Lost phone: confirm it"), COORDINATION | OFFICE_AND_ASSISTANTS, "D11")
@with_code
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """The second person: all sessions of the account end, the link goes to the person's address."""
    recovery = find(request, Recovery, pk)
    at = now()
    demand(policy.may_confirm(request.actor, recovery, at))
    form = ConfirmForm(request.POST or None, by_letter=recovery.by_letter)
    if request.method == "POST" and form.is_valid():
        made = done_by(form, lambda: services.confirm(recovery, form.identity, request.actor, at, form.key))
        if made is not None:
            return redirect("recovery", recovery.pk)
    return form_page(
        request,
        form,
        _("Confirm the lost phone"),
        _("Confirm"),
        reverse("recovery", args=[recovery.pk]),
        recovery.person.name,
        "D11",
        _(
            "Call whoever vouched on a number that you knew before, or speak with the person. All sessions of the "
            "account end; a link goes to the address of the account."
        ),
    )


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("Lost phone: stop it"), rule="D11")
def stop(request: Request, pk: UUID) -> HttpResponse:
    """Takes something away only, so it needs no code."""
    recovery = find(request, Recovery, pk)
    at = now()
    demand(policy.may_stop(request.actor, recovery, at))
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = done_by(form, lambda: services.stop(recovery, request.actor, at, reason, form.key))
        if made is not None:
            return redirect("recovery", recovery.pk)
    return form_page(
        request,
        form,
        _("Stop it"),
        _("Stop it"),
        reverse("recovery", args=[recovery.pk]),
        recovery.person.name,
        "D11",
        _("A link that went out opens nothing any more. The old phone keeps working."),
    )
