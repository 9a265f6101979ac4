"""From the invitation to the first page: one-time, hashed, with an end; by the Coordinator or on the server."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from audit.models import Event
from intranet.access import accounts, links
from intranet.access.devices import Authenticator, BackupDevice
from intranet.access.models import Invitation, User
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices import outbox
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from tests.factories import make_user
from tests.personas import give, persona_actor, persona_client, sign_in

from .doors import HOME, LOGIN, SETUP, codes_on, enrol, post_backup, post_password

pytestmark = pytest.mark.django_db
NEW = "a quiet lamp beside 4 rivers"


def invited(capacity: Capacity | None = Capacity.AUDITOR) -> tuple[User, Invitation, str]:
    """A new account with an open invitation, and the path of its link."""
    user = make_user(password=None)
    if capacity is not None:
        give(user, capacity)
    outcome = accounts.invite(user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now())
    return user, outcome.obj, path_of(outcome.obj)


def path_of(invitation: Invitation) -> str:
    return links.invitation_link(invitation.seed).removeprefix(settings.BASE_URL)


@pytest.mark.rule("D10")
def test_the_whole_way_in_by_mail() -> None:
    user, invitation, _path = invited()
    assert outbox.deliver_due(now()).sent == 1
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    assert mail.outbox[0].to == [user.email]
    path = link.removeprefix(settings.BASE_URL)
    client = Client()
    for _scan in range(3):
        assert client.get(path).status_code == 200
        assert client.head(path).status_code == 200
    invitation.refresh_from_db()
    assert invitation.state == "open"
    answer = client.post(path, {"password": NEW, "again": NEW})
    assert answer.url == SETUP
    assert client.get(HOME).url == SETUP
    page = enrol(client)
    codes = codes_on(page)
    assert len(set(codes)) == 10
    assert client.get(HOME).status_code == 200
    assert not any(code in client.get("/en/account/two_factor/").content.decode() for code in codes)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.used_at is not None) == ("used", True)
    assert BackupDevice.objects.get(user=user).left() == 10
    actions = list(Event.objects.order_by("sequence").values_list("action", "outcome"))
    assert ("invitation.invite", "done") in actions
    assert ("invitation.accept", "done") in actions
    assert ("access.enrolled", "done") in actions
    assert ("access.sign_in", "done") in actions
    client = Client()
    post_password(client, user.email, NEW)
    assert post_backup(client, codes[0]).status_code == 302


@pytest.mark.rule("D10")
def test_the_link_works_once_and_only_until_its_end() -> None:
    user, invitation, path = invited()
    assert (invitation.expires_at - invitation.sent_at).days == settings.INVITATION_DAYS == 7
    with time_machine.travel(invitation.expires_at, tick=False):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"password": NEW, "again": NEW}).status_code == 404
    user.refresh_from_db()
    assert not user.has_usable_password()
    with time_machine.travel(invitation.expires_at - timedelta(seconds=1), tick=False):
        assert Client().post(path, {"password": NEW, "again": NEW}).status_code == 302
        assert Client().get(path).status_code == 404
        assert (
            Client().post(path, {"password": "other words 1234", "again": "other words 1234"}).status_code
            == 404
        )
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_used_an_unknown_and_an_ended_link_look_the_same() -> None:
    _user, _invitation, used = invited()
    Client().post(used, {"password": NEW, "again": NEW})
    unknown = "/en/account/invitation/no-such-token/"
    pages = {Client().get(path).content.decode().replace(path[4:], "") for path in (used, unknown)}
    assert len(pages) == 1


@pytest.mark.rule("D10")
def test_neither_database_nor_outbox_holds_the_link() -> None:
    _user, invitation, path = invited()
    token = path.rstrip("/").rsplit("/", 1)[1]
    rows = [*Invitation.objects.all(), *Invitation.history.all(), *Notice.objects.all(), *Event.objects.all()]
    assert token not in serialize("json", rows)
    assert invitation.digest == links.digest_of(token)
    assert outbox.PRIVATE_LINK in Notice.objects.get(kind="access.invitation").text


def test_a_new_invitation_ends_the_one_before() -> None:
    user, first, path = invited()
    accounts.invite(user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now())
    first.refresh_from_db()
    assert first.state == "withdrawn"
    assert Client().get(path).status_code == 404
    assert Invitation.objects.filter(user=user, state="open").count() == 1


@pytest.mark.rule("D11")
@pytest.mark.parametrize(
    ("capacity", "fresh", "code"),
    [
        (Capacity.OFFICE, True, "policy"),
        (Capacity.PRIMARY_FOCAL_POINT, True, "policy"),
        (Capacity.COORDINATOR, False, "step_up"),
    ],
)
def test_who_may_not_invite_changes_nothing(capacity: Capacity, fresh: bool, code: str) -> None:
    user = make_user(password=None)
    at = now()
    verified = at if fresh else at - timedelta(minutes=settings.STEP_UP_MINUTES, seconds=1)
    with pytest.raises(Refused) as refusal:
        accounts.invite(user, persona_actor(capacity, verified_at=verified), at)
    assert refusal.value.code == code
    assert not Invitation.objects.exists()
    assert not Notice.objects.exists()
    assert Event.objects.get(action="invitation.invite").outcome == "refused"


def test_nobody_else_accepts_and_a_deactivated_account_does_not() -> None:
    user, invitation, path = invited()
    accounts.deactivate(
        user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now(), "left the network"
    )
    assert Client().get(path).status_code == 404
    with pytest.raises(Refused):
        accounts.accept(invitation, NEW, now())
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_weak_and_unequal_passwords_are_refused_with_the_field_and_the_fix() -> None:
    _user, invitation, path = invited()
    for first, second in (("short", "short"), ("123456789012345", "123456789012345"), (NEW, NEW + "x")):
        page = Client().post(path, {"password": first, "again": second})
        assert page.status_code == 200
        assert "errsum" in page.content.decode()
    invitation.refresh_from_db()
    assert invitation.state == "open"


@pytest.mark.rule("D11")
@pytest.mark.parametrize("capacity", [Capacity.COORDINATOR, Capacity.ACTING_COORDINATOR, "system"])
def test_nobody_alone_invites_an_account_that_was_ever_set_up(capacity: str) -> None:
    user = make_user()
    give(user, Capacity.OFFICE)
    old = sign_in(user)
    with pytest.raises(Refused) as refusal:
        accounts.invite(user, persona_actor(capacity, verified_at=now()), now())
    assert (refusal.value.code, "Lost phone and codes" in refusal.value.reason) == ("guard", True)
    assert not Invitation.objects.exists()
    assert old.get(HOME).status_code == 200
    with pytest.raises(Refused) as refusal:  # nor by the way of the lost phone, which is another's to open
        accounts.recover(user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now())
    assert refusal.value.code == "policy"
    Authenticator.objects.filter(user=user).delete()
    user.set_up_at = now()  # a factor that its owner removed: still an account that was in use
    user.save()
    with pytest.raises(Refused):
        accounts.invite(user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now())


@pytest.mark.rule("D11")
def test_an_invitation_that_an_enrolment_overtook_opens_nothing() -> None:
    user, _first, path = invited()
    client = Client()
    client.post(path, {"password": NEW, "again": NEW})
    second = accounts.invite(user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now()).obj
    enrol(client)
    assert Client().get(path_of(second)).status_code == 404
    answer = Client().post(path_of(second), {"password": NEW + "x", "again": NEW + "x"})
    assert answer.status_code == 404
    with pytest.raises(Refused):
        accounts.accept(second, NEW + "x", now())
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert Authenticator.objects.filter(user=user).count() == 1


@pytest.mark.rule("D16")
def test_the_first_superuser_comes_from_the_command_and_the_link_is_printed_once() -> None:
    out = StringIO()
    call_command("invite", "root@example.org", "--superuser", stdout=out)
    user = User.objects.get(email="root@example.org")
    assert (user.is_superuser, user.has_usable_password()) == (True, False)
    link = out.getvalue().split()[-1]
    client = Client()
    client.post(link.removeprefix(settings.BASE_URL), {"password": NEW, "again": NEW})
    assert len(codes_on(enrol(client))) == 10
    assert client.get(HOME).status_code == 200
    assert client.get("/django-admin/").status_code == 200
    assert Event.objects.filter(action="account.technical", object_id=str(user.pk)).count() == 1
    member = make_user()
    with pytest.raises(CommandError):
        call_command("invite", member.email, "--superuser", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("invite", "no address", stdout=StringIO())
    member.refresh_from_db()
    assert not member.is_superuser


def test_the_coordinators_page_invites_deactivates_and_opens_again() -> None:
    client = persona_client(Capacity.COORDINATOR)
    form = {"email": "New.Person@example.org", "given": "New", "family": "Person"}
    assert client.post(reverse("access:invite"), form).url == reverse("access:accounts")
    person = User.objects.get(email="new.person@example.org")
    assert Invitation.objects.get(user=person).state == "open"
    page = client.get(reverse("access:accounts")).content.decode()
    assert "new.person@example.org" in page
    standing = reverse("access:standing", args=[person.pk])
    assert client.post(standing, {"standing": "deactivated", "reason": " "}).status_code == 409
    for bad, said in (("a\0b", "Reason: a sign in it cannot be kept"), ("x" * 301, "at most 300 characters")):
        answer = client.post(standing, {"standing": "deactivated", "reason": bad})
        assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert f'value="{"x" * 301}"' in answer.content.decode()  # what was typed is kept
    person.refresh_from_db()
    assert person.is_active
    assert client.post(standing, {"standing": "deactivated", "reason": "left"}).status_code == 302
    person.refresh_from_db()
    assert not person.is_active
    assert client.post(standing, {"standing": "active", "reason": "came back"}).status_code == 302
    own = reverse("access:standing", args=[client.user.pk])
    assert client.post(own, {"standing": "deactivated", "reason": "tired"}).status_code == 409
    client.forget_code()
    assert client.post(standing, {"standing": "deactivated", "reason": "x"}).url.startswith(
        "/en/account/confirm/"
    )
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.rule("D12")
def test_a_deactivated_account_is_out_at_once() -> None:
    client = persona_client(Capacity.AUDITOR)
    coordinator = persona_actor(Capacity.COORDINATOR, verified_at=now())
    accounts.deactivate(client.user, coordinator, now(), "left the network")
    assert client.get(HOME).url.startswith(LOGIN)
    newcomer = Client()
    page = post_password(newcomer, client.user.email).content.decode()
    assert "sign_in_view-current_step" in page
    assert "token-otp_token" not in page
    accounts.reactivate(client.user, coordinator, now(), "came back")
    assert client.get(HOME).url.startswith(LOGIN)  # the old session does not come back with the account
    event = Event.objects.get(action="account.deactivate")
    assert (event.reason, event.object_label) == ("left the network", client.user.label)


def test_an_invitation_speaks_the_persons_language() -> None:
    user = make_user(password=None)
    accounts.invite(user, persona_actor(Capacity.COORDINATOR, verified_at=now()), now(), language="ar")
    notice = Notice.objects.get(kind="access.invitation")
    assert (notice.language, notice.subject) == ("ar", "دعوتكم")
    assert "اختاروا كلمة مروركم" in notice.text
    assert outbox.PRIVATE_LINK in notice.text
