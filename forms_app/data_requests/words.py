"""Words and shapes for states: the same on the board, the answer page and in lists."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from intranet.access.roles import Capacity

from .facts import AskFacts
from .tokens import AskState, RequestState

_ASK_STANDING = {
    AskState.ASKED.value: "none",
    AskState.AUTHORIZED.value: "ok",
    AskState.REFUSED.value: "late",
    AskState.CONFLICT.value: "soon",
    AskState.FOLLOWED_UP.value: "soon",
    AskState.NO_RESPONSE.value: "quiet",
}
_REQUEST_STANDING = {
    RequestState.RELEASED.value: "ok",
    RequestState.AUTHORIZED.value: "ok",
    RequestState.NOT_RELEASED.value: "quiet",
    RequestState.STOPPED.value: "late",
    RequestState.ON_HOLD.value: "soon",
}


def capacity_word(capacity: str) -> StrOrPromise:
    """A capacity in words."""
    return Capacity(capacity).label if capacity in Capacity.values else capacity


def organization_status(known: AskFacts, now: datetime) -> tuple[StrOrPromise, str]:
    """Word and standing of one organization; silence is never coloured like a yes (§7B.2)."""
    if known.closed_at is None:
        if known.position.bounced:
            return _("Mail bounced"), "late"
        if known.unconfirmed() is not None:
            return _("Received, not confirmed"), "soon"
        if known.needs_to_ask() is not None and known.ask.state == AskState.ASKED:
            return _("Needs to ask"), "soon"
    state = known.state(now)
    return AskState(state).label, _ASK_STANDING[state]


def request_status(state: str) -> tuple[StrOrPromise, str]:
    """Word and standing of a request."""
    return RequestState(state).label, _REQUEST_STANDING.get(state, "none")
