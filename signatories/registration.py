"""What this floor tells the machinery below: capacities, governed objects, navigation, home rows."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import attempts, inviters
from intranet.access import capacities as access_capacities
from intranet.access.navigation import Entry
from intranet.access.navigation import register as register_navigation
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.clock import changes, due, pulse
from intranet.notices import outbox
from intranet.papers import kinds
from intranet.workflow import registry
from intranet.workflow.registry import GovernedObject
from protocol_pages.editions import consequence

from . import (
    annex,
    capacities,
    certificates,
    counts,
    history_words,
    home_rows,
    machine,
    naming,
    open_rows,
    own_address,
    policy,
)
from .accounts import rules as account_rules
from .changes import SOURCES
from .days import network_day
from .models import Organization, OrganizationAlias, ParticipationEntry, Person, Post, SigningAuthority
from .register import year
from .selectors import signatories_on


def register_all() -> None:
    """Called once by the app's ``ready``."""
    access_capacities.register(capacities.held)
    inviters.register(inviter=account_rules.may_invite)
    attempts.speaks(account_rules.language_of)
    for governed in (
        GovernedObject(Organization, policy.may_see_organization, str, machine.ORGANIZATIONS),
        GovernedObject(OrganizationAlias, policy.may_see_part, str, naming.ALIASES),
        GovernedObject(Person, policy.may_see_person, str, machine.PEOPLE),
        GovernedObject(Post, policy.may_see_part, str, machine.POSTS),
        GovernedObject(SigningAuthority, policy.may_see_part, str, machine.AUTHORITIES),
        GovernedObject(ParticipationEntry, policy.may_see_entry, str),
    ):
        registry.register(governed)
    registry.say(history_words.SAID)
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
        Entry(
            "network", _("My organization’s year"), "own-year", frozenset({Capacity.HEAD_OF_AGENCY}), order=60
        ),
        Entry("network", _("My details"), "me", order=90),
    )
    changes.register(*SOURCES)
    kinds.register(kinds.PaperKind(year.KIND, "OY", _("Year of an organization")))
    outbox.private_link(own_address.KIND, own_address.link_of)
    kinds.register(certificates.KIND)
    consequence.register_count(lambda now: len(signatories_on(network_day(now))))
    pulse.register(counts.counts)
    due.register(due=home_rows.due, waiting=home_rows.waiting, jobs=annex.JOBS)
    due.register(due=open_rows.due, waiting=open_rows.waiting)
