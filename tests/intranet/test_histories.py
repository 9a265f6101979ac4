"""What a history says, to whom, and how two versions stand side by side (§8 of issue 3)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st

from audit import ledger
from audit.actors import Actor, acting
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock import services as calendar
from intranet.clock.models import NonWorkingDay
from intranet.network.services import change_settings
from intranet.workflow import differences, history, registry
from signatories import services
from signatories.models import Organization
from tests.factories import make_user
from tests.personas import ELSEWHERE, persona_actor, persona_client
from tests.signatories.network import NOW, START, TODAY, Network, found_network, received

AT = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)


@pytest.fixture
def coordinator(db: None) -> Actor:
    user = make_user("coordinator@example.org", first_name="Coordinator", last_name="Example")
    return persona_actor(Capacity.COORDINATOR, user=user)


def a_day(coordinator: Actor, changes: int = 1) -> NonWorkingDay:
    row = calendar.add_day(calendar.DayFacts(date(2026, 3, 20), "Eid", estimated=True), coordinator, AT)
    for number in range(1, changes + 1):
        facts = calendar.DayFacts(date(2026, 3, 20) + timedelta(days=number % 2), f"Eid day {number}")
        calendar.change_day(row, facts, coordinator, AT + timedelta(minutes=number), f"Reason {number}")
    row.refresh_from_db()
    return row


def text(page: bytes) -> str:
    return " ".join(strip_tags(page.decode().replace("<", " <")).split())


def path(row: object, page: str = "") -> str:
    return f"/en/history/{type(row).__name__.lower()}/{row.pk}/{page}"  # type: ignore[attr-defined]


# One act, one entry


@pytest.mark.rule("D15")
def test_an_act_and_what_it_changed_are_one_entry(coordinator: Actor) -> None:
    row = a_day(coordinator)
    changed, added = history.entries(row, coordinator)
    assert (changed.what, changed.at, changed.reason) == (
        "Changed a non-working day",
        AT + timedelta(minutes=1),
        "Reason 1",
    )
    assert {(c.field, c.before, c.after) for c in changed.changes} == {
        ("Date", "20 March 2026", "21 March 2026"),
        ("Name", "Eid", "Eid day 1"),
        ("Estimated until announced", "yes", "no"),
    }
    assert (added.what, added.changes) == ("Added a non-working day", ())
    assert ("Name", "", "Eid") in {(c.field, c.before, c.after) for c in added.written}


@pytest.mark.rule("D15")
def test_the_chain_holds_which_rows_an_act_wrote(coordinator: Actor) -> None:
    row = a_day(coordinator)
    rows = {str(pk) for pk in NonWorkingDay.history.filter(id=row.pk).values_list("history_id", flat=True)}
    told = {pk for event in Event.objects.filter(object_id=str(row.pk)) for pk in event.data["rows"]}
    assert told == rows
    assert ledger.verify().intact


def test_a_record_that_an_act_on_another_one_wrote_says_that_act(coordinator: Actor) -> None:
    network = found_network()
    network.member("alpha")
    post = network.people["alpha.first"].posts.get()
    person = network.people["alpha.first"]
    (entry,) = history.entries(person, coordinator)
    assert entry.what == "Fill the post"
    assert entry.changes == ()
    (entry,) = history.entries(post, coordinator)
    assert ("Person", "", "Alpha First") in {(c.field, c.before, c.after) for c in entry.written}


def test_a_row_saved_without_an_event_is_told_too(coordinator: Actor) -> None:
    row = a_day(coordinator)
    with acting(coordinator, "By a job"):
        row.name = "Eid al-Fitr"
        row.save()
        row.save()  # nothing new: no entry
    newest = history.entries(row, coordinator)[0]
    assert (newest.what, newest.reason) == ("Changed", "By a job")
    assert len(history.entries(row, coordinator)) == 3


def test_settings_are_one_history_from_what_to_what(coordinator: Actor) -> None:
    first = change_settings({"hotline": "80060000"}, coordinator, AT, "A new number", None)
    assert first is not None
    later = AT + timedelta(days=1)
    second = change_settings({"weekend": "567"}, coordinator, later, "Three days", first.pk)
    page = persona_client(Capacity.COORDINATOR).get(path(second)).content
    assert "Weekend: Before: Friday, Saturday After: Friday, Saturday, Sunday" in text(page)
    assert "Reason: A new number" in text(page)
    assert "Reason: Three days" in text(page)


def test_a_coded_reason_is_said_in_words(db: None) -> None:
    from forms_app.monthly_reports import services as reports
    from tests.forms_app.monthly_reports import world as months

    months.confirmed_calendar()
    agency = months.organization("Agency")
    sent = months.send(agency, received=3)
    focal_point = months.focal_point(agency)
    reports.correct_report(sent, months.counts(2), months.REASON, 1, focal_point, months.NOW)
    (correction, _sent) = history.entries(sent, focal_point)
    assert correction.reason == "A report was counted twice"
    assert {(c.field, c.before, c.after) for c in correction.changes} == {("State", "Sent", "Corrected")}


# Who may know what


@pytest.fixture
def network(db: None) -> Network:
    made = found_network()
    made.member("alpha")
    made.member("beta")
    return made


@pytest.mark.rule("D10")
def test_own_people_see_own_acts_and_the_networks_acts_and_no_others(network: Network) -> None:
    alpha, coordinator = network.members["alpha"], network.coordinator
    services.correct_organization(alpha, {"acronym": "AL"}, coordinator, NOW, "Acronym")
    with pytest.raises(services_refused()):
        services.suspend(alpha, network.head("beta"), NOW, reason="safety", effective_on=TODAY)
    with pytest.raises(services_refused()):
        services.correct_organization(alpha, {"acronym": "X"}, network.head("alpha"), NOW, "Mine")
    mine = history.entries(alpha, network.head("alpha"))
    assert [(e.who, e.what, e.refused) for e in mine] == [
        ("Alpha Head", "Correct the entry", True),
        ("Cora Coordinator", "Correct the entry", False),
        ("Cora Coordinator", "Register the organization", False),
    ]
    assert "Beta Head" in {entry.who for entry in history.entries(alpha, network.office_actor)}


def services_refused() -> type[Exception]:
    from intranet.workflow.runner import Refused

    return Refused


@pytest.mark.rule("D10")
def test_a_renamed_organization_still_sees_what_it_did_under_its_old_name(network: Network) -> None:
    alpha = network.members["alpha"]
    head = network.head("alpha")
    with acting(head):  # a row without an event: only the name says whose it is
        alpha.acronym = "AL"
        alpha.save()
    services.correct_organization(alpha, {"name_en": "Alpha New"}, network.coordinator, NOW, "Renamed")
    renamed = persona_actor(Capacity.HEAD_OF_AGENCY, Organization.objects.get(pk=alpha.pk))
    assert "Alpha Head" in {entry.who for entry in history.entries(alpha, renamed)}


@pytest.mark.rule("D10")
def test_what_another_organization_did_leaves_no_trace_in_numbers_or_values(coordinator: Actor) -> None:
    row = a_day(coordinator)
    other = persona_actor(Capacity.PRIMARY_FOCAL_POINT, ELSEWHERE, label="Somebody Elsewhere")
    facts = calendar.DayFacts(date(2026, 3, 22), "Their name")
    calendar.change_day(row, facts, other, AT + timedelta(hours=1), "Theirs")
    facts = calendar.DayFacts(date(2026, 3, 23), "Our name")
    calendar.change_day(row, facts, coordinator, AT + timedelta(hours=2), "Ours")
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT)
    pages = text(client.get(path(row)).content) + text(client.get(path(row, "versions/")).content)
    assert "Their name" not in pages
    assert "Theirs" not in pages
    assert "22 March" not in pages
    assert "Eid day 1 After: Our name" in pages
    assert client.get(path(row, "versions/?old=3&new=4")).status_code == 404
    assert client.get(path(row, "versions/?old=2&new=3")).status_code == 200
    assert "Their name" in text(persona_client(Capacity.AUDITOR).get(path(row)).content)


def test_the_seed_of_an_invitation_is_never_shown(network: Network) -> None:
    from intranet.access import accounts
    from intranet.access.models import Invitation

    accounts.invite(make_user(), network.coordinator, NOW)
    invitation = Invitation.objects.get()
    client = persona_client(Capacity.COORDINATOR)
    for page in ("?what=all", "versions/?everything=1"):
        shown = client.get(path(invitation, page)).content.decode()
        assert invitation.seed not in shown
        assert invitation.digest not in shown


# Filters and pages


def test_filters_show_changes_refusals_views_people_and_days(coordinator: Actor) -> None:
    row = a_day(coordinator)
    subject = ledger.Subject("nonworkingday", str(row.pk), str(row))
    other = persona_actor(Capacity.OFFICE, label="Olive Office")
    ledger.record(
        now=AT,
        actor=other,
        action="calendar.change_day",
        subject=subject,
        outcome="refused",
        reason="Not you",
    )
    ledger.record(now=AT, actor=other, action="files.download", kind=ledger.Kind.DOWNLOAD, subject=subject)
    client = persona_client(Capacity.AUDITOR)

    def shown(query: str) -> str:
        return text(client.get(path(row, query)).content)

    assert "Downloaded a file" not in shown("")
    assert "Downloaded a file" in shown("?what=views")
    assert "Not you" in shown("?what=refused")
    assert "Reason 1" not in shown("?what=refused")
    assert "Not you" not in shown("?what=changes")
    assert "Reason 1" in shown("?what=all&who=coordinator")
    assert "Not you" not in shown("?what=all&who=coordinator")
    assert "No entry fits this filter." in shown("?since=26/1/2026")
    assert "Reason 1" in shown("?since=25/1/2026&until=25/1/2026")
    assert "From day: write the day as day/month/year" in shown("?since=nonsense")


def test_a_long_history_is_paged_with_few_queries(coordinator: Actor) -> None:
    row = a_day(coordinator, changes=120)
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT, ELSEWHERE)
    for page, last in (("", "Reason 120"), ("?page=5", "Reason 20"), ("versions/", "Eid day 120")):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(path(row, page))
        assert last in text(answer.content)
        assert len(queries) <= 12, page
    assert "Page 1 of 5" in text(client.get(path(row)).content)


def test_the_pages_of_an_entry_with_many_relations_take_few_queries(network: Network) -> None:
    from protocol_pages.editions.selectors import edition_in_force
    from tests.forms_app.data_requests.world import adopt_protocol

    adopt_protocol()
    alpha = network.members["alpha"]
    entry = services.record_endorsement_received_outside(
        alpha,
        edition_in_force(TODAY),
        received(signer=network.people["alpha.head"]),
        network.coordinator,
        NOW,
    )
    services.confirm_received(entry, network.head("alpha"), NOW)
    client = persona_client(Capacity.HEAD_OF_AGENCY, alpha)
    for page in ("?what=all", "versions/?everything=1"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path(entry, page))
        assert "Alpha Head" in text(answer.content)
        assert "scan.pdf" in text(answer.content)
        assert len(queries) <= 12, page
    assert entry.effective_on >= START


# Two versions


def test_two_versions_say_in_words_what_differs(coordinator: Actor) -> None:
    row = a_day(coordinator, changes=2)
    client = persona_client(Capacity.MEMBER)
    page = client.get(path(row, "versions/?old=1&new=2")).content.decode()
    shown = text(page.encode())
    assert "Name Removed: Eid (end) Added: Eid day 1 (end) changed" in shown
    assert "Estimated until announced" in shown
    assert "empty the same" not in shown
    assert "Region empty empty the same" in text(
        client.get(path(row, "versions/?old=1&new=2&everything=on")).content
    )
    assert re.search(r'<option value="1" selected>1: 25 January 2026, 10:00, PSEA Coordinator', page)
    assert "<script" not in page.split("<main")[1].split("</main>")[0]
    swapped = text(client.get(path(row, "versions/?old=2&new=1")).content)
    assert "Name Removed: Eid (end) Added: Eid day 1 (end) changed" in swapped


@pytest.mark.parametrize("query", ["old=0&new=1", "old=1&new=9", "old=x&new=1", "old=1", "old=²&new=1"])
def test_a_version_that_is_not_there_is_said_on_top(coordinator: Actor, query: str) -> None:
    row = a_day(coordinator)
    answer = persona_client(Capacity.MEMBER).get(path(row, f"versions/?{query}"))
    assert answer.status_code == 404
    assert "this object has versions 1 to 2. Choose two of them." in text(answer.content)


def test_one_version_is_shown_as_it_is(coordinator: Actor) -> None:
    row = a_day(coordinator, changes=0)
    shown = text(persona_client(Capacity.MEMBER).get(path(row, "versions/")).content)
    assert "There is one version: it was never changed." in shown
    assert "20 March 2026" in shown


@given(old=st.text(max_size=300), new=st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_both_sides_of_a_difference_keep_every_character(old: str, new: str) -> None:
    left, right = differences.sides(old, new)
    assert "".join(part.text for part in left) == old
    assert "".join(part.text for part in right) == new
    assert {part.kind for part in left} <= {"same", "removed"}
    assert {part.kind for part in right} <= {"same", "added"}


def test_only_the_words_that_differ_are_marked() -> None:
    left, right = differences.sides(
        "The network meets every month in Erbil.", "The network meets every week in Erbil."
    )
    assert [part.text.strip() for part in left if part.kind == "removed"] == ["month"]
    assert [part.text.strip() for part in right if part.kind == "added"] == ["week"]
    long = " ".join(f"word{n}" for n in range(5000))
    left, _right = differences.sides(f"{long}\nend", f"{long}\nfinish")
    assert [part.text for part in left if part.kind == "removed"] == ["end"]


@pytest.mark.parametrize("page", ["", "versions/"])
def test_an_unknown_kind_is_not_there(coordinator: Actor, page: str) -> None:
    row = a_day(coordinator)
    client = persona_client(Capacity.COORDINATOR)
    for kind in ("user", "event", "jobrun", "no-such"):
        assert client.get(f"/en/history/{kind}/{row.pk}/{page}").status_code == 404


def test_a_kind_is_registered_once() -> None:
    kind = registry.find("nonworkingday")
    assert kind is not None
    with pytest.raises(ValueError, match="twice"):
        registry.register(kind)
