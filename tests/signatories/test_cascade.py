"""§4.h: each focal point records how the standards were shared; the percentage by organization."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories.cascade import selectors, services
from signatories.cascade.models import CascadeRecord
from tests.personas import outsider_client

from .doors import coordinator_client, hidden, member_client, text_of
from .network import NOW, TODAY, Network

pytestmark = [pytest.mark.django_db, pytest.mark.rule("§4.h"), pytest.mark.usefixtures("clock")]


def share(network: Network, edition: Edition, member: str = "alpha", **changes: Any) -> CascadeRecord:
    values: dict[str, Any] = {"shared_on": TODAY, "audience": "staff", "reached": 30, "people": 40}
    actor = changes.pop("actor", network.actor(f"{member}.first", Capacity.PRIMARY_FOCAL_POINT))
    return services.record(network.members[member], edition, **values | changes, actor=actor, now=NOW)


def test_of_several_records_for_one_audience_the_newest_counts(signed: Network, edition: Edition) -> None:
    share(signed, edition)
    share(signed, edition, reached=40)
    share(signed, edition, audience="field", reached=1, people=60)
    alpha = selectors.by_organization(1, TODAY)[0]
    assert (alpha.reach.reached, alpha.reach.people, alpha.reach.percent) == (41, 100, 41)
    assert CascadeRecord.objects.count() == 3


def test_nobody_records_it_for_another_organization(signed: Network, edition: Edition) -> None:
    others = (
        signed.actor("beta.first", Capacity.PRIMARY_FOCAL_POINT),
        signed.head("alpha"),
        signed.coordinator,
    )
    for actor in others:
        with pytest.raises(Refused) as refusal:
            share(signed, edition, actor=actor)
        assert refusal.value.code == "policy"
    assert not CascadeRecord.objects.exists()


def test_what_cannot_be_is_refused(signed: Network, edition: Edition) -> None:
    changes: list[tuple[dict[str, Any], str]] = [
        ({"reached": 41}, "cannot be more"),
        ({"audience": "everybody"}, "choose one"),
        ({"shared_on": date(2026, 1, 12)}, "has not come"),
        ({"shared_on": date(2022, 1, 30)}, "before the edition"),
        ({"member": "beta"}, "your organization is none today"),
    ]
    for change, words in changes:
        with pytest.raises(Refused, match=words):
            share(signed, edition, **change)
    assert not CascadeRecord.objects.exists()


def test_through_the_door(signed: Network, edition: Edition, django_assert_max_num_queries: Any) -> None:
    focal = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    address = reverse("cascade-record")
    form = hidden(focal.get(address))
    typed = {"shared_on": "11/1/2026", "audience": "staff", "reached": "٣٠", "people": ""}
    kept = focal.post(address, form | typed)
    assert "People in this audience: write a number." in text_of(kept)
    assert 'value="٣٠"' in kept.content.decode()
    assert focal.post(address, form | typed | {"people": "40"}).status_code == 302
    assert "75%" in text_of(focal.get(reverse("cascade")))
    keeper = coordinator_client(signed)
    keeper.get(reverse("cascade"))
    with django_assert_max_num_queries(12):
        seen = text_of(keeper.get(reverse("cascade")))
    assert "1 of 1 organizations have recorded it" in seen
    assert "30 / 40" in seen
    outsider = outsider_client()
    assert "30" not in text_of(outsider.get(reverse("cascade"))).split("Standards shared inside")[1]
    assert outsider.post(address, form | typed | {"people": "40"}).status_code == 403 or (
        CascadeRecord.objects.count() == 1
    )


def test_staff_without_an_account_are_counted_beside_those_who_confirmed_the_text(
    signed: Network, edition: Edition
) -> None:
    share(signed, edition)
    share(signed, edition, audience="field", reached=5, people=60)
    page = text_of(coordinator_client(signed).get(reverse("acknowledgement-rates")))
    assert "35 of 100" in page
    assert "not recorded" in page  # of the others


def test_an_organization_that_did_not_sign_reads_why_instead_of_filling_a_form(
    signed: Network, edition: Edition
) -> None:
    beta = member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
    page = beta.get(reverse("cascade")).content.decode()
    assert reverse("cascade-record") not in page
    assert "Signatories record this; your organization is none today." in page
