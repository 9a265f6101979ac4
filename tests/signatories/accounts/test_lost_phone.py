"""A lost phone with lost codes: two people, whatever the post; old sessions end; all three are told."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from audit.actors import Actor
from audit.models import Event
from intranet.access import accounts, links
from intranet.access.devices import Authenticator
from intranet.access.models import Invitation
from intranet.access.roles import Capacity
from intranet.clock import jobs
from intranet.notices.models import Notice
from signatories import services
from signatories.leaving import services as leaving
from signatories.recovery import deadlines
from signatories.recovery import services as recovery
from signatories.recovery.models import Recovery
from signatories.recovery.selectors import live_of
from signatories.recovery.ways import WAYS

from ..doors import client_of
from ..network import NOW, TODAY, Network, acting_as, later
from .lost import CALLED, LETTER, SEEN, one_more, refused, user_of, vouched

pytestmark = pytest.mark.django_db
NEW = "a quiet lamp beside 4 rivers"


def path_of(invitation: Invitation | None) -> str:
    assert invitation is not None
    return links.invitation_link(invitation.seed).removeprefix(settings.BASE_URL)


def again(actor: Actor, now: object) -> Actor:
    """The same actor with a code accepted at ``now``."""
    return Actor(**{name: getattr(actor, name) for name in actor.__slots__} | {"verified_at": now})


def told(kind: str = "lost_phone") -> set[str]:
    return {notice.to[0] for notice in Notice.objects.filter(kind=kind)}


@pytest.mark.rule("D11")
@pytest.mark.usefixtures("clock")
def test_a_colleague_vouches_the_coordinator_confirms_the_link_works_once(in_use: Network) -> None:
    lost = user_of(in_use.people["alpha.first"])
    old = client_of(in_use.people["alpha.first"], Capacity.PRIMARY_FOCAL_POINT, in_use.members["alpha"])
    made = vouched(in_use)
    assert (made.state, made.channel, made.compared) == ("vouched", SEEN.channel, SEEN.compared)
    assert (made.vouched_by, made.voucher_capacity) == ("Alpha Second", "secondary_focal_point")
    assert told() == {"alpha.first@example.org", "alpha.second@example.org", "cora@example.org"}
    assert old.get("/en/").status_code == 200
    made = recovery.confirm(made, CALLED, in_use.coordinator, NOW)
    assert (made.state, made.confirmed_by, made.confirm_compared) == (
        "confirmed",
        "Cora Coordinator",
        CALLED.compared,
    )
    assert old.get("/en/").url.startswith("/en/account/login/")  # sessions end with the confirmation
    path = path_of(made.invitation)
    client = Client()
    for _scanner in range(2):
        assert client.get(path).status_code == 200
    assert client.post(path, {"password": NEW, "again": NEW}).status_code == 302
    assert not Authenticator.objects.filter(user=lost).exists()
    assert Client().get(path).status_code == 404
    assert Client().post(path, {"password": NEW, "again": NEW}).status_code == 404
    made.refresh_from_db()
    assert made.state == "used"
    for address in ("alpha.first@example.org", "alpha.second@example.org", "cora@example.org"):
        about = Notice.objects.filter(kind="lost_phone", to=[address])
        assert about.count() == 3, address  # vouched, confirmed, used
    acts = Event.objects.filter(object_type="recovery", outcome="done").order_by("sequence")
    assert [event.action for event in acts] == ["recovery.vouch", "recovery.confirm", "recovery.use"]
    history = Recovery.history.filter(id=made.pk).order_by("history_date")
    assert [row.history_actor for row in history] == ["Alpha Second", "Cora Coordinator", "Alpha First"]


@pytest.mark.rule("trap 37")
def test_no_mail_names_anybody_and_only_the_persons_carries_a_private_link(in_use: Network) -> None:
    recovery.confirm(vouched(in_use), CALLED, in_use.coordinator, NOW)
    for notice in Notice.objects.all():
        assert "Alpha" not in notice.text + notice.subject
        assert len(notice.to) == 1
        assert notice.cc == []
    private = Notice.objects.get(kind="access.recovery")
    assert (private.to, "{private-link}" in private.text) == (["alpha.first@example.org"], True)
    to_person = Notice.objects.filter(kind="lost_phone", to=["alpha.first@example.org"])
    assert all("http" not in notice.text for notice in to_person)


@pytest.mark.rule("D11")
def test_a_report_asks_those_who_may_vouch(in_use: Network) -> None:
    made = recovery.report(user_of(in_use.people["alpha.first"]), in_use.coordinator, NOW)
    assert made.state == "open"
    assert told() == {"alpha.first@example.org", "alpha.second@example.org", "alpha.head@example.org"}
    rows = list(deadlines.due(in_use.head("alpha"), NOW))
    assert [(str(row.what), row.detail) for row in rows] == [
        ("Lost phone: vouch for the person", "Alpha First")
    ]
    assert list(deadlines.due(in_use.head("beta"), NOW)) == []
    made = recovery.vouch(made, SEEN, in_use.head("alpha"), NOW)
    assert list(deadlines.due(in_use.head("alpha"), NOW)) == []
    assert [str(row.what) for row in deadlines.due(in_use.coordinator, NOW)] == ["Lost phone: confirm it"]
    recovery.confirm(made, CALLED, in_use.coordinator, NOW)
    assert [str(row.waits_on) for row in deadlines.waiting(in_use.coordinator, NOW)] == [
        "the person, by the link"
    ]


@pytest.mark.rule("D11")
def test_who_may_not_vouch(in_use: Network) -> None:
    lost = user_of(in_use.people["alpha.first"])
    reader = one_more(in_use, "Rita Reader", Capacity.MEMBER, in_use.members["alpha"], in_use.coordinator)
    for actor in (
        in_use.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        in_use.head("beta"),
        in_use.coordinator,
        in_use.office_actor,
        reader,
    ):
        refused(lambda actor=actor: recovery.vouch(lost, SEEN, actor, NOW), "policy")
    stale = acting_as(
        in_use.people["alpha.second"],
        Capacity.SECONDARY_FOCAL_POINT,
        in_use.members["alpha"],
        NOW - timedelta(minutes=settings.STEP_UP_MINUTES, seconds=1),
    )
    refused(lambda: recovery.vouch(lost, SEEN, stale, NOW), "step_up")
    voucher = in_use.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    for unclear in (recovery.Identity("pigeon", "seen"), recovery.Identity("video", "  ")):
        refused(lambda unclear=unclear: recovery.vouch(lost, unclear, voucher, NOW), "guard")


@pytest.mark.rule("D11")
def test_who_may_not_confirm(in_use: Network) -> None:
    made = vouched(in_use)
    for actor in (
        in_use.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        in_use.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT),
        in_use.head("alpha"),
        in_use.office_actor,
        Actor(label="system:x", capacity="system", verified_at=NOW),
    ):
        refused(lambda actor=actor: recovery.confirm(made, CALLED, actor, NOW), "policy")
    stale = again(in_use.coordinator, None)
    refused(lambda: recovery.confirm(made, CALLED, stale, NOW), "step_up")
    refused(lambda: recovery.confirm(made, recovery.Identity("phone", ""), in_use.coordinator, NOW), "guard")
    refused(lambda: accounts.recover(made.user, in_use.head("alpha"), NOW), "policy")


@pytest.mark.rule("trap 16")
def test_one_person_is_one_person_in_whatever_capacity(in_use: Network) -> None:
    """The Coordinator who is also a focal point of Alpha vouches there, and so cannot confirm."""
    cora = in_use.coordinator_person
    services.appoint(
        cora, in_use.members["alpha"], Capacity.SENIOR_MANAGEMENT, TODAY, in_use.head("alpha"), NOW
    )
    for_alpha = acting_as(cora, Capacity.SENIOR_MANAGEMENT, in_use.members["alpha"])
    made = recovery.vouch(user_of(in_use.people["alpha.first"]), SEEN, for_alpha, NOW)
    assert "You vouched" in refused(lambda: recovery.confirm(made, CALLED, in_use.coordinator, NOW), "guard")
    acting = one_more(in_use, "Aida Acting", Capacity.ACTING_COORDINATOR, in_use.coordination)
    assert recovery.confirm(made, CALLED, acting, NOW).state == "confirmed"


@pytest.mark.rule("D11")
@pytest.mark.parametrize(
    ("lost", "voucher", "confirmer", "wrong"),
    [
        ("olive", "otto", "coordinator", "acting_for_itself"),
        ("olive", "otto", "acting", "otto"),
        ("coordinator", "olive", "otto", "coordinator"),
        ("coordinator", "olive", "acting", "olive"),
        ("acting", "olive", "coordinator", "acting"),
        ("assistant", "olive", "coordinator", "otto"),
        ("auditor", "olive", "acting", "otto"),
        ("editor", "olive", "coordinator", "olive"),
    ],
)
def test_posts_of_the_network(in_use: Network, lost: str, voucher: str, confirmer: str, wrong: str) -> None:
    office, coordination = in_use.office, in_use.coordination
    actors = {
        "olive": in_use.office_actor,
        "coordinator": in_use.coordinator,
        "otto": one_more(in_use, "Otto Office", Capacity.OFFICE, office),
        "acting": one_more(in_use, "Aida Acting", Capacity.ACTING_COORDINATOR, coordination),
        "assistant": one_more(in_use, "Asma Assistant", Capacity.OFFICE_ASSISTANT, office),
        "auditor": one_more(in_use, "Adil Auditor", Capacity.AUDITOR, office),
        "editor": one_more(in_use, "Eman Editor", Capacity.CONTENT_EDITOR, coordination),
    }
    people = in_use.people | {"olive": in_use.office_person, "coordinator": in_use.coordinator_person}
    user = user_of({"acting": people["aida"], "assistant": people["asma"], "auditor": people["adil"],
                    "editor": people["eman"], "otto": people["otto"]}.get(lost) or people[lost])  # fmt: skip
    for other in ("coordinator", "acting", "assistant", "auditor", "editor"):
        refused(lambda other=other: recovery.vouch(user, SEEN, actors[other], NOW), "policy")
    refused(lambda: recovery.vouch(user, SEEN, in_use.head("alpha"), NOW), "policy")
    made = recovery.vouch(user, SEEN, actors[voucher], NOW)
    if wrong != "acting_for_itself":
        refused(lambda: recovery.confirm(made, CALLED, actors[wrong], NOW))
    refused(lambda: recovery.confirm(made, CALLED, actors[voucher], NOW))
    refused(lambda: recovery.confirm(made, CALLED, in_use.head("alpha"), NOW), "policy")
    assert recovery.confirm(made, CALLED, actors[confirmer], NOW).state == "confirmed"


@pytest.mark.rule("D11")
def test_several_posts_go_the_strictest_way(in_use: Network) -> None:
    """A focal point who is also an office person: Alpha's people cannot vouch for the office's account."""
    first = in_use.people["alpha.first"]
    services.appoint(first, in_use.office, Capacity.OFFICE, TODAY, in_use.office_actor, NOW)
    refused(lambda: vouched(in_use), "policy")
    made = recovery.vouch(user_of(first), SEEN, in_use.office_actor, NOW)
    assert made.way == "office"
    assert made.organization == in_use.office


@pytest.mark.rule("D11")
def test_a_person_in_two_organizations(in_use: Network) -> None:
    """Either organization's people vouch; those of the other one see it and may stop it."""
    first = in_use.people["alpha.first"]
    services.appoint(
        first, in_use.members["beta"], Capacity.SENIOR_MANAGEMENT, TODAY, in_use.head("beta"), NOW
    )
    made = recovery.vouch(user_of(first), SEEN, in_use.head("beta"), NOW)
    assert made.organization == in_use.members["beta"]
    recovery.confirm(made, CALLED, in_use.coordinator, NOW)
    stopped = recovery.stop(made, in_use.head("alpha"), NOW, "she stands before me with her phone")
    assert stopped.state == "refused"
    assert Client().get(path_of(stopped.invitation)).status_code == 404
    assert Authenticator.objects.filter(user=first.user).exists()


