"""The stops through the door: each its own form, what it does beside it, letters, and who sees what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.papers.models import IssuedPaper
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import EntryKind, ParticipationEntry
from signatories.stops import services as stops
from signatories.stops.matrix import MATRIX, Area, Stop
from tests.personas import sign_in

from .doors import client_of, coordinator_client, hidden, member_client, office_client, read_file, text_of
from .network import NOW, SCAN, TODAY, Network, counts, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "word_only")]
SUSPEND = {
    "reason": "security",
    "scope": "all",
    "notifications_continue": "yes",
    "effective_on": "11/1/2026",
    "review_on": "١/٣/٢٠٢٦",
    "statement": "The security situation does not allow it.",
}
STOP = {
    "breach_reference": "br-2026-01",
    "office_involved": "no",
    "reasons": "Figures were passed on.",
    "effective_on": "11/1/2026",
}


def head(network: Network) -> Any:
    return member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)


def post(client: Any, url: str, typed: dict[str, Any]) -> Any:
    return client.post(url, hidden(client.get(url)) | typed)


@pytest.mark.rule("§4.f")
def test_suspend_say_anew_and_resume(signed: Network) -> None:
    alpha, client = signed.members["alpha"], head(signed)
    page = text_of(client.get(reverse("suspend")))
    assert (
        "This goes to the DSRSG/HC/RC office, with a copy to the PSEA Coordinator. Nobody approves it."
        in page
    )
    for area in (Area.DUTY, Area.NOTICES):
        assert str(MATRIX[Stop.SUSPENSION][area].says) in page
    gaps = post(client, reverse("suspend"), SUSPEND | {"scope": "", "effective_on": "yesterday"})
    told = text_of(gaps)
    assert "What is suspended: choose one of the answers." in told
    assert "From: write the day as day/month/year" in told
    assert "The security situation" in gaps.content.decode()
    assert ParticipationEntry.objects.count() == 1
    form = hidden(client.get(reverse("suspend")))
    done = client.post(reverse("suspend"), form | SUSPEND)
    again = client.post(reverse("suspend"), form | SUSPEND)  # double submit
    assert done.headers["Location"] == again.headers["Location"]
    entry = ParticipationEntry.objects.get(kind=EntryKind.SUSPENDED)
    assert (entry.review_on.isoformat(), entry.scope, entry.notifications_continue) == (
        "2026-03-01",
        "all",
        True,
    )  # type: ignore[union-attr]
    receipt = text_of(client.get(done.headers["Location"]))
    assert "All sharing: monthly reports and external release" in receipt
    assert "They go on meanwhile." in receipt
    assert "Letter of suspension SP-2026-001" in receipt
    hub = text_of(client.get(reverse("take-part")))
    assert "Sharing is suspended since" in hub
    assert "Say anew what is suspended, and until when" in hub
    anew = client.get(reverse("suspension-renew"))
    assert 'value="security"' in anew.content.decode()
    post(client, reverse("suspension-renew"), SUSPEND | {"scope": "external", "review_on": ""})
    assert selectors.position(alpha, TODAY).suspension.scope == "external"  # type: ignore[union-attr]
    assert post(client, reverse("resume"), {"effective_on": "11/1/2026", "statement": ""}).status_code == 302
    assert not selectors.is_suspended(alpha, TODAY)
    own = alpha.pk.hex[:4].upper()  # two organizations' first letters are told apart
    assert {p.number for p in IssuedPaper.objects.exclude(kind="endorsement")} == {
        f"SP-2026-001-{own}",
        f"SP-2026-002-{own}",
        f"RS-2026-001-{own}",
    }


@pytest.mark.rule("§9.f")
@pytest.mark.rule("§9.g")
def test_stop_the_flow_with_the_recommendation_beside_it(signed: Network, edition: Edition) -> None:
    alpha, client = signed.members["alpha"], head(signed)
    page = text_of(client.get(reverse("flow-stop")))
    assert "This goes to the PSEA Coordinator, in writing." in page
    assert "it is recommended that data gathering organizations continue to share data" in page
    gaps = text_of(post(client, reverse("flow-stop"), STOP | {"reasons": "", "breach_reference": "X"}))
    assert "Reasons for stopping the flow of data: this cannot stay empty." in gaps
    done = post(client, reverse("flow-stop"), STOP)
    entry = ParticipationEntry.objects.get(kind=EntryKind.FLOW_STOPPED)
    assert done.headers["Location"] == reverse("participation-entry", args=[entry.pk])
    receipt = text_of(client.get(done.headers["Location"]))
    assert "BR-2026-01" in receipt
    assert "Letter on the stop of flow FS-2026-001" in receipt
    assert "recommended" in receipt
    focal_point = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    months = text_of(focal_point.get(reverse("reports")))
    assert "No month is asked for, and nobody reminds you. The form stays open." in months
    assert "it is recommended that data gathering organizations continue" in months
    post(client, reverse("flow-resume"), {"effective_on": "11/1/2026", "statement": ""})
    assert not selectors.is_flow_stopped(alpha, TODAY)
    assert "recommended" not in text_of(focal_point.get(reverse("reports")))


@pytest.mark.rule("§9.g")
def test_an_involved_office_finds_nothing_and_nobody_is_recommended_anything(
    signed: Network, edition: Edition
) -> None:
    client = head(signed)
    post(client, reverse("flow-stop"), STOP | {"office_involved": "yes"})
    entry = ParticipationEntry.objects.get(kind=EntryKind.FLOW_STOPPED)
    page = reverse("participation-entry", args=[entry.pk])
    assert "recommended" not in text_of(client.get(page))
    office = office_client(signed)
    assert office.get(page).status_code == 404
    paper = IssuedPaper.objects.exclude(kind="endorsement").get()
    assert office.get(reverse("file", args=[paper.word_id])).status_code == 404
    organization = text_of(office.get(reverse("organization", args=[signed.members["alpha"].pk])))
    assert "BR-2026-01" not in organization
    assert "Figures were passed on" not in organization
    assert coordinator_client(signed).get(page).status_code == 200
    assert coordinator_client(signed).get(reverse("file", args=[paper.word_id])).status_code == 200
    months = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT).get(reverse("reports"))
    assert "The flow of data is stopped" in text_of(months)
    assert "recommended" not in text_of(months)


@pytest.mark.rule("§9.f")
def test_members_do_not_read_anothers_stop_of_flow(signed: Network) -> None:
    alpha = signed.members["alpha"]
    stops.stop_flow(
        alpha,
        signed.head("alpha"),
        NOW,
        breach_reference="BR-2026-01",
        reasons="A breach.",
        effective_on=TODAY,
    )
    other = member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
    own = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    for name in ("network", "endorsements"):
        assert "Flow of data stopped" not in text_of(other.get(reverse(name)))
        assert "Flow of data stopped" in text_of(own.get(reverse(name)))
        assert "Flow of data stopped" in text_of(office_client(signed).get(reverse(name)))


@pytest.mark.rule("D9")
@pytest.mark.parametrize("name", ["suspend", "suspension-renew", "resume", "flow-stop", "flow-resume"])
def test_nobody_else_reaches_the_stops(signed: Network, name: str) -> None:
    before = counts()
    for client in (
        member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        coordinator_client(signed),
        office_client(signed),
        sign_in(User.objects.create_superuser("root@example.org", "a long password")),
    ):
        for response in (client.get(reverse(name)), client.post(reverse(name), SUSPEND | STOP)):
            assert response.status_code == 403
    assert counts() == before


@pytest.mark.rule("§9.i fn5")
def test_a_withdrawal_is_acknowledged_on_its_page(signed: Network) -> None:
    alpha = signed.members["alpha"]
    consequences = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha).get(reverse("withdraw"))
    for area in Area:
        assert str(MATRIX[Stop.WITHDRAWAL][area].says) in text_of(consequences)
    entry = services.withdraw(alpha, signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY)
    page, url = reverse("participation-entry", args=[entry.pk]), reverse("entry-acknowledge", args=[entry.pk])
    signer = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha)
    assert "not yet; the withdrawal takes effect without it" in text_of(signer.get(page))
    assert signer.get(url).status_code == 403
    for client in (coordinator_client(signed), office_client(signed)):
        assert reverse("entry-acknowledge", args=[entry.pk]) in client.get(page).content.decode()
        assert "It approves nothing" in text_of(client.get(url))
        assert post(client, url, {}).headers["Location"] == page
        assert url not in client.get(page).content.decode()
    shown = text_of(signer.get(page))
    assert "Cora Coordinator" in shown
    assert "Olive Office" in shown
    assert "Acknowledgement of a withdrawal WA-2026-002" in shown
    assert "Letter of withdrawal WD-2026-001" in shown
    other = member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
    assert "Withdrawn" in text_of(other.get(reverse("endorsements")))  # members see a withdrawal
    assert other.get(page).status_code == 404
    assert other.get(url).status_code == 403


@pytest.mark.rule("D17")
def test_stops_are_recorded_from_outside_in_the_same_form(signed: Network) -> None:
    alpha, client = signed.members["alpha"], coordinator_client(signed)
    url = reverse("received-new", args=[alpha.pk])
    typed = {
        "kind": "flow_stopped",
        "how": "letter",
        "received_on": "11/1/2026",
        "effective_on": "11/1/2026",
        "signer_name": "Alpha Head",
        "signer_title": "Country Director",
        "signer_email": "",
        "edition": "",
        "reason": "",
        "scope": "",
        "review_on": "",
        "breach_reference": "",
        "statement": "",
    }

    def sent(**changes: str) -> Any:
        return post(client, url, typed | changes | {"file": SimpleUploadedFile(SCAN[0], SCAN[1])})

    told = text_of(sent())
    assert "Breach: write its reference like BR-2026-01." in told
    assert "write the reasons that it gives (section 9)" in told
    assert "What is suspended: choose one of the two." in text_of(sent(kind="suspended", reason="safety"))
    assert ParticipationEntry.objects.count() == 1
    assert sent(breach_reference="BR-2026-02", statement="A breach.").status_code == 302
    assert selectors.is_flow_stopped(alpha, TODAY)
    assert sent(kind="suspended", reason="safety", scope="external", review_on="1/2/2026").status_code == 302
    held = selectors.position(alpha, TODAY).suspension
    assert (held.scope, held.notifications_continue) == ("external", False)  # type: ignore[union-attr]
    assert sent(kind="flow_resumed").status_code == 302
    assert selectors.is_flow_stopped(alpha, TODAY)  # until somebody confirmed it
    waiting = selectors.waiting_entries(alpha).get()
    confirm = reverse("entry-confirm", args=[waiting.pk])
    office = office_client(signed)
    read_file(office, waiting)
    assert post(office, confirm, {}).status_code == 302
    assert not selectors.is_flow_stopped(alpha, TODAY)
    assert later(days=1) - NOW == timedelta(days=1)
