"""Read and understood: on entry, after a new post, for a new edition, every year; bound to text and language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from audit.actors import system_actor
from intranet.access.roles import Capacity
from intranet.clock import due
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.editions import services as editions
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from signatories import services as people
from signatories.acknowledgements import deadlines, rules, selectors, services
from signatories.acknowledgements.models import TextAcknowledgement, Trigger
from tests.forms_app.data_requests.world import adopt_protocol
from tests.signatories import network as members
from tests.signatories.network import NOW, TODAY, Network

pytestmark = pytest.mark.django_db


def edition(number: int, minor: int = 0) -> Any:
    return SimpleNamespace(number=number, minor=minor)


def given(number: int, on: date, valid: date | None = None) -> Any:
    return SimpleNamespace(edition=edition(number), given_on=on, valid_until=valid or on + rules.COUNTS)


DAY = date(2026, 6, 1)


@pytest.mark.rule("D7")
@pytest.mark.parametrize(
    ("last", "post_since", "in_force", "asked"),
    [
        (None, None, edition(1), None),
        (None, DAY, edition(1), Trigger.ENTRY),
        (given(1, DAY - timedelta(days=10)), DAY - timedelta(days=90), edition(1), None),
        (given(1, DAY - timedelta(days=10)), DAY - timedelta(days=90), edition(1, 3), None),
        (given(1, DAY - timedelta(days=10)), DAY - timedelta(days=90), edition(2), Trigger.EDITION),
        (given(1, DAY - timedelta(days=10)), DAY - timedelta(days=5), edition(1), Trigger.REASSIGNMENT),
        (given(1, DAY - timedelta(days=10)), DAY - timedelta(days=10), edition(1), None),
        (given(1, DAY - timedelta(days=365)), date(2020, 1, 1), edition(1), None),
        (given(1, DAY - timedelta(days=366)), date(2020, 1, 1), edition(1), Trigger.YEARLY),
    ],
)
def test_who_is_asked(last: Any, post_since: date | None, in_force: Any, asked: Trigger | None) -> None:
    assert rules.asked(rules.Facts(last, post_since), in_force, DAY) == asked


@pytest.fixture
def network(db: None) -> Network:
    adopt_protocol()
    made = members.found_network()
    made.member("alpha")
    return made


@pytest.fixture
def text(network: Network) -> Edition:
    return edition_in_force(TODAY)


def asks(network: Network, now: Any = NOW) -> set[str]:
    return {person.email for person in selectors.waiting(now)}


def test_everybody_is_asked_once_and_bound_to_text_and_language(network: Network, text: Edition) -> None:
    head, actor = network.people["alpha.head"], network.head("alpha")
    assert head.email in asks(network)
    assert any("confirm that you have understood" in str(row.what) for row in due.due_rows(actor, NOW))
    row = services.acknowledge(head, text.sha256, "ar", actor, NOW)
    assert (row.trigger, row.edition_sha256, row.language) == (Trigger.ENTRY, text.sha256, "ar")
    assert row.statement_sha256 == rules.hash_of(rules.statement(text, "ar"))
    assert row.statement_sha256 != rules.hash_of(rules.statement(text, "en"))
    assert row.valid_until == TODAY + timedelta(days=365)
    assert head.email not in asks(network)
    with pytest.raises(Refused, match="nothing is asked"):
        services.acknowledge(head, text.sha256, "en", actor, NOW)
    assert head.email not in asks(network, NOW + timedelta(days=365))
    assert head.email in asks(network, NOW + timedelta(days=366))


@pytest.mark.rule("D7")
def test_a_minor_edition_leaves_everybody_acknowledged(network: Network, text: Edition) -> None:
    """The list of who waits asks the database, apart from ``rules.asked``: both say the same."""
    head, actor = network.people["alpha.head"], network.head("alpha")
    services.acknowledge(head, text.sha256, "en", actor, NOW)
    before = asks(network)
    minor = editions.adopt_annex(["Alpha"], TODAY, system_actor("test"), NOW)
    assert edition_in_force(TODAY) == minor
    assert asks(network) == before
    assert head.email not in before
    with pytest.raises(Refused, match="nothing is asked"):
        services.acknowledge(head, minor.sha256, "en", actor, NOW)


def test_a_new_post_asks_again(network: Network, text: Edition) -> None:
    second = network.people["alpha.second"]
    services.acknowledge(
        second, text.sha256, "en", network.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT), NOW
    )
    later = NOW + timedelta(days=40)
    people.appoint(
        second,
        network.members["alpha"],
        Capacity.SENIOR_MANAGEMENT,
        later.date(),
        replace(network.coordinator, verified_at=later),
        later,
    )
    assert second.email in asks(network, later)
    actor = network.actor("alpha.second", Capacity.SENIOR_MANAGEMENT)
    assert services.acknowledge(second, text.sha256, "en", actor, later).trigger == Trigger.REASSIGNMENT


@pytest.mark.rule("trap 44")
@pytest.mark.parametrize("sha256", ["", "0" * 64])
def test_another_text_than_the_one_in_force_is_refused(network: Network, sha256: str) -> None:
    with pytest.raises(Refused, match="has changed"):
        services.acknowledge(network.people["alpha.head"], sha256, "en", network.head("alpha"), NOW)
    assert TextAcknowledgement.objects.count() == 0


def test_nobody_acknowledges_for_somebody_else(network: Network, text: Edition) -> None:
    for actor in (network.coordinator, network.office_actor, network.head("alpha")):
        with pytest.raises(Refused, match="for themselves"):
            services.acknowledge(network.people["alpha.first"], text.sha256, "en", actor, NOW)
    assert TextAcknowledgement.objects.count() == 0


@pytest.mark.rule("D23")
def test_reminders_go_once_in_fourteen_days_and_say_nothing(network: Network, text: Edition) -> None:
    services.acknowledge(network.people["alpha.head"], text.sha256, "en", network.head("alpha"), NOW)
    waiting = asks(network)
    list(deadlines.remind(NOW, True))
    assert Notice.objects.filter(kind=deadlines.KIND).count() == 0
    list(deadlines.remind(NOW, False))
    list(deadlines.remind(NOW, False))
    first = Notice.objects.filter(kind=deadlines.KIND)
    assert {address for notice in first for address in notice.to} == waiting
    assert first.count() == len(waiting)
    assert not any("alpha" in (n.subject + n.text).lower() for n in first)
    list(deadlines.remind(NOW + timedelta(days=14), False))
    assert Notice.objects.filter(kind=deadlines.KIND).count() == 2 * len(waiting)


def test_rates_count_account_holders_by_organization(network: Network, text: Edition) -> None:
    services.acknowledge(network.people["alpha.head"], text.sha256, "en", network.head("alpha"), NOW)
    alpha = network.members["alpha"].pk
    [row] = [row for row in selectors.rates(NOW) if row.organization.pk == alpha]
    assert (row.people, row.acknowledged, row.percent) == (3, 1, 33.3)
    assert [row.organization.pk for row in selectors.rates(NOW, alpha)] == [alpha]


def test_where_no_edition_is_in_force_nobody_is_asked(db: None) -> None:
    made = members.found_network()
    made.member("alpha")
    assert asks(made) == set()