@pytest.mark.rule("D17")
def test_the_only_holder_comes_back_by_a_letter(network: Network) -> None:
    network.member("alpha")
    sole = network.people["alpha.first"]
    Authenticator.objects.create(user=user_of(sole), name="default")
    for name in ("alpha.head", "alpha.second"):
        services.end_post(
            network.people[name].posts.get(), TODAY - timedelta(days=1), network.coordinator, NOW
        )
    assistant = one_more(network, "Asma Assistant", Capacity.OFFICE_ASSISTANT, network.office)
    for actor in (network.office_actor, network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)):
        refused(lambda actor=actor: recovery.record_letter(user_of(sole), LETTER, SEEN, actor, NOW), "policy")
    for bad in (
        recovery.Letter("", TODAY, LETTER.file),
        recovery.Letter("Alpha Head", TODAY + timedelta(days=9), LETTER.file),
        recovery.Letter("Alpha Head", TODAY, None),  # type: ignore[arg-type]
    ):
        refused(
            lambda bad=bad: recovery.record_letter(user_of(sole), bad, SEEN, network.coordinator, NOW),
            "guard",
        )
    made = recovery.record_letter(user_of(sole), LETTER, SEEN, network.coordinator, NOW)
    assert (made.state, made.by_letter, made.file is not None) == ("vouched", True, True)
    for actor in (network.coordinator, assistant):
        refused(lambda actor=actor: recovery.confirm(made, CALLED, actor, NOW), "policy")
    made = recovery.confirm(made, CALLED, network.office_actor, NOW)
    assert (made.state, made.confirmed_by) == ("confirmed", "Olive Office")
    assert made.invitation is not None
    assert made.invitation.user == sole.user


