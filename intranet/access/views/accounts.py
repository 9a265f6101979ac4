"""The Coordinator's page of accounts: who is invited, who is set up, who is out."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from intranet.clock import now
from intranet.forms.base import BaseForm
from intranet.workflow.runner import Refused

from .. import accounts, selectors
from ..http import Request
from ..models import User
from ..policy import screen
from ..roles import COORDINATION
from ..step_up import fresh_code


class InviteForm(BaseForm):
    """Who is invited. A post is given on the person's own page; without one nothing is open."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    given = forms.CharField(label=_("Given name"), max_length=80)
    family = forms.CharField(label=_("Family name"), max_length=80)


class StandingForm(BaseForm):
    """Why an account is closed or opened again; the service says when nothing is written."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


@require_http_methods(["GET", "HEAD"])
@screen(_("Accounts and invitations"), COORDINATION)
def listing(request: Request) -> HttpResponse:
    """All accounts with their standing."""
    return render(request, "access/accounts.html", {"rows": selectors.account_rows(now())})


@require_http_methods(["GET", "HEAD", "POST"])
@screen(_("Invite somebody"), COORDINATION, "D11")
@fresh_code
def invite(request: Request) -> HttpResponse:
    """Opens the account where there is none, and sends the link."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data, at = form.cleaned_data, now()
        try:
            user = accounts.open_account(data["email"], data["given"], data["family"], request.actor, at)
            accounts.invite(user, request.actor, at, key=form.key)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect("access:accounts")
    return render(request, "access/invite.html", {"form": form})


def _account(pk: UUID) -> User:
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise Http404
    return user


@require_POST
@screen(_("Invite an account again"), COORDINATION, "D11")
@fresh_code
def invite_again(request: Request, pk: UUID) -> HttpResponse:
    """For a lost link; an account that is set up already goes the way of the lost phone."""
    try:
        accounts.invite(_account(pk), request.actor, now())
    except Refused as refusal:
        rows = selectors.account_rows(now())
        return render(request, "access/accounts.html", {"rows": rows, "problem": refusal.reason}, status=409)
    return redirect("access:accounts")


@require_POST
@screen(_("Deactivate an account, or open it again"), COORDINATION, "D11")
@fresh_code
def standing(request: Request, pk: UUID) -> HttpResponse:
    """``standing``: ``active`` or ``deactivated``; with a reason."""
    user = _account(pk)
    change = accounts.reactivate if request.POST.get("standing") == "active" else accounts.deactivate
    form = StandingForm(request.POST)
    problem = "" if form.is_valid() else form.error_list[0]["text"]
    try:
        if not problem:
            change(user, request.actor, now(), form.cleaned_data["reason"])
    except Refused as refusal:
        problem = refusal.reason
    except ValidationError as error:
        problem = " ".join(error.messages)
    if problem:
        context = {
            "rows": selectors.account_rows(now()),
            "problem": problem,
            "typed_for": user.pk,
            "typed": request.POST.get("reason", ""),
        }
        return render(request, "access/accounts.html", context, status=409)
    return redirect("access:accounts")
