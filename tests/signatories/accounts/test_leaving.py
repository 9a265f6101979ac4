"""Leaving: access stops at the hour stated, sessions end, open items stay with the organization; and coming back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from audit.actors import Actor
from audit.models import Event
from intranet.access import accounts
from intranet.access.capacities import held_by
from intranet.access.devices import Authenticator
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories import directory, policy, selectors, services
from signatories.leaving import selectors as page
from signatories.leaving import services as leaving
from signatories.models import Person, Post
from tests.factories import PASSWORD
from tests.intranet.access.doors import HOME, LOGIN, post_code, post_password

from ..doors import client_of, coordinator_client, hidden, member_client, office_client, text_of
from ..network import NOW, TODAY, Network, acting_as
from .lost import one_more, user_of

pytestmark = pytest.mark.django_db
LEAVES_AT = datetime(2026, 1, 13, 11, 0, tzinfo=UTC)  # 14:00 in Baghdad
LAST_DAY = date(2026, 1, 13)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def leave(network: Network, who: str = "alpha.first", actor: Actor | None = None) -> Person:
    member = who.split(".")[0]
    return leaving.leave(
        network.people[who],
        network.members[member],
        LEAVES_AT,
        actor or network.head(member),
        NOW,
        "new duty station",
    )


@pytest.mark.rule("D12")
def test_access_stops_at_the_hour_and_not_a_second_before(in_use: Network) -> None:
    leave(in_use)
    before, at_the_hour = LEAVES_AT - timedelta(seconds=1), LEAVES_AT
    with at(before - timedelta(minutes=5)):
        client = client_of(
            in_use.people["alpha.first"], Capacity.PRIMARY_FOCAL_POINT, in_use.members["alpha"]
        )
    with at(before):
        assert client.get(HOME).status_code == 200
    with at(at_the_hour):
        assert client.get(HOME).url.startswith(LOGIN)
    with at(before):
        assert client.get(HOME).url.startswith(LOGIN)  # the session itself is gone


@pytest.mark.rule("D12")
def test_no_sign_in_and_no_new_password_after_the_hour(in_use: Network) -> None:
    leave(in_use)
    user = user_of(in_use.people["alpha.first"])
    user.set_password(PASSWORD)
    user.save()
    device = Authenticator.objects.get(user=user)
    forgotten = reverse("access:password_forgotten")
    with at(LEAVES_AT + timedelta(seconds=1)):
        answer = post_password(Client(), user.email)
        assert "token-otp_token" not in answer.content.decode()
        assert "is not right" in text_of(answer)
        Client().post(forgotten, {"email": user.email})
        assert not Notice.objects.filter(kind="access.password_reset").exists()
    with at(LEAVES_AT - timedelta(minutes=10)):
        client = Client()
        post_password(client, user.email)
        assert post_code(client, device.code_at(LEAVES_AT - timedelta(minutes=10))).url == HOME


@pytest.mark.rule("D9")
def test_the_records_say_who_when_why(in_use: Network) -> None:
    person = leave(in_use)
    post = Post.objects.get(person=person)
    assert (post.ends_on, post.ends_at, post.state) == (LAST_DAY, LEAVES_AT, "ended")
    acts = {event.action: event for event in Event.objects.filter(reason="new duty station")}
    assert set(acts) == {"person.leave", "post.end", "account.end_access"}
    assert acts["account.end_access"].data == {"ends_at": LEAVES_AT.isoformat()}
    assert acts["person.leave"].data["account_ends"] is True
    user = user_of(person)
    user.refresh_from_db()
    assert user.access_ends_at == LEAVES_AT
    assert user.is_active
    letters = Notice.objects.filter(kind="person_leaves").order_by("written_at", "pk")
    assert sorted(address for letter in letters for address in letter.to) == [
        "alpha.first@example.org",
        "alpha.head@example.org",
        "alpha.second@example.org",
        "cora@example.org",
    ]
    assert all("Alpha" not in letter.text for letter in letters)


@pytest.mark.rule("D9")
def test_open_items_stay_and_the_vacancy_is_seen(in_use: Network, edition: object) -> None:
    alpha = in_use.members["alpha"]
    of_first = due_rows(in_use.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT), NOW)
    leave(in_use)
    later = LEAVES_AT + timedelta(hours=1)
    second = in_use.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    assert {row.url for row in of_first} <= {row.url for row in due_rows(second, later)} | {
        row.url for row in due_rows(in_use.head("alpha"), later)
    }
    assert directory.vacancies(LAST_DAY) == 0
    assert directory.vacancies(LAST_DAY + timedelta(days=1)) == 1
    assert selectors.contacts(alpha, LAST_DAY + timedelta(days=1)).primary is None
    heir = Person(name="Hana Heir", email="hana@alpha.example")
    with pytest.raises(Refused, match="holds this post"):
        services.appoint(heir, alpha, Capacity.PRIMARY_FOCAL_POINT, LAST_DAY, in_use.head("alpha"), NOW)
    services.appoint(
        heir, alpha, Capacity.PRIMARY_FOCAL_POINT, LAST_DAY + timedelta(days=1), in_use.head("alpha"), NOW
    )
    found = page.hand_over(in_use.people["alpha.first"], alpha, later)
    assert found is not None
    assert [part.next_holder.name for part in found.parts if part.next_holder] == ["Hana Heir"]


@pytest.mark.rule("D9")
def test_somebody_with_a_post_elsewhere_keeps_the_account_and_loses_only_this(in_use: Network) -> None:
    first, alpha, beta = in_use.people["alpha.first"], in_use.members["alpha"], in_use.members["beta"]
    services.appoint(first, beta, Capacity.SENIOR_MANAGEMENT, TODAY, in_use.head("beta"), NOW)
    services.record_authority(alpha, first, "letter", TODAY, in_use.head("alpha"), NOW)
    leave(in_use)
    user = user_of(first)
    user.refresh_from_db()
    assert user.access_ends_at is None
    held = {(item.capacity, item.organization_id) for item in held_by(user, LEAVES_AT)}
    assert held == {(Capacity.SENIOR_MANAGEMENT, beta.pk)}
    before = {item.capacity for item in held_by(user, LEAVES_AT - timedelta(seconds=1))}
    assert before == {Capacity.SENIOR_MANAGEMENT, Capacity.PRIMARY_FOCAL_POINT}
    actor = acting_as(first, Capacity.MEMBER, alpha, LEAVES_AT)
    assert not policy.may_endorse(actor, alpha, LEAVES_AT).allowed


@pytest.mark.rule("D9")
@pytest.mark.parametrize(
    ("who", "by"),
    [
        ("alpha.first", "beta.head"),
        ("alpha.first", "alpha.first"),
        ("alpha.first", "alpha.second"),
        ("alpha.first", "office"),
        ("alpha.head", "alpha.head"),
    ],
)
def test_who_may_not_let_go(in_use: Network, who: str, by: str) -> None:
    roles = {"head": Capacity.HEAD_OF_AGENCY, "first": Capacity.PRIMARY_FOCAL_POINT}
    if by == "office":
        actor = in_use.office_actor
    else:
        actor = in_use.actor(by, roles.get(by.split(".")[1], Capacity.SECONDARY_FOCAL_POINT))
    posts = list(Post.objects.order_by("pk").values())
    with pytest.raises(Refused) as refusal:
        leave(in_use, who, actor)
    assert refusal.value.code in {"policy", "guard"}
    assert list(Post.objects.order_by("pk").values()) == posts
    user = user_of(in_use.people[who])
    user.refresh_from_db()
    assert user.access_ends_at is None
    assert not Notice.objects.filter(kind="person_leaves").exists()


@pytest.mark.rule("D9")
def test_who_lets_go_of_whom(in_use: Network) -> None:
    leave(in_use, "alpha.head", in_use.coordinator)
    acting = one_more(in_use, "Aida Acting", Capacity.ACTING_COORDINATOR, in_use.coordination)
    for actor in (in_use.coordinator, acting):
        with pytest.raises(Refused):  # neither the Coordinator nor the acting one ends the Coordinator's post
            leaving.leave(in_use.coordinator_person, in_use.coordination, LEAVES_AT, actor, NOW, "x")
    leaving.leave(
        in_use.coordinator_person, in_use.coordination, LEAVES_AT, in_use.office_actor, NOW, "end of contract"
    )
    with pytest.raises(Refused, match="no post of this organization"):
        leaving.leave(
            in_use.people["alpha.first"], in_use.members["beta"], LEAVES_AT, in_use.head("beta"), NOW, "x"
        )


@pytest.mark.rule("D9")
def test_told_too_late_it_holds_from_now_and_the_record_names_the_true_hour(in_use: Network) -> None:
    with at(NOW):
        client = member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
        earlier = NOW - timedelta(days=2)
        leaving.leave(
            in_use.people["alpha.first"],
            in_use.members["alpha"],
            earlier,
            in_use.coordinator,
            NOW,
            "gone already",
        )
        assert client.get(HOME).url.startswith(LOGIN)
    assert Post.objects.get(person=in_use.people["alpha.first"]).ends_on == date(2026, 1, 9)
    with pytest.raises(Refused, match="before the first day"):
        leaving.leave(
            in_use.people["beta.first"],
            in_use.members["beta"],
            datetime(2023, 1, 1, tzinfo=UTC),
            in_use.coordinator,
            NOW,
            "x",
        )


@pytest.mark.rule("D9")
def test_coming_back(in_use: Network) -> None:
    """Opened again by the Coordinator, a new post; the old phone still works, a lost one takes two people."""
    leave(in_use)
    person, alpha = in_use.people["alpha.first"], in_use.members["alpha"]
    back = LEAVES_AT + timedelta(days=90)
    coordinator = acting_as(in_use.coordinator_person, Capacity.COORDINATOR, in_use.coordination, back)
    with pytest.raises(Refused, match="closed"):
        services.invite_person(person, coordinator, back)
    accounts.reactivate(user_of(person), coordinator, back, "came back")
    services.appoint(person, alpha, Capacity.SENIOR_MANAGEMENT, back.date(), coordinator, back)
    with pytest.raises(Refused, match="needs two people"):
        services.invite_person(person, coordinator, back)
    with at(back):
        client = client_of(person, Capacity.SENIOR_MANAGEMENT, alpha)
        assert client.get(HOME).status_code == 200


@pytest.mark.rule("D9")
def test_a_leaving_that_is_called_off_interrupts_nobody(in_use: Network) -> None:
    leave(in_use)
    with at(NOW):
        client = member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
        coordinator = coordinator_client(in_use)
        listing = coordinator.get(reverse("access:accounts"))
        assert "access ends 13 January 2026, 14:00" in text_of(listing)
        keep = reverse("access:standing", args=[user_of(in_use.people["alpha.first"]).pk])
        assert coordinator.post(keep, {"standing": "active", "reason": "stays after all"}).status_code == 302
        assert client.get(HOME).status_code == 200
    user = user_of(in_use.people["alpha.first"])
    user.refresh_from_db()
    assert user.access_ends_at is None


@pytest.mark.rule("D9")
def test_the_page_records_it_to_the_minute(in_use: Network) -> None:
    alpha, person = in_use.members["alpha"], in_use.people["alpha.first"]
    with at(NOW):
        head = member_client(in_use, "alpha.head", Capacity.HEAD_OF_AGENCY)
        url = reverse("person-leaves", args=[alpha.pk, person.pk])
        assert url in head.get(reverse("organization", args=[alpha.pk])).content.decode()
        bad = head.post(url, hidden(head.get(url)) | {"day": "13/1/2026", "hour": "25:00", "reason": "x"})
        assert "hours:minutes" in text_of(bad)
        form = hidden(head.get(url)) | {"day": "13/1/2026", "hour": "١٤:٠٠", "reason": "new duty station"}
        answer = head.post(url, form)
        assert answer.url == reverse("hand-over-person", args=[alpha.pk, person.pk])
        assert head.post(url, form).status_code == 302  # the same form twice
        assert Event.objects.filter(action="person.leave", outcome="done").count() == 1
        shown = text_of(head.get(answer.url))
        assert "access ends 13 January 2026, 14:00" in shown
        for client, name, status in (
            (member_client(in_use, "beta.head", Capacity.HEAD_OF_AGENCY), "hand-over-person", 404),
            (member_client(in_use, "beta.head", Capacity.HEAD_OF_AGENCY), "person-leaves", 404),
            (member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT), "hand-over-person", 200),
            (member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT), "person-leaves", 403),
            (office_client(in_use), "hand-over-person", 404),
        ):
            assert client.get(reverse(name, args=[alpha.pk, person.pk])).status_code == status, name
    post = Post.objects.get(person=person)
    assert post.ends_at == LEAVES_AT


@pytest.mark.rule("D9")
def test_a_post_alone_may_end_at_an_hour(in_use: Network) -> None:
    post = Post.objects.get(person=in_use.people["alpha.first"])
    services.end_post(post, LAST_DAY, in_use.head("alpha"), NOW, ends_at=LEAVES_AT)
    user = user_of(in_use.people["alpha.first"])
    assert [item.capacity for item in held_by(user, LEAVES_AT - timedelta(seconds=1))] == [
        Capacity.PRIMARY_FOCAL_POINT
    ]
    assert held_by(user, LEAVES_AT) == []
    with pytest.raises(Refused, match="stops earlier already"):
        services.end_post(post, LAST_DAY, in_use.head("alpha"), NOW, ends_at=LEAVES_AT + timedelta(hours=1))
    services.end_post(post, TODAY, in_use.head("alpha"), NOW)
    post.refresh_from_db()
    assert (post.ends_on, post.ends_at) == (TODAY, None)
