"""Guards that follow from stops: of an organization of the round, and of the receiving party."""

from __future__ import annotations

from django.utils.translation import gettext as _

from forms_app.common import parties
from intranet.workflow.machine import ALLOWED, Context, Decision

from . import people
from .models import Ask, DataRequest


def organization_still_shares(context: Context) -> Decision:
    """Trap 12: who suspended, stopped the flow or withdrew since it was asked is out of this round."""
    ask: Ask = context.obj
    if not people.is_out(ask.organization, ask.round.issued_at, context.now):
        return ALLOWED
    return Decision(
        False,
        _(
            "This organization has stopped sharing since it was asked. Its figures are left out of this request; "
            "it is asked in a new round only when it shares again."
        ),
        "D22",
    )


def party_is_kept_back(context: Context) -> Decision:
    """The hold of a suspended receiving party needs the suspension itself."""
    request: DataRequest = context.obj
    if not parties.decision(request.requester_organization, context.now).allowed:
        return ALLOWED
    return Decision(False, _("This receiving party is not suspended."), "§7B.7")
