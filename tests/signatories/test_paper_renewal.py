"""A suspension that is said anew on paper (D17), and what the office does with papers on screen (§9.g, D17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import selectors, services
from signatories.models import EntryKind, ParticipationEntry
from signatories.stops import effects
from signatories.stops import services as stops
from signatories.stops.models import Acknowledgement

from .doors import client_of, coordinator_client, hidden, member_client, office_client, read_file, text_of
from .network import NOW, TODAY, Network, counts, received
from .succession_play import another

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_only")]
REVIEW = TODAY + timedelta(days=30)


def suspend(signed: Network, scope: str = "all") -> ParticipationEntry:
    alpha = signed.members["alpha"]
    return services.suspend(
        alpha, signed.head("alpha"), NOW, reason="capacity", effective_on=TODAY, scope=scope
    )


def renewal(signed: Network, scope: str, **changes: object) -> ParticipationEntry:
    paper = received(reason="security", scope=scope, review_on=REVIEW, **changes)
    alpha = signed.members["alpha"]
    return services.record_received(alpha, EntryKind.SUSPENDED, paper, signed.coordinator, NOW, renew=True)


@pytest.mark.rule("D17")
@pytest.mark.rule("§4.f")
@pytest.mark.parametrize(("before", "after"), [("all", "all"), ("external", "external"), ("external", "all")])
def test_a_paper_that_suspends_as_much_or_more_takes_effect_at_once(
    signed: Network, before: str, after: str
) -> None:
    alpha = signed.members["alpha"]
    suspend(signed, before)
    entry = renewal(signed, after)
    assert entry.in_effect
    held = selectors.position(alpha, TODAY).suspension
    assert isinstance(held, ParticipationEntry)
    assert (held.pk, held.reason, held.scope, held.review_on) == (entry.pk, "security", after, REVIEW)
    alpha.refresh_from_db()
    assert alpha.state == "suspended"


@pytest.mark.rule("D17")
@pytest.mark.parametrize("says", ["yes", "no"])
def test_a_paper_that_suspends_less_waits_for_somebody_else(signed: Network, says: str) -> None:
    alpha = signed.members["alpha"]
    first = suspend(signed)
    paper = renewal(signed, "external")
    assert not paper.in_effect
    assert not effects.takes_reports(selectors.position(alpha, TODAY))
    with pytest.raises(Refused, match="waits for its confirmation"):
        renewal(signed, "external")
    with pytest.raises(Refused):
        services.confirm_received(paper, signed.coordinator, NOW)
    if says == "no":
        services.deny_received(paper, signed.head("alpha"), NOW, "We did not write this.")
        assert selectors.position(alpha, TODAY).suspension == first
        return
    services.confirm_received(paper, signed.head("alpha"), NOW)
    position = selectors.position(alpha, TODAY)
    assert position.suspended
    assert effects.takes_reports(position)


@pytest.mark.rule("§4.f")
def test_what_is_not_suspended_is_not_said_anew(signed: Network) -> None:
    before = counts()
    with pytest.raises(Refused):
        renewal(signed, "all")
    assert counts() == before


@pytest.mark.rule("D17")
def test_the_coordinator_records_it_on_the_page(signed: Network, clock: object) -> None:
    suspend(signed)
    client = coordinator_client(signed)
    url = reverse("received-new", args=[signed.members["alpha"].pk])
    given = {
        "kind": "renewed",
        "how": "letter",
        "received_on": "11/1/2026",
        "effective_on": "11/1/2026",
        "signer_name": "Alpha Head",
        "signer_title": "Country Director",
    }
    form = hidden(client.get(url))
    scan = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 said anew")
    missing = client.post(url, form | given | {"file": scan})
    assert "Reason of the suspension: choose one" in text_of(missing)
    scan.seek(0)
    whole = given | {"reason": "safety", "scope": "all", "review_on": "11/2/2026", "file": scan}
    done = client.post(url, form | whole)
    assert done.status_code == 302, text_of(done)
    entry = ParticipationEntry.objects.latest("recorded_at", "number")
    assert (entry.kind, entry.reason, entry.in_effect) == ("suspended", "safety", True)


@pytest.mark.rule("D17")
def test_who_confirms_reads_what_is_suspended_from_then_on(signed: Network, clock: object) -> None:
    suspend(signed)
    paper = renewal(signed, "external")
    client = member_client(signed, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = client.get(reverse("entry-confirm", args=[paper.pk]))
    assert "External release only; monthly reports go on" in text_of(page)
    assert client.post(page.request["PATH_INFO"], hidden(page)).status_code == 302
    assert effects.takes_reports(selectors.position(signed.members["alpha"], TODAY))


@pytest.mark.rule("§9.i fn5")
def test_an_office_assistant_acknowledges_for_the_office(signed: Network, clock: object) -> None:
    entry = services.withdraw(
        signed.members["alpha"], signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY
    )
    assistant = another(signed, "Asad Assistant", Capacity.OFFICE_ASSISTANT, "office")
    assert any("Acknowledge" in str(row.what) for row in due_rows(assistant, NOW))
    client = client_of(signed.people["office.asad"], Capacity.OFFICE_ASSISTANT, signed.office)
    url = reverse("entry-acknowledge", args=[entry.pk])
    assert url in client.get(reverse("participation-entry", args=[entry.pk])).content.decode()
    assert client.post(url, hidden(client.get(url))).status_code == 302
    given = Acknowledgement.objects.get(entry=entry)
    assert (given.side, given.capacity, given.by) == ("office", "office_assistant", "Asad Assistant")
    with pytest.raises(Refused, match="Asad Assistant acknowledged this"):
        stops.acknowledge(entry, signed.office_actor, NOW)


@pytest.mark.rule("§9.i fn5")
def test_one_person_does_not_acknowledge_for_both_sides(signed: Network) -> None:
    entry = services.withdraw(
        signed.members["alpha"], signed.signer("alpha"), NOW, statement="We leave.", effective_on=TODAY
    )
    stops.acknowledge(entry, signed.coordinator, NOW)
    services.appoint(
        signed.coordinator_person,
        signed.office,
        Capacity.OFFICE_ASSISTANT,
        TODAY,
        signed.office_actor,
        NOW,
        ends_on=REVIEW,
        instrument="Delegation 5",
    )
    from .network import acting_as

    both = acting_as(signed.coordinator_person, Capacity.OFFICE_ASSISTANT, signed.office)
    with pytest.raises(Refused, match="for the other side"):
        stops.acknowledge(entry, both, NOW)


@pytest.mark.rule("§9.g")
def test_the_office_reads_no_waiting_word_on_its_own_breach(signed: Network, clock: object) -> None:
    alpha, head = signed.members["alpha"], signed.head("alpha")
    stops.stop_flow(
        alpha,
        head,
        NOW,
        breach_reference="BR-2026-01",
        reasons="The office passed figures on.",
        effective_on=TODAY,
        office_involved=True,
    )
    services.record_received(alpha, EntryKind.FLOW_RESUMED, received(), signed.coordinator, NOW)
    url = reverse("entries-waiting")
    assert "Alpha (example)" not in text_of(office_client(signed).get(url))
    assert "Alpha (example)" in text_of(coordinator_client(signed).get(url))


@pytest.mark.rule("D17")
def test_the_office_confirms_against_the_file_and_not_without_it(
    signed: Network, edition: Edition, clock: object
) -> None:
    beta = signed.members["beta"]
    paper = services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Beta Head"), signed.coordinator, NOW
    )
    client = office_client(signed)
    url = reverse("entry-confirm", args=[paper.pk])
    refused = client.post(url, hidden(client.get(url)))
    assert "Open the file first" in text_of(refused)
    assert not selectors.is_signatory(beta, TODAY)
    read_file(client, paper)
    assert client.post(url, hidden(client.get(url))).status_code == 302
    assert selectors.is_signatory(beta, TODAY)


@pytest.mark.rule("D17")
def test_an_own_account_confirms_from_its_own_knowledge(
    signed: Network, edition: Edition, clock: object
) -> None:
    beta = signed.members["beta"]
    paper = services.record_endorsement_received_outside(
        beta, edition, received(signer_name="Beta Head"), signed.coordinator, NOW
    )
    client = member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT)
    url = reverse("entry-confirm", args=[paper.pk])
    assert client.post(url, hidden(client.get(url))).status_code == 302
    assert selectors.is_signatory(beta, TODAY)
