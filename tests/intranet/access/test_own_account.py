"""What the person sees and ends of the own account: the server's clock beside the code, all other sessions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from audit.models import Event
from intranet.access import languages, passwords
from intranet.access.attempts import account_actor
from intranet.access.devices import BackupDevice
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.notices.models import Notice
from tests.factories import make_authenticator, make_user
from tests.personas import give, persona_client, sign_in

from .doors import CONFIRM, HOME, LOGIN, SETUP, enrol, post_backup, post_password

pytestmark = pytest.mark.django_db
PROFILE = "/en/account/two_factor/"
END = "/en/account/sessions/end/"
AT = datetime(2026, 1, 11, 9, 5, 27, tzinfo=UTC)
SHOWN = (
    '<time datetime="2026-01-11T12:05:27+03:00" dir="ltr">12:05:27</time>',
    "is off by more than half a minute",
)


@pytest.mark.rule("D10")
def test_the_servers_time_stands_beside_every_code_of_the_app() -> None:
    user = make_user()
    give(user, Capacity.AUDITOR)
    make_authenticator(user)
    with time_machine.travel(AT, tick=False):
        client = sign_in(user)
        pages = [
            post_password(Client(), user.email),
            client.get(CONFIRM),
            client.get(SETUP),
        ]
        for page in pages:
            assert all(text in page.content.decode() for text in SHOWN)
        assert SHOWN[0] not in client.get(f"{CONFIRM}?with=backup").content.decode()
        assert SHOWN[0] not in Client().get(LOGIN).content.decode()


def test_whoever_lost_both_reads_whom_to_call() -> None:
    user = make_user()
    make_authenticator(user)
    page = post_password(Client(), user.email).content.decode()
    assert "Phone and backup codes both lost?" in page


@pytest.mark.rule("D11")
def test_all_other_sessions_end_and_this_one_goes_on() -> None:
    here = persona_client(Capacity.AUDITOR)
    there = sign_in(here.user)
    assert there.get(HOME).status_code == 200
    assert "You are signed in here since" in here.get(PROFILE).content.decode()
    assert here.get(END).status_code == 405
    here.forget_code()  # taking away needs no fresh code
    answer = here.post(END)
    assert answer.url == f"{PROFILE}?ended=1"
    assert "All your other sessions were ended." in here.get(answer.url).content.decode()
    assert there.get(HOME).url.startswith(LOGIN)
    assert here.get(HOME).status_code == 200
    assert Event.objects.get(action="access.sessions_ended").actor_id == here.user.pk


@pytest.mark.rule("D11")
def test_a_new_phone_with_the_old_one_or_with_a_backup_code() -> None:
    user = make_user()
    give(user, Capacity.AUDITOR)
    device = make_authenticator(user)
    holder = BackupDevice.objects.create(user=user, name="backup")
    code = holder.renew()[0]
    client = sign_in(user)
    assert enrol(client).status_code == 200  # the old phone's code is fresh
    client = Client()
    post_password(client, user.email)
    fresh = BackupDevice.objects.get(user=user).renew()[1]
    assert post_backup(client, code).status_code == 200  # codes of the old set are worth nothing
    client = Client()
    with time_machine.travel(now(), tick=False) as clock:
        clock.shift(5)  # past the throttle of the wrong code
        post_password(client, user.email)
        assert post_backup(client, fresh).status_code == 302
        assert enrol(client).status_code == 200
    user.refresh_from_db()
    assert user.set_up_at is not None
    assert user.authenticator_set.count() == 1
    assert not user.authenticator_set.filter(pk=device.pk).exists()


@pytest.mark.rule("D4")
def test_a_mail_about_an_account_is_written_in_its_owner_s_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever acts: somebody else's screen, or somebody who tries codes, is in another one."""
    monkeypatch.setattr(languages, "_providers", [lambda user: "ar"])
    user = make_user()
    with translation.override("en"):
        passwords.set_password(
            user, "A quite long phrase 7", now(), account_actor(user), "access.password_changed"
        )
    mail = Notice.objects.get(kind="access.password_changed")
    with translation.override("ar"):
        assert mail.subject == translation.gettext("Your password was changed") != "Your password was changed"
    assert mail.language == "ar"
