"""The pages of a lost phone, through the door: who sees what, what is asked, what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.models import Event
from intranet.access import links
from intranet.access.devices import Authenticator
from intranet.access.roles import Capacity
from signatories import services
from signatories.recovery.models import Recovery
from tests.factories import make_user
from tests.personas import PersonaClient

from ..doors import client_of, coordinator_client, hidden, member_client, office_client, text_of
from ..network import NOW, SCAN, TODAY, Network
from .lost import one_more, user_of, vouched

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
NOBODY = "00000000-0000-4000-8000-000000000000"
SEEN = {"channel": "video", "compared": "face and voice; named the day of the appointment"}


def page(network: Network, who: str = "alpha.first") -> str:
    return reverse("lost-phone", args=[user_of(network.people[who]).pk])


def send(client: PersonaClient, path: str, **data: object) -> object:
    return client.post(path, hidden(client.get(path)) | data)


@pytest.mark.rule("D11")
def test_from_a_colleagues_page_to_the_link(in_use: Network) -> None:
    alpha = in_use.members["alpha"]
    second = member_client(in_use, "alpha.second", Capacity.SECONDARY_FOCAL_POINT)
    start = page(in_use)
    assert start in second.get(reverse("organization", args=[alpha.pk])).content.decode()
    assert (
        page(in_use, "alpha.second")
        not in second.get(reverse("organization", args=[alpha.pk])).content.decode()
    )
    empty = second.post(start, hidden(second.get(start)))
    assert "How you spoke with the person: choose one" in text_of(empty)
    form = hidden(second.get(start)) | SEEN
    for _twice in range(2):
        answer = second.post(start, form)
        assert answer.status_code == 302
    made = Recovery.objects.get()
    own = reverse("recovery", args=[made.pk])
    assert answer.url == own
    assert second.get(start).url == own  # one at a time
    assert "You vouched for this person; somebody else must confirm it." in text_of(second.get(own))
    assert reverse("recovery-confirm", args=[made.pk]) not in second.get(own).content.decode()
    coordinator = coordinator_client(in_use)
    assert own in coordinator.get("/en/").content.decode()
    confirm = reverse("recovery-confirm", args=[made.pk])
    assert "face and voice" in text_of(coordinator.get(own))
    called = {"channel": "phone", "compared": "called the voucher on the number of the directory"}
    assert coordinator.post(confirm, hidden(coordinator.get(confirm)) | called).url == own
    made.refresh_from_db()
    assert made.invitation is not None
    path = links.invitation_link(made.invitation.seed).removeprefix(settings.BASE_URL)
    assert Client().get(path).status_code == 200
    again = coordinator.post(confirm, hidden(coordinator.get(confirm)) | called)
    assert "not possible now" in text_of(again)


@pytest.mark.rule("D11")
def test_the_coordinator_reports_and_a_fresh_code_is_asked(in_use: Network) -> None:
    coordinator = coordinator_client(in_use)
    start = page(in_use)
    text = text_of(coordinator.get(start))
    assert "These people could vouch, and are asked when you report it: Alpha Head Alpha Second" in text
    assert send(coordinator, start).status_code == 302
    made = Recovery.objects.get()
    assert made.state == "open"
    head = member_client(in_use, "alpha.head", Capacity.HEAD_OF_AGENCY)
    vouch = reverse("recovery-vouch", args=[made.pk])
    form = hidden(head.get(vouch)) | SEEN
    head.forget_code()
    assert head.get(vouch).url.startswith("/en/account/confirm/")
    stale = head.post(vouch, form)
    assert "Nothing you typed is lost" in text_of(stale)
    assert "face and voice" in stale.content.decode()
    made.refresh_from_db()
    assert made.state == "open"
    assert Event.objects.filter(action="recovery.vouch", outcome="refused").count() == 1


@pytest.mark.rule("D10")
def test_for_others_it_does_not_exist(in_use: Network) -> None:
    made = vouched(in_use)
    outsider = member_client(in_use, "beta.head", Capacity.HEAD_OF_AGENCY)
    technical = make_user(is_superuser=True)
    for name, key in (
        ("lost-phone", user_of(in_use.people["alpha.first"]).pk),
        ("lost-phone", technical.pk),
        ("recovery", made.pk),
        ("recovery-vouch", made.pk),
        ("recovery-stop", made.pk),
    ):
        nothing = outsider.get(reverse(name, args=[NOBODY]))
        strange = outsider.get(reverse(name, args=[key]))
        assert strange.status_code == nothing.status_code == 404, name
        assert text_of(strange) == text_of(nothing), name
        assert outsider.post(reverse(name, args=[key]), SEEN | {"reason": "x"}).status_code in (404, 405)
    assert outsider.get(reverse("recovery-confirm", args=[made.pk])).status_code == 403
    assert coordinator_client(in_use).get(reverse("lost-phone", args=[technical.pk])).status_code == 404
    own = member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert own.get(page(in_use)).status_code == 403
    history = reverse("history", args=["recovery", made.pk])
    assert outsider.get(history).status_code == 404
    made.refresh_from_db()
    assert made.state == "vouched"


@pytest.mark.rule("D11")
def test_the_person_reads_it_on_home_and_stops_it(in_use: Network) -> None:
    made = vouched(in_use)
    own = member_client(in_use, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert "A lost phone was reported for your account" in text_of(own.get("/en/"))
    shown = text_of(own.get(reverse("recovery", args=[made.pk])))
    assert "If you lost nothing, stop it" in shown
    stop = reverse("recovery-stop", args=[made.pk])
    assert "cannot stay empty" in text_of(own.post(stop, hidden(own.get(stop))))
    assert send(own, stop, reason="my phone is in my hand").status_code == 302
    made.refresh_from_db()
    assert made.state == "refused"
    assert "It was stopped" in text_of(own.get(reverse("recovery", args=[made.pk])))
    assert "A lost phone was reported" not in text_of(own.get("/en/"))


@pytest.mark.rule("D17")
def test_the_letter_is_recorded_by_one_and_confirmed_by_another(network: Network) -> None:
    network.member("alpha")
    sole = network.people["alpha.first"]
    Authenticator.objects.create(user=user_of(sole), name="default")
    for name in ("alpha.head", "alpha.second"):
        services.end_post(
            network.people[name].posts.get(), TODAY - timedelta(days=1), network.coordinator, NOW
        )
    coordinator = coordinator_client(network)
    start = reverse("lost-phone", args=[user_of(sole).pk])
    letter = reverse("lost-phone-letter", args=[user_of(sole).pk])
    shown = coordinator.get(start)
    assert "Nobody else could vouch" in text_of(shown)
    assert letter in shown.content.decode()
    data = hidden(coordinator.get(letter)) | {
        "letter_from": "Alpha Head, Country Director",
        "received_on": f"{TODAY:%d/%m/%Y}",
        "compared": "letterhead and signature with the endorsement",
        "file": SimpleUploadedFile(SCAN[0], SCAN[1], SCAN[2]),
    }
    assert coordinator.post(letter, data).status_code == 302
    made = Recovery.objects.get()
    own = reverse("recovery", args=[made.pk])
    assert "You recorded this yourself; somebody else must confirm it." in text_of(coordinator.get(own))
    assert coordinator.get(reverse("recovery-confirm", args=[made.pk])).status_code == 403
    office = office_client(network)
    assert own in office.get("/en/").content.decode()
    assert office.get(reverse("file", args=[made.file_id])).status_code == 200
    confirm = reverse("recovery-confirm", args=[made.pk])
    form = hidden(office.get(confirm)) | {"channel": "letter", "compared": "the same seal as in 2022"}
    assert office.post(confirm, form).url == own
    made.refresh_from_db()
    assert (made.state, made.confirm_channel) == ("confirmed", "letter")


def test_a_page_says_when_its_time_is_up(in_use: Network, clock: object) -> None:
    made = vouched(in_use)
    clock.shift(timedelta(days=settings.RECOVERY_DAYS))  # type: ignore[attr-defined]
    coordinator = coordinator_client(in_use)
    shown = coordinator.get(reverse("recovery", args=[made.pk]))
    assert "Its time is up" in text_of(shown)
    assert reverse("recovery-confirm", args=[made.pk]) not in shown.content.decode()
    assert "Lost phone" not in text_of(coordinator.get("/en/")).split("Where to find things")[0]
    assert coordinator.get(page(in_use)).status_code == 200  # report it anew


def test_an_office_persons_phone_is_vouched_for_by_another_office_person(in_use: Network) -> None:
    one_more(in_use, "Otto Office", Capacity.OFFICE, in_use.office)
    otto = client_of(in_use.people["otto"], Capacity.OFFICE, in_use.office)
    start = reverse("lost-phone", args=[user_of(in_use.office_person).pk])
    assert "Another person of the office vouches" in text_of(otto.get(start))
    assert send(otto, start, **SEEN).status_code == 302
    made = Recovery.objects.get()
    assert made.way == "office"
    assert otto.get(reverse("recovery-confirm", args=[made.pk])).status_code == 403
    member = member_client(in_use, "alpha.head", Capacity.HEAD_OF_AGENCY)
    assert member.get(start).status_code == 404
