"""Where the care of the library meets another day, another language, another answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from audit.actors import Actor
from intranet.access import languages
from intranet.clock import jobs, now
from intranet.network.models import NetworkSettings
from intranet.network.services import change_settings
from intranet.notices.models import Notice
from protocol_pages.care import deadlines, selectors, services
from tests.personas import PersonaClient
from tests.protocol_pages.library import world

pytestmark = pytest.mark.django_db
COORDINATOR = Actor(label="Layla Example", capacity="coordinator")
AT = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)  # 00:30 of the 26th in Baghdad


@pytest.mark.rule("D4")
def test_an_owner_is_written_to_in_their_own_language(
    editor: PersonaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languages, "_providers", [lambda user: "ar"])
    world.resource("Kept", owner=editor.user, review_on=now().date() - timedelta(days=1))
    with translation.override("en"):
        list(deadlines.ask_owners(now(), False))
    mail = Notice.objects.get(kind="library.review")
    with translation.override("ar"):
        assert mail.subject == translation.gettext("A page of yours") != "A page of yours"
    assert (mail.language, "/ar/care/" in mail.text) == ("ar", True)


def test_pages_appear_and_vanish_on_the_day_that_their_editor_gave(member: PersonaClient) -> None:
    at = now()
    over = world.resource("Gone by then", slug="over", expire_at=at + timedelta(days=2))
    coming = world.resource("There by then", slug="coming", go_live_at=at + timedelta(days=2))
    shown = member.get(over.get_parent().get_url()).content.decode()
    assert ("Gone by then" in shown, "There by then" in shown) == (True, False)
    list(deadlines.keep_the_schedule(at + timedelta(days=1), False))
    over.refresh_from_db()
    assert over.live
    told = list(deadlines.keep_the_schedule(at + timedelta(days=3), True))
    over.refresh_from_db()
    assert (len(told), over.live) == (1, True)
    with time_machine.travel(at + timedelta(days=3), tick=False):
        said = jobs.run_due(now())
    assert any("1 pages published and 1 taken down" in line for line in said)
    over.refresh_from_db()
    coming.refresh_from_db()
    assert (over.live, coming.live) == (False, True)
    assert list(deadlines.keep_the_schedule(at + timedelta(days=4), False)) == []


@pytest.mark.rule("D16")
def test_a_day_mistyped_by_an_owner_is_mended_by_the_next_answer(editor: PersonaClient) -> None:
    page = world.resource("Kept", owner=editor.user)
    services.confirm(page, date(2207, 1, 1), editor.actor, now())
    services.confirm(page, date(2030, 1, 1), editor.actor, now() + timedelta(minutes=1))
    assert selectors.next_look(page) == date(2030, 1, 1)
    assert [row.on for row in selectors.reviews(now()) if row.page.pk == page.pk] == [date(2030, 1, 1)]


@pytest.mark.rule("D42")
def test_a_channel_is_verified_on_a_day_that_has_come(db: None) -> None:
    with pytest.raises(ValidationError, match="has not come yet"):
        change_settings({"channels_verified_on": date(2026, 11, 27)}, COORDINATOR, AT, "Called", None)
    row = change_settings({"channels_verified_on": date(2026, 11, 26)}, COORDINATOR, AT, "Called", None)
    assert row is not None


@pytest.mark.rule("D42")
def test_another_number_is_not_verified_by_a_call_to_the_one_before(db: None) -> None:
    first = change_settings({"channels_verified_on": date(2026, 11, 26)}, COORDINATOR, AT, "Called", None)
    assert first is not None
    later = AT + timedelta(days=9)
    second = change_settings({"hotline": "80060000"}, COORDINATOR, later, "A new number", first.pk)
    assert second is not None
    assert NetworkSettings.current().channels_verified_on is None
    both = {"inter_agency_email": "psea@example.org", "channels_verified_on": date(2026, 12, 4)}
    third = change_settings(both, COORDINATOR, later + timedelta(days=1), "Called and wrote", second.pk)
    assert third is not None
    assert third.channels_verified_on == date(2026, 12, 4)
