"""Every quarter one question; silence and a no are shown to those who look after posts; nothing ends by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from audit.actors import Actor
from audit.history import WrittenOnce
from audit.models import Event
from intranet.access import accounts
from intranet.access.roles import Capacity
from intranet.clock import jobs, pulse
from intranet.network import services as network_settings
from intranet.network.models import NetworkSettings
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from signatories import services
from signatories.days import network_day
from signatories.models import Person, Post
from signatories.presence import selectors
from signatories.presence import services as presence
from signatories.presence.models import PresenceAnswer, Reply
from signatories.presence.rounds import Round, current, round_on

from ..doors import coordinator_client, hidden, member_client, text_of
from ..network import NOW, START, Network, acting_as

pytestmark = pytest.mark.django_db
APRIL = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)  # 09:00 in Baghdad: the first day of a round
LAST_DAY = date(2026, 4, 15)
OVER = datetime(2026, 4, 15, 21, 0, tzinfo=UTC)  # 00:00 of 16 April in Baghdad


@pytest.mark.parametrize(
    ("today", "months", "begins"),
    [
        (date(2026, 1, 1), 3, date(2026, 1, 1)),
        (date(2026, 3, 31), 3, date(2026, 1, 1)),
        (date(2026, 4, 1), 3, date(2026, 4, 1)),
        (date(2026, 12, 31), 3, date(2026, 10, 1)),
        (date(2026, 8, 15), 6, date(2026, 7, 1)),
        (date(2026, 8, 15), 12, date(2026, 1, 1)),
        (date(2026, 8, 15), 1, date(2026, 8, 1)),
    ],
)
def test_rounds_begin_on_the_first_of_their_month(today: date, months: int, begins: date) -> None:
    assert round_on(today, months, 14) == Round(begins, begins + timedelta(days=14))


def asked() -> list[str]:
    return sorted(notice.to[0] for notice in Notice.objects.filter(kind="presence.ask"))


def actor(network: Network, name: str, now: datetime = APRIL) -> Actor:
    role = {
        "head": Capacity.HEAD_OF_AGENCY,
        "first": Capacity.PRIMARY_FOCAL_POINT,
        "second": Capacity.SECONDARY_FOCAL_POINT,
    }
    member, who = name.split(".")
    return acting_as(network.people[name], role[who], network.members[member], now)


def coordinator(network: Network, now: datetime = APRIL) -> Actor:
    return acting_as(network.coordinator_person, Capacity.COORDINATOR, network.coordination, now)


def reply(network: Network, name: str, said: Reply, now: datetime = APRIL, note: str = "") -> PresenceAnswer:
    return presence.answer(network.people[name], said, actor(network, name, now), now, note)


def everybody_but(network: Network, *silent: str) -> None:
    for name in network.people:
        if name not in silent:
            reply(network, name, Reply.YES)
    for person, capacity, organization in (
        (network.office_person, Capacity.OFFICE, network.office),
        (network.coordinator_person, Capacity.COORDINATOR, network.coordination),
    ):
        presence.answer(person, Reply.YES, acting_as(person, capacity, organization, APRIL), APRIL)


@pytest.mark.rule("D23")
def test_one_mail_each_and_no_second_one(in_use: Network) -> None:
    sentences = jobs.run_due(APRIL, dry_run=True)
    assert "practice 8 people asked whether this is still them" in sentences
    assert asked() == []
    jobs.run_due(APRIL)
    jobs.run_due(APRIL + timedelta(hours=1))
    assert asked() == sorted(
        [f"{o}.{w}@example.org" for o in ("alpha", "beta") for w in ("head", "first", "second")]
        + ["cora@example.org", "olive@example.org"]
    )
    letter = Notice.objects.filter(kind="presence.ask").first()
    assert letter is not None
    assert "Alpha" not in letter.text
    assert "15 April 2026" in letter.text
    assert reverse("still-you") in letter.text


@pytest.mark.rule("D9")
def test_who_is_asked(in_use: Network) -> None:
    """Not who came after the round began, who has no account, whose account is closed or whose post is over."""
    alpha = in_use.members["alpha"]
    new = Person(name="Nora New", email="nora@example.org")
    services.appoint(new, alpha, Capacity.MEMBER, date(2026, 4, 1), coordinator(in_use), APRIL)
    without = Person(name="Wael Without", email="wael@example.org")
    services.appoint(without, alpha, Capacity.MEMBER, START, in_use.coordinator, NOW)
    user = in_use.people["beta.first"].user
    assert user is not None
    accounts.deactivate(user, in_use.coordinator, NOW, "x")
    services.end_post(
        Post.objects.get(person=in_use.people["beta.second"]), date(2026, 3, 31), in_use.head("beta"), NOW
    )
    round_ = current(network_day(APRIL + timedelta(days=1)))
    names = {person.name for person in selectors.asked(round_, APRIL + timedelta(days=1))}
    assert names == {
        "Alpha Head",
        "Alpha First",
        "Alpha Second",
        "Beta Head",
        "Olive Office",
        "Cora Coordinator",
    }


@pytest.mark.rule("D9")
def test_the_answer_ends_the_question_and_is_written_once(in_use: Network) -> None:
    assert pulse.number("still_you", actor(in_use, "alpha.first"), APRIL)
    row = reply(in_use, "alpha.first", Reply.YES)
    assert not pulse.number("still_you", actor(in_use, "alpha.first"), APRIL)
    assert pulse.number("still_you", actor(in_use, "alpha.second"), APRIL)
    with pytest.raises(WrittenOnce):
        row.save()
    second = reply(in_use, "alpha.first", Reply.LEFT)
    assert selectors.newest_of(in_use.people["alpha.first"], current(network_day(APRIL))) == second
    event = Event.objects.get(action="presence.confirm")
    assert (event.actor_label, event.capacity) == ("Alpha First", "primary_focal_point")
    july = datetime(2026, 7, 1, 6, 0, tzinfo=UTC)
    assert pulse.number("still_you", actor(in_use, "alpha.first", july), july)  # asked anew


@pytest.mark.rule("D9")
def test_nobody_answers_for_somebody_else(in_use: Network) -> None:
    for who in (coordinator(in_use), actor(in_use, "alpha.head"), Actor("system:x", "system")):
        with pytest.raises(Refused) as refusal:
            presence.answer(in_use.people["alpha.first"], Reply.YES, who, APRIL)
        assert refusal.value.code == "policy"
    with pytest.raises(Refused, match="write it"):
        reply(in_use, "alpha.first", Reply.CORRECT, note="  ")
    for who in (actor(in_use, "beta.head"), actor(in_use, "alpha.first"), actor(in_use, "alpha.second")):
        with pytest.raises(Refused):
            presence.answer(in_use.people["alpha.first"], Reply.SEEN, who, APRIL, "x")
    assert not PresenceAnswer.objects.exists()


@pytest.mark.rule("D26")
def test_silence_is_shown_after_the_last_day_and_ends_nothing(in_use: Network) -> None:
    everybody_but(in_use, "alpha.first", "beta.second")
    before = OVER - timedelta(seconds=1)
    assert pulse.number("unconfirmed", coordinator(in_use, before), before) == 0
    posts = list(Post.objects.order_by("pk").values())
    assert pulse.number("unconfirmed", coordinator(in_use, OVER), OVER) == 2
    assert pulse.number("unconfirmed", actor(in_use, "alpha.head", OVER), OVER) == 1
    assert [flag.person.name for flag in selectors.flags(OVER, in_use.members["alpha"].pk)] == ["Alpha First"]
    sentences = jobs.run_due(OVER)
    assert "practice 2 people have not confirmed their posts" in sentences
    jobs.run_due(OVER + timedelta(hours=1))
    told = sorted(notice.to[0] for notice in Notice.objects.filter(kind="presence.flag"))
    assert told == ["alpha.head@example.org", "beta.head@example.org", "cora@example.org"]
    assert list(Post.objects.order_by("pk").values()) == posts
    assert all("Alpha" not in notice.text for notice in Notice.objects.filter(kind="presence.flag"))
    jobs.run_due(OVER + timedelta(days=1))
    assert len(asked()) == 0  # the question itself is not mailed after its last day


@pytest.mark.rule("D9")
@pytest.mark.parametrize("said", [Reply.LEFT, Reply.CORRECT])
def test_a_no_is_told_at_once_and_stays_until_somebody_looks_after_it(in_use: Network, said: Reply) -> None:
    everybody_but(in_use, "alpha.first")
    reply(in_use, "alpha.first", said, note="since March the other office")
    assert {notice.to[0] for notice in Notice.objects.filter(kind="presence.flag")} == {
        "cora@example.org",
        "alpha.head@example.org",
    }
    found = selectors.flags(APRIL)
    assert [(flag.person.name, flag.reply, flag.note) for flag in found] == [
        ("Alpha First", said, "since March the other office")
    ]
    with pytest.raises(Refused):
        presence.answer(in_use.people["alpha.first"], Reply.SEEN, actor(in_use, "alpha.head"), APRIL, " ")
    presence.answer(in_use.people["alpha.first"], Reply.SEEN, actor(in_use, "alpha.head"), APRIL, "called")
    assert selectors.flags(APRIL) == []
    assert selectors.flags(OVER) == []
    assert Post.objects.get(person=in_use.people["alpha.first"]).ends_on is None


@pytest.mark.rule("D42")
def test_interval_and_days_are_settings(in_use: Network) -> None:
    settings = NetworkSettings.current()
    changed = {"still_you_months": 6, "still_you_grace_days": 7}
    network_settings.change_settings(changed, in_use.coordinator, NOW, "half-yearly", settings.pk and None)
    assert current(date(2026, 4, 1)) == Round(date(2026, 1, 1), date(2026, 1, 8))


def test_the_pages(in_use: Network) -> None:
    with time_machine.travel(APRIL, tick=False):
        client = member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
        url = reverse("still-you")
        assert url in client.get("/en/").content.decode()
        shown = text_of(client.get(url))
        assert "Primary focal point · Alpha (example)" in shown
        empty = client.post(url, hidden(client.get(url)))
        assert "choose one of the answers" in text_of(empty)
        form = hidden(client.get(url)) | {"reply": "correct", "note": ""}
        assert "write it in one sentence" in text_of(client.post(url, form))
        form = hidden(client.get(url)) | {"reply": "correct", "note": "my e-mail changes in May"}
        for _twice in range(2):
            assert client.post(url, form).url == url
        assert PresenceAnswer.objects.count() == 1
        assert "Your answer is recorded" in text_of(client.get(url))
        assert "Is this still you?" not in text_of(client.get("/en/"))
        listing, seen = reverse("still-you-list"), reverse(
            "still-you-seen", args=[in_use.people["alpha.first"].pk]
        )  # fmt: skip
        assert client.get(listing).status_code == 403
        assert client.get(seen).status_code == 403
        other = member_client(in_use, "beta.head", Capacity.HEAD_OF_AGENCY)
        assert "Alpha" not in text_of(other.get(listing))
        assert other.get(seen).status_code == 404
        assert other.post(seen, {"note": "x"}).status_code == 404
        head = member_client(in_use, "alpha.head", Capacity.HEAD_OF_AGENCY)
        for keeper in (head, coordinator_client(in_use)):
            assert "my e-mail changes in May" in text_of(keeper.get(listing))
        assert head.post(seen, hidden(head.get(seen)) | {"note": "noted for May"}).url == listing
        assert "Every post that was asked for is confirmed" in text_of(head.get(listing))
