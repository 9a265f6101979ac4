"""A request of the UN family that has not signed: the office classifies it, the full ladder by default (D21)."""

from __future__ import annotations

from dataclasses import replace

import pytest
import time_machine
from django.urls import reverse

from audit.models import Event
from forms_app.data_requests import services
from forms_app.data_requests.models import Classifying, DataRequest
from forms_app.data_requests.next_step import next_step
from forms_app.data_requests.picture import Picture
from forms_app.data_requests.tokens import Classification, Kind, RequesterKind
from intranet.access.roles import Capacity
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused

from .test_door import client_of
from .world import ISSUED, World, at, consulted, issued, registered

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D21")]
LATER = at("2026-01-05")
WHY = "They ask for the own numbers of one agency."

# What each class leads to: state, and whether the request has ended.
LEADS_TO = {
    Classification.FULL_LADDER: ("draft", False),
    Classification.MEDIA: ("media", True),
    Classification.OWN_DATA: ("stopped", True),
    Classification.REFERRED: ("stopped", True),
}


def of_the_family(world: World) -> DataRequest:
    return registered(world, kind=Kind.UN_FAMILY, requester_kind=RequesterKind.UN_FAMILY)


def test_unclassified_it_climbs_the_full_ladder(world: World) -> None:
    request = issued(world, kind=Kind.UN_FAMILY, requester_kind=RequesterKind.UN_FAMILY)
    assert (request.state, request.classification) == ("round_1", Classification.FULL_LADDER)


def test_every_class_is_known_here() -> None:
    assert set(LEADS_TO) == set(Classification)


@pytest.mark.parametrize("chosen", list(Classification))
def test_each_class_is_an_entry_of_the_office_with_its_reason(world: World, chosen: Classification) -> None:
    request = of_the_family(world)
    before = set(Notice.objects.values_list("pk", flat=True))
    services.classify(request, chosen, world.office, LATER, WHY)
    request.refresh_from_db()
    state, ended = LEADS_TO[chosen]
    assert (request.state, request.ended_at is not None) == (state, ended)
    row = Classifying.objects.get()
    assert (row.classification, row.reason, row.by) == (chosen, WHY, world.office.label)
    assert Event.objects.get(action="data_request.classify").reason == WHY
    told = Notice.objects.exclude(pk__in=before)
    assert told.count() == 1, "the Coordinator alone: nobody else was asked yet"
    assert WHY not in told.get().text
    if ended:
        with pytest.raises(Refused):
            services.issue(request, world.coordinator, LATER)
        with pytest.raises(Refused):
            services.classify(request, Classification.FULL_LADDER, world.office, LATER, WHY)


@pytest.mark.parametrize("chosen", [Classification.OWN_DATA, Classification.REFERRED])
def test_what_went_another_way_says_so_and_offers_no_reopening(world: World, chosen: Classification) -> None:
    request = of_the_family(world)
    services.classify(request, chosen, world.office, LATER, WHY)
    step = next_step(Picture(request, LATER))
    assert (step.action, step.rule) == ("", "D21")


def test_a_consulted_request_is_classified_too_and_an_issued_one_no_more(world: World) -> None:
    request = consulted(world, kind=Kind.UN_FAMILY)
    services.classify(request, Classification.FULL_LADDER, world.office, LATER, "Nothing special.")
    assert request.state == "consulted"
    services.issue(request, world.coordinator, LATER)
    with pytest.raises(Refused):
        services.classify(request, Classification.REFERRED, world.office, LATER, WHY)


def test_nobody_but_the_office_itself_classifies(world: World) -> None:
    request = of_the_family(world)
    disguised = replace(world.coordinator, capacity=str(Capacity.OFFICE))
    for actor in (world.coordinator, world.assistant, world.of(world.organizations[0]), disguised):
        with pytest.raises(Refused):
            services.classify(request, Classification.OWN_DATA, actor, LATER, WHY)
    with pytest.raises(Refused, match="Reason"):
        services.classify(request, Classification.OWN_DATA, world.office, LATER, " ")
    with pytest.raises(Refused, match="only requests of the UN family"):
        services.classify(registered(world), Classification.OWN_DATA, world.office, LATER, WHY)
    request.refresh_from_db()
    assert request.state == "draft"
    assert not Classifying.objects.exists()


def test_through_the_door(world: World) -> None:
    with time_machine.travel(ISSUED, tick=False):
        request = of_the_family(world)
        page = reverse("request-classify", args=[request.pk])
        office, coordinator = client_of(world.office), client_of(world.coordinator)
        board = reverse("request-board", args=[request.pk])
        assert page in office.get(board).content.decode()
        assert page in office.get(reverse("request-consult", args=[request.pk])).content.decode()
        assert page not in coordinator.get(board).content.decode()
        assert coordinator.get(page).status_code == 403
        assert office.post(page, {"classification": "referred", "note": ""}).status_code == 400
        assert office.post(page, {"note": WHY}).status_code == 400
        assert office.post(page, {"classification": "referred", "note": WHY}).status_code == 302
        request.refresh_from_db()
        assert request.state == "stopped"
        assert "Referred to another route" in coordinator.get(board).content.decode()
        assert WHY in coordinator.get(reverse("request-facts", args=[request.pk])).content.decode()
        plain = registered(world)
        assert office.get(reverse("request-classify", args=[plain.pk])).status_code == 404
