"""What the other slices ask: the release guard (D33), and whether anything goes on for a party."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forms_app.common.release_guards import ReleaseGuard
from intranet.clock.wording import plain_date
from intranet.workflow.machine import ALLOWED, Decision

from . import selectors
from .models import State

RULE = "§7B.7"  # the caveat's last sentence, C3; the same sentence stands in §7A


class PartyKeeper:
    """This slice behind ``forms_app.common.parties``."""

    def decision(self, name: str, now: datetime) -> Decision:
        """Nothing goes on for a suspended party, nor for a name that may be one until a person has said."""
        found = selectors.keeping_back(name)
        if found is None:
            return ALLOWED
        known, waits = found
        names = {
            "name": name.strip(),
            "party": known.suspension.party,
            "reference": known.suspension.reference,
            "day": plain_date(known.suspension.from_on),
        }
        if waits:
            sentence = _(
                "The name “%(name)s” is near that of “%(party)s”, a suspended receiving party (%(reference)s): "
                "say first whether they are the same."
            )
        elif known.suspension.state == State.PROPOSED:
            sentence = _(
                "“%(party)s” is held since %(day)s; the office decides on its suspension (%(reference)s)."
            )
        else:
            sentence = _("“%(party)s” is suspended as a receiving party since %(day)s (%(reference)s).")
        return Decision(False, sentence % names, RULE)

    def broken_since(self, name: str, instant: datetime) -> bool:
        """Decided by the office, opened after ``instant``."""
        return any(known.is_party(name) for known in selectors.decided_after(instant))

    def url(self, name: str) -> str:
        """The page of the suspension."""
        found = selectors.keeping_back(name)
        return reverse("party-suspension", args=[found[0].suspension.pk]) if found else ""


def _check(request: Any, now: datetime) -> Decision:
    return PartyKeeper().decision(request.requester_organization, now)


GUARD = ReleaseGuard("receiving_party", gettext_lazy("The receiving party is not suspended"), RULE, _check)