@pytest.mark.rule("D17")
def test_no_letter_while_somebody_could_vouch(in_use: Network) -> None:
    lost = user_of(in_use.people["alpha.first"])
    act = lambda: recovery.record_letter(lost, LETTER, SEEN, in_use.coordinator, NOW)  # noqa: E731
    assert "could vouch" in refused(act, "guard")
    vouched(in_use, "alpha.head")  # the Head of Agency lost hers too
    assert "could vouch" in refused(act, "guard")
    Authenticator.objects.filter(user=in_use.people["alpha.second"].user).delete()
    assert act().by_letter


@pytest.mark.rule("D11")
def test_the_only_office_person_comes_back_by_a_letter_that_an_assistant_records(in_use: Network) -> None:
    lost = user_of(in_use.office_person)
    refused(lambda: recovery.record_letter(lost, LETTER, SEEN, in_use.coordinator, NOW), "policy")
    assistant = one_more(in_use, "Asma Assistant", Capacity.OFFICE_ASSISTANT, in_use.office)
    made = recovery.record_letter(lost, LETTER, SEEN, assistant, NOW)
    refused(lambda: recovery.confirm(made, CALLED, assistant, NOW), "policy")
    assert recovery.confirm(made, CALLED, in_use.coordinator, NOW).state == "confirmed"


