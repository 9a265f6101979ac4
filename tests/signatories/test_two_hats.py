"""One person with two posts, and posts that change hands in the middle of something (traps 11 and 16)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from audit.models import Event
from forms_app.common import figures
from forms_app.data_requests import facts
from forms_app.data_requests import services as requests
from forms_app.data_requests.tokens import Choice
from forms_app.monthly_reports import jobs
from forms_app.monthly_reports import services as reports
from forms_app.monthly_reports.models import MonthlyReport
from intranet.access import capacities
from intranet.access.roles import Capacity
from intranet.clock import changes
from intranet.clock.due import due_rows
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories import selectors, services
from signatories.models import Person, Post
from tests.forms_app.data_requests import world as ladder
from tests.forms_app.monthly_reports import world as months
from tests.personas import sign_in

from .doors import hidden, text_of
from .network import NOW, TODAY, Network, acting_as, endorse, give_arabic_name

pytestmark = pytest.mark.django_db
FEBRUARY = months.NOW  # January is open


@pytest.fixture
def both(signed: Network) -> Network:
    """The Coordinator is also the secondary focal point of Alpha, as happens (trap 16)."""
    months.confirmed_calendar()
    post = signed.members["alpha"].posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT)
    services.end_post(post, TODAY, signed.coordinator, NOW, "left")
    services.appoint(
        signed.coordinator_person,
        signed.members["alpha"],
        Capacity.SECONDARY_FOCAL_POINT,
        TODAY + timedelta(days=1),
        signed.head("alpha"),
        NOW,
    )
    return signed


def test_the_own_organization_is_named_in_the_readers_language_and_kept_in_english(both: Network) -> None:
    person, arabic = both.people["alpha.first"], give_arabic_name(both.members["alpha"])
    assert person.user is not None
    with time_machine.travel(FEBRUARY, tick=False):
        client = sign_in(person.user)
        with translation.override("ar"):
            assert f" · {arabic}" in text_of(client.get(reverse("home")))
        assert " · Alpha (example)" in text_of(client.get(reverse("home")))
        assert capacities.held_by(person.user, FEBRUARY)[0].organization == "Alpha (example)"


def test_what_changed_names_a_post_in_the_readers_language(both: Network) -> None:
    def told() -> list[str]:
        found = changes.since(both.office_actor, NOW - timedelta(days=1), NOW + timedelta(days=1), 99)
        return [str(change.what) for change in found if both.coordinator_person.name in str(change.what)]

    post = f"Secondary focal point: {both.coordinator_person.name}"
    assert any(post in what for what in told())
    with translation.override("ar"):
        label = str(Capacity.SECONDARY_FOCAL_POINT.label)
        assert label != "Secondary focal point"
        assert any(f"{label}: {both.coordinator_person.name}" in what for what in told())


@pytest.mark.rule("trap 16")
def test_who_coordinates_and_is_a_focal_point_chooses_one_of_both_first(both: Network) -> None:
    person = both.coordinator_person
    assert person.user is not None
    alpha = both.members["alpha"]
    with time_machine.travel(FEBRUARY, tick=False):
        client = sign_in(person.user)
        for path in (reverse("home"), reverse("reports"), reverse("board")):
            answer = client.get(path)
            assert answer.status_code == 302
            assert reverse("access:capacity") in answer.headers["Location"]
        chooser = text_of(client.get(reverse("access:capacity")))
        assert "Secondary focal point · Alpha (example)" in chooser
        assert "PSEA Coordinator · Coordination (example)" in chooser
        for key, open_one, closed_one in (
            (f"coordinator:{both.coordination.pk}", "board", "reports"),
            (f"secondary_focal_point:{alpha.pk}", "reports", "board"),
        ):
            client.post(reverse("access:capacity"), {"capacity": key})
            assert client.get(reverse(open_one)).status_code == 200
            assert client.get(reverse(closed_one)).status_code == 403
    chosen = Event.objects.filter(action="access.capacity").order_by("sequence")
    assert [event.capacity for event in chosen] == ["coordinator", "secondary_focal_point"]


@pytest.mark.rule("trap 16")
def test_nobody_reports_a_month_in_the_capacity_of_the_coordinator(both: Network) -> None:
    alpha, person = both.members["alpha"], both.coordinator_person
    assert person.user is not None
    as_coordinator = acting_as(person, Capacity.COORDINATOR, both.coordination, FEBRUARY)
    as_focal_point = acting_as(person, Capacity.SECONDARY_FOCAL_POINT, alpha, FEBRUARY)
    month = months.JANUARY
    with pytest.raises(Refused, match="sent by a focal point"):
        reports.report_nothing(alpha, month, as_coordinator, FEBRUARY)
    with pytest.raises(Refused, match="your own organization alone"):
        reports.report_nothing(both.members["beta"], month, as_focal_point, FEBRUARY)
    with pytest.raises(Refused):
        reports.record_intake(month, months.intake_counts(0), as_focal_point, FEBRUARY)
    assert not MonthlyReport.objects.exists()
    # The chaser of a month is the job's, to the organization; it is answered in the organization's name.
    with time_machine.travel(FEBRUARY, tick=False):
        client = sign_in(person.user)
        client.post(reverse("access:capacity"), {"capacity": f"coordinator:{both.coordination.pk}"})
        for name in ("report", "report-nothing"):
            assert client.post(reverse(name, args=[month])).status_code == 403
        client.post(reverse("access:capacity"), {"capacity": f"secondary_focal_point:{alpha.pk}"})
        url = reverse("report-nothing", args=[month])
        assert client.post(url, hidden(client.get(url))).status_code == 302
    signed = MonthlyReport.objects.get().versions.get()
    assert (signed.signed_by, signed.signed_capacity) == ("Cora Coordinator", "secondary_focal_point")
    assert not any("eport" in str(row.what) for row in due_rows(as_focal_point, FEBRUARY))


@pytest.mark.rule("trap 11")
def test_a_reminder_goes_to_who_holds_the_post_that_day(signed: Network, edition: Any) -> None:
    months.confirmed_calendar()
    endorse(signed, "beta", edition)
    beta = signed.members["beta"]
    for capacity in (Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT):
        services.end_post(beta.posts.get(capacity=capacity), date(2026, 1, 31), signed.coordinator, NOW)
    services.appoint(
        Person(name="New First", email="new.first@example.org"),
        beta,
        Capacity.PRIMARY_FOCAL_POINT,
        date(2026, 2, 1),
        signed.coordinator,
        NOW,
    )
    list(jobs.remind(FEBRUARY, dry_run=False))
    reminded = Notice.objects.get(kind="monthly_reports.reminder", organization_id=beta.pk)
    assert reminded.to == ["new.first@example.org"]


@pytest.mark.rule("trap 11")
def test_a_focal_point_replaced_mid_round_leaves_the_organizations_vote() -> None:
    kept = list(figures._providers)
    try:
        _replaced_mid_round()
    finally:
        figures._providers[:] = kept


def _replaced_mid_round() -> None:
    ladder.adopt_protocol()
    world = ladder.build_world(3)
    request = ladder.issued(world)
    ask = world.asks(request)[0]
    old = world.of(ask.organization)
    requests.answer(ask, Choice.AUTHORIZE, old, ladder.ISSUED)
    post = Post.objects.get(organization=ask.organization, capacity=Capacity.PRIMARY_FOCAL_POINT)
    coordinator = world.fresh(world.coordinator, ladder.ISSUED)
    services.end_post(post, ladder.ISSUED.date(), coordinator, ladder.ISSUED, "moved")
    next_day = ladder.ISSUED + timedelta(days=1)
    successor = ladder.make_user("successor@example.org", first_name="Next", last_name="Holder")
    services.appoint(
        Person(name="Next Holder", email=successor.email),
        ask.organization,
        Capacity.PRIMARY_FOCAL_POINT,
        next_day.date(),
        coordinator,
        ladder.ISSUED,
    )
    ask.refresh_from_db()
    known = facts.of_ask(ask)
    assert ask.state == "authorized"  # the vote is the organization's and stays
    assert known.last_decision() is not None
    spoken_for = selectors.contacts(ask.organization, next_day.date())
    assert spoken_for.primary is not None
    assert spoken_for.primary.name == "Next Holder"
    with time_machine.travel(next_day, tick=False):
        url = reverse("ask-answer", args=[ask.pk])
        assert old.user_id is not None
        gone = sign_in(post.person.user)  # type: ignore[arg-type]
        assert gone.get(url).status_code == 403  # no post, no capacity
        client = sign_in(successor)
        page = client.get(url)
        assert page.status_code == 200
        assert "Agency 000 primary focal point" in text_of(page)  # who said it, in the organization's name
    new = acting_as(
        Person.objects.get(user=successor), Capacity.PRIMARY_FOCAL_POINT, ask.organization, next_day
    )
    requests.answer(ask, Choice.REFUSE, new, next_day)
    ask.refresh_from_db()
    assert ask.state == "refused"
