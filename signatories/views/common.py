"""What the screens of this floor share: finding what the actor may see, doing an act from a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.access.http import Request
from intranet.access.roles import OFFICE
from intranet.access.step_up import is_fresh, to_confirm
from intranet.clock import now
from intranet.forms import BaseForm, BaseModelForm
from intranet.listing import listed
from intranet.workflow import registry
from intranet.workflow.machine import Decision
from intranet.workflow.runner import Refused

from ..models import Organization, ParticipationEntry, Person
from ..selectors import files_read, organization_of

Row = TypeVar("Row", bound=models.Model)
View = Callable[..., HttpResponseBase]


def find(request: Request, model: type[Row], pk: UUID) -> Row:
    """The row, or 404 where it does not exist for the actor (D10)."""
    governed = registry.find(str(model._meta.model_name))
    row = model._default_manager.filter(pk=pk).first()
    if row is None or governed is None or not governed.may_view(request.actor, row, now()).allowed:
        raise Http404
    return row


def own_organization(request: Request) -> Organization:
    """The organization that the actor acts for; 403 with the reason for jobs of the network."""
    row = organization_of(request.actor)
    if row is None:
        raise PermissionDenied
    return row


def organization_page_of(actor: Actor, person: Person) -> str:
    """Where to go back to from a person: the actor's own organization, else the newest post's."""
    posts = person.posts.order_by("-begins_on")
    post = posts.filter(organization=actor.organization_id).first() or posts.first()
    return reverse("organization", args=[post.organization_id]) if post else reverse("network")


def demand(decision: Decision) -> None:
    """403 with the policy's reason when it says no."""
    if not decision.allowed:
        raise PermissionDenied(str(decision.reason))


def with_code(view: View) -> View:
    """Under ``@screen``: a fresh code before the form opens (D11).

    A form whose code grew old while it was filled in is shown again with everything that was typed;
    the runner refuses it, and ``done_by`` offers the code page beside it.
    """

    @wraps(view)
    def ask_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "GET" and not is_fresh(request):
            return to_confirm(request)
        return view(request, *args, **kwargs)

    return ask_first


def done_by(form: BaseForm | BaseModelForm, act: Callable[[], Any]) -> Any | None:
    """Do ``act``; a refusal becomes the form's error (with what was typed kept) and None is returned."""
    try:
        return act()
    except Refused as refusal:
        form.refuse(refusal)
        form.needs_code = refusal.code == "step_up"  # type: ignore[union-attr]
    except IntegrityError:
        form.add_error(None, _("Somebody saved the same at this very moment. Look at it, then try again."))
    return None


def file_was_read(form: BaseForm, actor: Actor, entries: Sequence[ParticipationEntry]) -> bool:
    """D17: an office person confirms against the file, so it was opened; else the form says which one to open.

    What somebody else answered meanwhile is left to the runner, which says who.
    """
    if actor.capacity not in OFFICE:
        return True
    read = files_read(actor, entries)
    waiting = [entry for entry in entries if getattr(entry, "answer_entry", None) is None]
    unread = [entry.organization.name for entry in waiting if entry.pk not in read]
    if unread:
        form.add_error(None, _("Open the file first: %s.") % listed(unread))
    return not unread


def confirm_url(request: HttpRequest) -> str:
    """The code page, and back here."""
    return f"{reverse('access:confirm')}?{urlencode({'next': request.path})}"


_NOTES = {
    "§2": gettext_lazy(
        "UN agencies and implementing partners sign and report; others are listed as what they are."
    ),
    "D9": gettext_lazy(
        "Posts carry their first and last day; what somebody may do follows from them, day by day."
    ),
    "D10": gettext_lazy("How somebody signs in is changed by that person alone, never by anybody else."),
    "D11": gettext_lazy(
        "The link expires; with it the person chooses a password and sets up the second factor."
    ),
    "§7B.1": gettext_lazy("Mail that came back is not silence: it is a contact to repair."),
    "§4.b": gettext_lazy(
        "Partners report allegations to the UN agency with which they have an agreement, and the agency informs "
        "Coordinator and office."
    ),
    "D19": gettext_lazy("The Head of Agency signs, or somebody whom the Head of Agency names in writing."),
}


def form_page(
    request: Request,
    form: object,
    heading: str,
    submit: str,
    back: str,
    lead: str = "",
    clause: str = "D9",
    note: StrOrPromise = "",
) -> HttpResponse:
    """The page with one form of this floor: why it is asked beside it, and the code page where it grew old."""
    context = {
        "note": note or _NOTES[clause],
        "form": form,
        "heading": heading,
        "lead": lead,
        "submit": submit,
        "back": back,
        "clause": clause,
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/form.html", context)