@pytest.mark.rule("D11")
def test_time_ends_it_whether_or_not_the_job_runs(in_use: Network) -> None:
    made = vouched(in_use)
    end = NOW + timedelta(days=settings.RECOVERY_DAYS)
    late = again(in_use.coordinator, end)
    assert "time for this has passed" in refused(lambda: recovery.confirm(made, CALLED, late, end), "guard")
    assert list(deadlines.due(late, end)) == []
    assert list(deadlines.note_the_end(end, dry_run=True)) == ["a lost phone ended unused"]
    assert any("lost phone" in line for line in jobs.run_due(end))
    made.refresh_from_db()
    assert made.state == "expired"
    assert list(deadlines.note_the_end(end, dry_run=False)) == []
    second = recovery.vouch(
        made.user, SEEN, again(in_use.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT), end), end
    )
    confirmed = recovery.confirm(second, CALLED, late, end)
    over = end + timedelta(hours=settings.RECOVERY_LINK_HOURS)
    assert confirmed.expires_at == over
    with time_machine.travel(over, tick=False):
        assert Client().get(path_of(confirmed.invitation)).status_code == 404
    third = recovery.vouch(
        made.user, SEEN, again(in_use.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT), over), over
    )
    confirmed.refresh_from_db()
    assert (confirmed.state, third.state) == ("expired", "vouched")  # noted by the next one, without the job


