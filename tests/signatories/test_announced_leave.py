"""Suspending is a right until the withdrawal takes effect, not until it is announced (§4.f)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from signatories import selectors, services
from signatories.models import Organization, OrganizationState
from signatories.standing import Standing

from .doors import hidden, member_client, text_of
from .network import NOW, TODAY, Network, acting_as, counts, later, received

pytestmark = pytest.mark.django_db
LEAVES = TODAY + timedelta(days=20)
SOON = TODAY + timedelta(days=5)


@pytest.fixture
def leaving(signed: Network) -> Organization:
    """Alpha has announced that it leaves in twenty days."""
    alpha = signed.members["alpha"]
    services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=LEAVES)
    return alpha


def standings(alpha: Organization) -> list[Standing]:
    return [selectors.standing(alpha, day) for day in (TODAY, SOON, LEAVES)]


@pytest.mark.rule("§4.f")
def test_an_organization_that_leaves_later_suspends_and_resumes_until_then(
    signed: Network, leaving: Organization
) -> None:
    services.suspend(leaving, signed.head("alpha"), NOW, reason="safety", effective_on=TODAY)
    assert standings(leaving) == [Standing.SUSPENDED, Standing.SUSPENDED, Standing.WITHDRAWN]
    services.resume(leaving, signed.head("alpha"), NOW, effective_on=SOON)
    assert standings(leaving) == [Standing.SUSPENDED, Standing.SIGNATORY, Standing.WITHDRAWN]
    leaving.refresh_from_db()
    assert leaving.state == OrganizationState.WITHDRAWN


@pytest.mark.rule("§9.i")
@pytest.mark.usefixtures("clock")
def test_take_part_shows_the_withdrawal_that_lies_ahead(signed: Network, leaving: Organization) -> None:
    receipt = reverse("participation-entry", args=[leaving.participation.get(kind="withdrawn").pk])
    own, other = (
        member_client(signed, f"{name}.head", Capacity.HEAD_OF_AGENCY)
        .get(reverse("take-part"))
        .content.decode()
        for name in ("alpha", "beta")
    )
    assert "Withdrawal announced" in own
    assert receipt in own
    assert "Withdrawal announced" not in other


@pytest.mark.rule("D17")
def test_a_paper_suspension_of_one_that_leaves_later_takes_effect_at_once(
    signed: Network, leaving: Organization
) -> None:
    paper = received(reason="security")
    services.record_suspension_received_outside(leaving, paper, signed.coordinator, NOW)
    assert standings(leaving) == [Standing.SUSPENDED, Standing.SUSPENDED, Standing.WITHDRAWN]
    back = received(effective_on=SOON)
    entry = services.record_resumption_received_outside(leaving, back, signed.coordinator, NOW)
    services.confirm_received(entry, signed.head("alpha"), NOW)
    assert standings(leaving) == [Standing.SUSPENDED, Standing.SIGNATORY, Standing.WITHDRAWN]


@pytest.mark.rule("§4.f")
def test_what_makes_no_sense_before_the_leave_is_refused_and_writes_nothing(
    signed: Network, leaving: Organization
) -> None:
    head = signed.head("alpha")
    before = counts()
    with pytest.raises(Refused, match="takes effect on 2026-01-31"):
        services.suspend(leaving, head, NOW, reason="safety", effective_on=LEAVES)
    with pytest.raises(Refused, match="not suspended"):
        services.resume(leaving, head, NOW, effective_on=TODAY)
    with pytest.raises(Refused):
        services.suspend(leaving, signed.head("beta"), NOW, reason="safety", effective_on=TODAY)
    assert counts() == before
    services.suspend(leaving, head, NOW, reason="safety", effective_on=SOON)
    before = counts()
    with pytest.raises(Refused, match="already"):
        services.suspend(leaving, head, NOW, reason="safety", effective_on=SOON)
    with pytest.raises(Refused, match="takes effect on 2026-01-16"):
        services.resume(leaving, head, NOW, effective_on=TODAY)
    assert counts() == before


@pytest.mark.rule("§9.i")
def test_once_it_has_left_there_is_nothing_to_suspend(signed: Network, leaving: Organization) -> None:
    after = later(days=20)
    head = acting_as(signed.people["alpha.head"], Capacity.HEAD_OF_AGENCY, leaving, after)
    coordinator = acting_as(signed.coordinator_person, Capacity.COORDINATOR, signed.coordination, after)
    before = counts()
    for act in (
        lambda: services.suspend(leaving, head, after, reason="safety", effective_on=LEAVES),
        lambda: services.resume(leaving, head, after, effective_on=LEAVES),
    ):
        with pytest.raises(Refused, match="withdr"):
            act()
    paper = received(received_on=LEAVES, effective_on=LEAVES, reason="security")
    with pytest.raises(Refused, match="withdr"):
        services.record_suspension_received_outside(leaving, paper, coordinator, after)
    assert counts() == before


@pytest.mark.rule("§4.f")
@pytest.mark.usefixtures("clock")
def test_the_page_offers_the_one_act_that_fits(signed: Network, leaving: Organization) -> None:
    client = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = client.get(reverse("take-part")).content.decode()
    assert f'href="{reverse("suspend")}"' in page
    assert f'href="{reverse("resume")}"' not in page
    form = hidden(client.get(reverse("suspend")))
    answers = {"reason": "safety", "scope": "all", "notifications_continue": "yes"}
    done = client.post(reverse("suspend"), form | answers | {"effective_on": "11/1/2026"})
    assert done.status_code == 302, text_of(done)
    page = client.get(reverse("take-part")).content.decode()
    assert reverse("resume") in page
    assert f'href="{reverse("suspend")}"' not in page
