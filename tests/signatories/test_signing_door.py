"""Conflicts of signing through the door: two at once, another edition meanwhile, a paper that the signer denies."""

from __future__ import annotations

import pytest
from django.urls import reverse

from intranet.access import accounts
from intranet.access.roles import Capacity
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from protocol_pages.editions.services import adopt_annex
from signatories import selectors, services
from signatories.models import EntryKind, ParticipationEntry

from .doors import client_of, coordinator_client, hidden, member_client, office_client, read_file, text_of
from .network import NOW, TODAY, Network, endorse, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TYPED = {"signer_name": "Alpha Head", "signer_title": "Country Director", "authorized": "on"}


@pytest.mark.rule("trap 44")
@pytest.mark.parametrize("step", ["check", "sign"])
def test_the_way_on_after_another_edition_came(network: Network, edition: Edition, step: str) -> None:
    """Refused with what was typed kept; the next check shows the new text and the signature binds to it."""
    network.member("alpha")
    client = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    form = hidden(client.get(reverse("endorse-sign")))
    adopt_annex(["Somebody (example)"], TODAY, network.coordinator, NOW)
    current = edition_in_force(TODAY)
    told = client.post(reverse("endorse-sign"), form | TYPED | {"step": step})
    assert "edition 1.1 is in force now. Read it, then sign." in text_of(told)
    assert reverse("protocol-edition", args=[current.slug]) in told.content.decode()
    assert 'value="Country Director"' in told.content.decode()
    assert not ParticipationEntry.objects.exists()
    carried = hidden(told)
    assert (carried["sha256"], carried["edition"]) == (current.sha256, str(current.pk))
    checked = client.post(reverse("endorse-sign"), carried | TYPED | {"step": "check"})
    assert "I endorse edition 1.1" in text_of(checked)
    assert current.sha256 in text_of(checked)
    client.post(reverse("endorse-sign"), hidden(checked) | {"step": "sign"})
    entry = ParticipationEntry.objects.get()
    assert (entry.edition_label, entry.edition_sha256) == ("1.1", current.sha256)


@pytest.mark.rule("D7")
def test_the_second_of_two_signers_is_told_who_was_first(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    services.record_authority(
        alpha, network.people["alpha.first"], "Letter 7", TODAY, network.head("alpha"), NOW
    )
    client = member_client(network, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    form = hidden(client.get(reverse("endorse-sign")))
    endorse(network, "alpha", edition)
    second = client.post(
        reverse("endorse-sign"), form | TYPED | {"signer_name": "Alpha First", "step": "sign"}
    )
    assert "Alpha Head endorsed edition 1 for this organization on 2026-01-11 already." in text_of(second)
    assert 'value="Alpha First"' in second.content.decode()
    assert ParticipationEntry.objects.get().signer_name == "Alpha Head"


@pytest.mark.rule("D17")
def test_a_withdrawal_from_paper_that_the_signer_denies(signed: Network) -> None:
    alpha = signed.members["alpha"]
    entry = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    signer = client_of(signed.people["alpha.head"], Capacity.SIGNER, alpha)
    page = reverse("participation-entry", args=[entry.pk])
    deny = reverse("entry-deny", args=[entry.pk])
    assert deny in signer.get(page).content.decode()
    empty = signer.post(deny, hidden(signer.get(deny)))
    assert "Why you deny it: this cannot stay empty." in text_of(empty)
    done = signer.post(deny, hidden(signer.get(deny)) | {"reason": "I wrote no such letter."})
    assert done.headers["Location"] == page
    shown = text_of(coordinator_client(signed).get(page))
    assert "Denied" in shown
    confirm = reverse("entry-confirm", args=[entry.pk])
    office = office_client(signed)
    assert "answered this" in text_of(office.post(confirm, hidden(office.get(confirm))))
    assert selectors.is_signatory(alpha, TODAY.replace(year=TODAY.year + 2))
    assert not ParticipationEntry.objects.filter(kind=EntryKind.WITHDRAWN, in_effect=True).exists()


@pytest.mark.rule("§9.i fn5")
def test_the_deactivated_account_of_the_signer_opens_nothing(signed: Network) -> None:
    alpha, head = signed.members["alpha"], signed.people["alpha.head"]
    client = client_of(head, Capacity.SIGNER, alpha)
    assert client.get(reverse("withdraw-statement")).status_code == 200
    assert head.user is not None
    accounts.deactivate(head.user, signed.coordinator, NOW, "left the organization")
    assert client.get(reverse("withdraw-statement")).status_code == 302  # the session is over
    entry = services.record_withdrawal_received_outside(alpha, received(), signed.coordinator, NOW)
    office = office_client(signed)
    read_file(office, entry)
    confirm = reverse("entry-confirm", args=[entry.pk])
    office.post(confirm, hidden(office.get(confirm)))
    assert not selectors.is_signatory(alpha, TODAY)