@pytest.mark.rule("D11")
def test_a_voucher_who_leaves_in_between(in_use: Network) -> None:
    """The confirmation is refused; somebody else vouches anew, and then it goes on."""
    made = vouched(in_use)
    refused(lambda: recovery.vouch(made, SEEN, in_use.head("alpha"), NOW), "guard")
    leaving.leave(
        in_use.people["alpha.second"],
        in_use.members["alpha"],
        later(minutes=5),
        in_use.coordinator,
        NOW,
        "new post",
    )
    at = later(minutes=5)
    coordinator = again(in_use.coordinator, at)
    reason = refused(lambda: recovery.confirm(made, CALLED, coordinator, at), "guard")
    assert "no longer holds that post" in reason
    made = recovery.vouch(made, SEEN, again(in_use.head("alpha"), at), at)
    assert made.vouched_by == "Alpha Head"
    assert recovery.confirm(made, CALLED, coordinator, at).state == "confirmed"


@pytest.mark.rule("D11")
def test_two_coordinators_confirm_at_once(in_use: Network) -> None:
    """The second is told who was first; one link goes out."""
    acting = one_more(in_use, "Aida Acting", Capacity.ACTING_COORDINATOR, in_use.coordination)
    made = vouched(in_use)
    twin = Recovery.objects.get(pk=made.pk)
    recovery.confirm(made, CALLED, in_use.coordinator, NOW)
    assert "Cora Coordinator" in refused(lambda: recovery.confirm(twin, CALLED, acting, NOW), "state")
    assert Invitation.objects.filter(user=made.user).count() == 1
    assert Notice.objects.filter(kind="access.recovery").count() == 1


@pytest.mark.rule("D11")
@pytest.mark.parametrize("stage", ["vouched", "confirmed"])
@pytest.mark.usefixtures("clock")
def test_an_account_that_is_deactivated_while_it_runs(in_use: Network, stage: str) -> None:
    """It ends; a link that went out stays dead, also when the account is opened again."""
    made = vouched(in_use)
    if stage == "confirmed":
        made = recovery.confirm(made, CALLED, in_use.coordinator, NOW)
    accounts.deactivate(made.user, in_use.coordinator, NOW, "left without a word")
    made.refresh_from_db()
    assert made.state == "refused"
    accounts.reactivate(made.user, in_use.coordinator, NOW, "a mistake")
    if stage == "confirmed":
        assert Client().get(path_of(made.invitation)).status_code == 404
    refused(lambda: recovery.confirm(made, CALLED, in_use.coordinator, NOW), "state")
    assert vouched(in_use).state == "vouched"


@pytest.mark.rule("D11")
def test_the_person_who_lost_nothing_stops_it(in_use: Network) -> None:
    made = vouched(in_use)
    own = in_use.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    rows = list(deadlines.due(own, NOW))
    assert [row.personal for row in rows] == [True]
    refused(lambda: recovery.stop(made, own, NOW, " "), "note")
    refused(lambda: recovery.stop(made, in_use.head("beta"), NOW, "x"), "policy")
    assert recovery.stop(made, own, NOW, "my phone is in my hand").state == "refused"
    assert live_of(made.user) is None


