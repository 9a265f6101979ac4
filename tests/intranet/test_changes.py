"""Changed since the last visit: what concerns a capacity, nothing of other organizations, one query (ux 1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import PageViewRestriction

from audit.actors import Actor, acting
from forms_app.data_requests import services as requests
from forms_app.data_requests.models import DataRequest, MediaDecision
from forms_app.data_requests.tokens import Choice, Kind
from forms_app.monthly_reports.models import MonthlyReport
from intranet.access import session
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.clock import changes
from protocol_pages.models import GuidanceIndexPage, GuidancePage, NewsIndexPage, NewsPage
from signatories.models import EntryKind, ParticipationEntry
from tests.factories import make_authenticator, make_user
from tests.forms_app.data_requests.conftest import first_world, own_figures, world  # noqa: F401
from tests.forms_app.data_requests.test_door import client_of
from tests.forms_app.data_requests.world import JOB, World, at, everybody_authorizes, given, issued
from tests.intranet.access.doors import post_code, post_password
from tests.personas import give, persona_client

pytestmark = pytest.mark.django_db
BEFORE = at("2026-01-03")
LATER = at("2026-01-05")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(LATER, tick=False) as traveller:
        yield traveller


def seen(actor: Actor, since: datetime | None = BEFORE, limit: int = 50) -> list[str]:
    return [str(change.what) for change in changes.since(actor, since, LATER, limit)]


def entry(world: World, number: int, kind: EntryKind, at_: datetime = LATER) -> None:  # noqa: F811
    with acting(JOB):
        ParticipationEntry.objects.create(
            organization=world.organizations[number],
            number=ParticipationEntry.objects.filter(organization=world.organizations[number]).count() + 1,
            kind=kind,
            in_effect=True,
            effective_on=date(2026, 1, 5),
            recorded_at=at_,
            signer_name="Signer Example",
            recorded_by="tests",
            recorded_capacity="head_of_agency",
        )


def publish(title: str, slug: str) -> GuidancePage:
    page = GuidanceIndexPage.objects.get().add_child(instance=GuidancePage(title=title, slug=slug))
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.mark.rule("§7B")
def test_the_coordinator_sees_states_of_requests_each_once(world: World) -> None:  # noqa: F811
    request = issued(world)
    everybody_authorizes(world, request, LATER)
    assert f"{request.reference}: With organizations" not in seen(world.coordinator), "her own act"
    assert seen(world.office) == [f"{request.reference}: With organizations"]
    requests.send_to_office(request, world.coordinator, LATER)
    assert seen(world.office) == [f"{request.reference}: With the DSRSG/HC/RC office"]
    assert seen(world.office, LATER) == []


@pytest.mark.rule("D10")
def test_an_organization_sees_its_own_part_and_nothing_of_others(world: World) -> None:  # noqa: F811
    request = issued(world)
    first, second = world.asks(request)[:2]
    requests.answer(second, Choice.AUTHORIZE, world.of(second.organization), LATER)
    own, other = world.of(first.organization), world.of(second.organization)
    assert seen(own) == [f"{request.reference}: your organization is asked"]
    colleague = world.of(second.organization, Capacity.HEAD_OF_AGENCY)
    assert seen(colleague) == [f"{request.reference}: an answer was entered for your organization"]
    assert seen(other) == [f"{request.reference}: your organization is asked"], "her own answer left out"
    requests.answer(first, Choice.REFUSE, own, LATER)
    for actor in (own, other, colleague):
        shown = seen(actor)
        assert f"{request.reference}: this request has ended, nothing was released" in shown
        assert not any(o.name_en in line for o in world.organizations for line in shown)
    outsider = Actor("Out", "primary_focal_point", make_user().pk, make_user().pk, "Elsewhere")
    assert seen(outsider) == []
    assert seen(Actor("Reader", "member", make_user().pk)) == []


@pytest.mark.rule("§4.f")
def test_the_register_tells_all_of_endorsements_and_only_some_of_suspensions(world: World) -> None:  # noqa: F811
    entry(world, 0, EntryKind.SUSPENDED)
    entry(world, 1, EntryKind.WITHDRAWN)
    entry(world, 2, EntryKind.ENDORSED, BEFORE)
    withdrawn, suspended = "Withdrawal: Agency 001", "Suspension of sharing: Agency 000"
    assert set(seen(world.coordinator)) == set(seen(world.office)) == {withdrawn, suspended}
    assert set(seen(world.of(world.organizations[0]))) == {withdrawn, suspended}
    assert seen(world.of(world.organizations[2])) == [withdrawn]


def test_pages_new_and_changed_are_for_everybody_unless_restricted(world: World) -> None:  # noqa: F811
    with time_machine.travel(BEFORE - timedelta(days=1), tick=False):
        old = publish("Old guidance", "old")
        closed = publish("Closed guidance", "closed")
        PageViewRestriction.objects.create(page=closed, restriction_type="login")
    publish("New guidance", "new")
    NewsIndexPage.objects.get().add_child(instance=NewsPage(title="A draft", slug="draft", live=False))
    old.title = "Old guidance, mended"
    old.save_revision().publish()
    closed.save_revision().publish()
    for capacity in (Capacity.MEMBER, Capacity.AUDITOR, Capacity.COORDINATOR):
        assert set(seen(Actor("X", str(capacity), make_user().pk))) == {
            "New: New guidance",
            "Changed: Old guidance, mended",
        }
    found = changes.since(world.coordinator, BEFORE, LATER, 9)
    member = persona_client(Capacity.MEMBER)
    assert all(member.get(change.url).status_code == 200 for change in found)


@pytest.mark.rule("§6.1")
def test_reports_are_told_to_colleagues_and_receivers_without_figures(world: World) -> None:  # noqa: F811
    from forms_app.monthly_reports import services as months

    agency = world.organizations[0]
    sender = world.of(agency)
    months.report_nothing(agency, date(2025, 12, 1), sender, LATER)
    assert MonthlyReport.objects.count() == 1
    assert seen(world.coordinator) == ["Agency 000 reported December 2025"]
    agency.name_ar = "\u0648\u0643\u0627\u0644\u0629"
    with acting(JOB):
        agency.save()
    with translation.override("ar"):
        assert agency.name_ar in seen(world.coordinator)[0], "in the reader's language"
    assert seen(sender) == []
    assert seen(world.of(agency, Capacity.SECONDARY_FOCAL_POINT)) == ["December 2025 was reported"]
    assert seen(world.of(world.organizations[1])) == []


def test_media_decisions_and_editions_are_for_everybody(world: World) -> None:  # noqa: F811
    from protocol_pages.editions.services import adopt_annex

    request = requests.register(given(kind=Kind.MEDIA, guarantee=None), world.coordinator, LATER)
    requests.decide_media(request, "declined", "Not now.", world.office, LATER)  # type: ignore[arg-type]
    adopt_annex(["Agency 000"], date(2026, 1, 5), world.coordinator, LATER)
    assert MediaDecision.objects.exists()
    assert DataRequest.objects.get().kind == Kind.MEDIA
    assert set(seen(Actor("Reader", "member", make_user().pk))) == {
        "New edition of the protocol: 1.1",
        f"{request.reference}: a decision stands in the media register",
    }


def test_at_most_seven_on_home_the_rest_one_link_away_and_one_query(world: World) -> None:  # noqa: F811
    def home_queries() -> tuple[int, str]:
        client = client_of(world.coordinator)
        stored = client.session
        stored[session.LAST_VISIT] = BEFORE.isoformat()
        stored.save()
        client.get("/en/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/en/").content.decode()
        return sum("change_at" in query["sql"] for query in queries), page

    count, page = home_queries()
    assert count == 1
    assert "Changed since your last visit" in page
    assert "Nothing that concerns you." in page
    for number in range(9):
        publish(f"Guidance number {number}", f"g{number}")
    count, page = home_queries()
    assert count == 1
    assert page.count("New: Guidance number") == 7
    assert "See all changes" in page
    client = client_of(world.coordinator)
    stored = client.session
    stored[session.LAST_VISIT] = BEFORE.isoformat()
    stored.save()
    assert client.get("/en/changed/").content.decode().count("New: Guidance number") == 9
    assert 'dir="rtl"' in client.get("/ar/changed/").content.decode()


def test_the_last_visit_is_the_sign_in_before_this_one(client: Client, clock: time_machine.Traveller) -> None:
    user = make_user()
    give(user, Capacity.MEMBER)
    device = make_authenticator(user)
    times = [datetime(2026, 1, day, 8, tzinfo=UTC) for day in (6, 8)]
    found = []
    for moment in times:
        clock.move_to(moment)
        post_password(client, user.email)
        assert post_code(client, device.code_at(moment)).status_code == 302
        found.append(client.session.get(session.LAST_VISIT))
        page = client.get("/en/").content.decode()
        assert ("Changed in the last 30 days" in page) == (found[-1] is None)
        client.post("/en/account/sign-out/")
    assert found[0] is None
    assert datetime.fromisoformat(found[1]) == times[0]
    assert User.objects.get(pk=user.pk).last_login == times[1]


def test_a_source_registered_twice_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="twice"):
        changes.register(changes.Source("pages", lambda actor, since: None, lambda row: None))  # type: ignore[arg-type, return-value]
