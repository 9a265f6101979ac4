"""What this floor tells the machinery below: capacities, governed objects, navigation, home rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import capacities as access_capacities
from intranet.access.navigation import Entry
from intranet.access.navigation import register as register_navigation
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.clock import due
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject

from . import capacities, history_words, home_rows, machine, policy
from .models import Organization, ParticipationEntry, Person, Post, SigningAuthority


def register_all() -> None:
    """Called once by the app's ``ready``."""
    access_capacities.register(capacities.held)
    for governed in (
        GovernedObject(
            Organization,
            policy.may_see_organization,
            str,
            machine.ORGANIZATIONS,
            history_words.ORGANIZATION,
        ),
        GovernedObject(Person, policy.may_see_person, str, machine.PEOPLE),
        GovernedObject(Post, policy.may_see_part, str, machine.POSTS, history_words.POST),
        GovernedObject(
            SigningAuthority, policy.may_see_part, str, machine.AUTHORITIES, history_words.AUTHORITY
        ),
        GovernedObject(ParticipationEntry, policy.may_see_part, str, said=history_words.ENTRY),
    ):
        registry.register(governed)
    registry.register_names_over_time(history_words.names_of)
    register_navigation(
        Entry("protocol", _("Who has endorsed"), "endorsements", order=30),
        Entry(
            "protocol",
            _("Take part"),
            "take-part",
            ORGANIZATION_POSTS | {Capacity.SIGNER, Capacity.MEMBER},
            order=40,
        ),
        Entry("network", _("Network"), "network", order=10, main=True),
    )
    due.register(due=home_rows.due, waiting=home_rows.waiting)