@pytest.mark.rule("D11")
def test_what_is_no_lost_phone(in_use: Network) -> None:
    """Never set up: invite. Closed: open again. No post: fill one. Technical: on the server. Twice: one at a time."""
    voucher = in_use.actor("alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    first = user_of(in_use.people["alpha.first"])
    vouched(in_use)
    assert "under way already" in refused(lambda: recovery.vouch(first, SEEN, in_use.head("alpha"), NOW))
    head = user_of(in_use.people["alpha.head"])
    Authenticator.objects.filter(user=head).delete()
    assert "never set up" in refused(lambda: recovery.vouch(head, SEEN, voucher, NOW), "guard")
    accounts.deactivate(head, in_use.coordinator, NOW, "x")
    assert "closed" in refused(lambda: recovery.vouch(head, SEEN, voucher, NOW), "guard")
    services.end_post(
        in_use.people["beta.first"].posts.get(), TODAY - timedelta(days=1), in_use.coordinator, NOW
    )
    gone = user_of(in_use.people["beta.first"])
    assert "Fill a post first" in refused(
        lambda: recovery.vouch(gone, SEEN, in_use.head("beta"), NOW), "guard"
    )
    second = user_of(in_use.people["beta.second"])
    second.is_superuser = True
    second.save()
    refused(lambda: recovery.vouch(second, SEEN, in_use.head("beta"), NOW), "guard")


@pytest.mark.rule("D11")
@pytest.mark.usefixtures("clock")
def test_a_mailbox_that_is_lost_too(in_use: Network) -> None:
    """The address was corrected: the link goes there, the old one is told, and its use makes it the account's."""
    first = in_use.people["alpha.first"]
    correction = {"email": "first@new.example"}
    services.correct_person(first, correction, in_use.coordinator, NOW, "the office moved to another domain")
    made = recovery.confirm(vouched(in_use), CALLED, in_use.coordinator, NOW)
    assert Notice.objects.get(kind="access.recovery").to == ["first@new.example"]
    assert Notice.objects.get(kind="access.recovery_elsewhere").to == ["alpha.first@example.org"]
    user = user_of(first)
    user.refresh_from_db()
    assert user.email == "alpha.first@example.org"
    Client().post(path_of(made.invitation), {"password": NEW, "again": NEW})
    user.refresh_from_db()
    assert user.email == "first@new.example"


@pytest.mark.rule("D11")
def test_the_server_is_the_last_resort_only(in_use: Network) -> None:
    email = "olive@example.org"
    with pytest.raises(CommandError, match="no account"):
        call_command("recover_account", "nobody@example.org", "--reason", "x")
    out = StringIO()
    call_command(
        "recover_account", email, "--reason", "letter of 11 January, seen by the operator", stdout=out
    )
    link = out.getvalue().split()[-1].removeprefix(settings.BASE_URL)
    assert Client().post(link, {"password": NEW, "again": NEW}).status_code == 302
    event = Event.objects.get(action="recovery.on_the_server")
    assert "letter of 11 January" in event.reason
    assert "cora@example.org" in told()
    with pytest.raises(CommandError, match="people who can vouch"):
        call_command("recover_account", "alpha.first@example.org", "--reason", "x")


def test_the_table_of_ways_holds_its_own_promises() -> None:
    """Never coordination alone for the office; whoever vouches is not who confirms; every capacity has a way."""
    covered = frozenset().union(*(rule.lost_by for rule in WAYS))
    assert covered == frozenset(Capacity)
    for rule in WAYS:
        assert rule.vouchers
        assert rule.confirmers
        assert bool(rule.recorders) == bool(rule.letter_confirmers)
        assert not (rule.recorders & rule.letter_confirmers)
    office = WAYS[0]
    sides = ({"office"}, {"office_assistant"})
    assert office.vouchers in sides
    assert office.recorders in sides
