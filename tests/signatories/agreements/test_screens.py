"""Agreements through the door: the list of what exists for the reader, the forms, few queries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.actors import acting, system_actor
from intranet.access.roles import Capacity
from signatories.agreements.models import PartnerAgreement
from signatories.models import Kind, Organization
from tests.personas import PersonaClient
from tests.signatories.doors import coordinator_client, hidden, member_client, office_client, text_of
from tests.signatories.network import START, TODAY, Network

from .test_agreements import ASSESSED, TERMS, pair, record  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TYPED = {
    "reference": "PCA-9",
    "begins_on": "1/1/2026",
    "ends_on": "31/12/2026",
    "psea_clause": "yes",
    "psea_clause_on": "20/12/2025",
    "partner_portal_id": "777",
}


def first(network: Network, member: str) -> PersonaClient:
    return member_client(network, f"{member}.first", Capacity.PRIMARY_FOCAL_POINT)


@pytest.mark.rule("D10")
def test_the_list_holds_what_exists_for_the_reader(pair: Network) -> None:  # noqa: F811
    record(pair)
    record(pair, replace(TERMS, reference="BETA-7"), agency="beta")
    for client, mine, others in (
        (first(pair, "alpha"), ["PCA-1"], ["BETA-7", "Beta (example)"]),
        (first(pair, "beta"), ["BETA-7"], ["PCA-1", "Alpha (example)"]),
        (first(pair, "nova"), ["PCA-1", "BETA-7"], []),
        (first(pair, "gov"), [], ["PCA-1", "BETA-7"]),
        (coordinator_client(pair), ["PCA-1", "BETA-7"], []),
        (office_client(pair), ["PCA-1", "BETA-7"], []),
    ):
        page = text_of(client.get(reverse("agreements")))
        for sign in mine:
            assert sign in page
        for sign in others:
            assert sign not in page
        assert (f"{len(mine)} agreement" in page) == bool(mine)
    searched = text_of(first(pair, "alpha").get(reverse("agreements"), {"q": "beta-7"}))
    assert "No agreement of yours fits." in searched
    party = pair.members["beta"].pk
    narrowed = text_of(coordinator_client(pair).get(reverse("agreements"), {"party": party}))
    assert "BETA-7" in narrowed
    assert "PCA-1" not in narrowed
    nobody = coordinator_client(pair).get(reverse("agreements"), {"party": "x"})
    assert "No agreement of yours fits." in text_of(nobody)


@pytest.mark.rule("D10")
def test_another_agencys_agreement_does_not_exist(pair: Network) -> None:  # noqa: F811
    stands = record(pair)
    acts = ("agreement", "agreement-correct", "agreement-assess", "agreement-end", "agreement-strike")
    for client, open_ones in (
        (first(pair, "beta"), set()),
        (first(pair, "gov"), set()),
        (first(pair, "nova"), {"agreement"}),
        (first(pair, "alpha"), set(acts)),
    ):
        for name in acts:
            status = client.get(reverse(name, args=[stands.pk])).status_code
            party = bool(open_ones)
            assert status == (200 if name in open_ones else 403 if party else 404), name
    beta = first(pair, "beta")
    history = reverse("history", args=["partneragreement", stands.pk])
    assert beta.get(history).status_code == 404
    assert first(pair, "nova").get(history).status_code == 200


def test_an_agency_records_with_its_own_name_fixed(pair: Network) -> None:  # noqa: F811
    client = first(pair, "alpha")
    url = reverse("agreement-record")
    page = client.get(url)
    assert 'name="agency"' not in page.content.decode()
    nova = str(pair.members["nova"].pk)
    typed = hidden(page) | TYPED | {"partner": nova, "agency": str(pair.members["beta"].pk)}
    wrong = client.post(
        url, typed | {"psea_clause_on": "", "assessed_on": "1/12/2025", "ends_on": "1/1/2025"}
    )
    for sentence in (
        "Date of the PSEA clause: write when it was agreed.",
        "Last day: it lies before the first day.",
    ):
        assert sentence in text_of(wrong)
    half = client.post(url, typed | {"assessed_on": "1/12/2025"})
    assert "Capacity assessment: write its date, the capacity and until when" in text_of(half)
    assert 'value="PCA-9"' in half.content.decode()
    assert PartnerAgreement.objects.count() == 0
    whole = typed | {"assessed_on": "1/12/2025", "rating": "low", "valid_until": "30/11/2027"}
    for _twice in range(2):
        assert client.post(url, whole).status_code == 302
    made = PartnerAgreement.objects.get()
    assert (made.agency, made.rating) == (pair.members["alpha"], "low")
    shown = text_of(client.get(reverse("agreement", args=[made.pk])))
    assert "Low capacity" in shown
    assert "In force" in shown
    coordinator = coordinator_client(pair)
    chosen = hidden(coordinator.get(url)) | TYPED
    chosen |= {"partner": nova, "agency": str(pair.members["beta"].pk), "psea_clause": "no"}
    assert "without a clause there is none" in text_of(coordinator.post(url, chosen))
    assert coordinator.post(url, chosen | {"psea_clause_on": ""}).status_code == 302
    for name in ("nova", "gov"):
        assert first(pair, name).get(url).status_code == 403


def test_correct_assess_end_and_strike_through_the_door(pair: Network) -> None:  # noqa: F811
    stands = record(pair)
    client = first(pair, "alpha")

    def send(name: str, typed: dict[str, str]) -> str:
        url = reverse(f"agreement-{name}", args=[stands.pk])
        answer = client.post(url, hidden(client.get(url)) | typed)
        return "" if answer.status_code == 302 else text_of(answer)

    assert "Reason: this cannot stay empty." in send("correct", TYPED)
    assert send("correct", TYPED | {"reason": "amendment 2"}) == ""
    assert "Capacity assessed on: this cannot" in send("assess", {"rating": "full"})
    assert send("assess", {"assessed_on": "1/6/2025", "rating": "full", "valid_until": "10/1/2026"}) == ""
    page = text_of(client.get(reverse("agreement", args=[stands.pk])))
    assert "expired on Saturday 10 January 2026" in page
    assert "expired on 10 January 2026" in text_of(client.get(reverse("agreements"), {"show": "expired"}))
    assert send("end", {"ends_on": "20/1/2026", "reason": "project closed"}) == ""
    assert "Ends soon" in text_of(client.get(reverse("agreements")))
    assert send("strike", {"reason": "recorded for the wrong partner"}) == ""
    assert "No agreement of yours fits." in text_of(client.get(reverse("agreements")))
    assert "Struck out" in text_of(client.get(reverse("agreements"), {"show": "all"}))


@pytest.mark.parametrize("show", ["", "ends_soon", "expired", "no_clause", "past", "all"])
def test_two_hundred_agreements_in_few_queries(pair: Network, show: str) -> None:  # noqa: F811
    with acting(system_actor("tests")):
        for number in range(200):
            partner = Organization.objects.create(
                kind=Kind.PARTNER_NGO, name_en=f"Partner {number:03}", active_from=START
            )
            PartnerAgreement.objects.create(
                partner=partner,
                agency=pair.members["alpha"],
                begins_on=date(2025, 1, 1),
                ends_on=TODAY + timedelta(days=number - 50),
                psea_clause=False,
                assessed_on=ASSESSED.assessed_on,
                rating="full",
                valid_until=TODAY + timedelta(days=number - 100),
            )
    client = coordinator_client(pair)
    client.get(reverse("agreements"))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("agreements"), {"show": show})
    assert answer.status_code == 200
    assert len(queries) <= 12, "\n".join(q["sql"][:160] for q in queries)
    counted = {"": 150, "ends_soon": 61, "expired": 50, "no_clause": 150, "past": 50, "all": 200}[show]
    assert f"{counted} agreements" in text_of(answer)
