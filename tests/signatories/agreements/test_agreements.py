"""Partner agreements: who records them, who sees them, what they answer on a day (§4.b, §5)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.actors import Actor, acting, system_actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.workflow import history
from intranet.workflow.runner import Refused
from signatories.agreements import policy, selectors, services
from signatories.agreements.models import AgreementState, PartnerAgreement
from signatories.agreements.services import Assessment, Terms
from signatories.models import Kind, Organization
from tests.personas import persona_actor
from tests.signatories.network import NOW, TODAY, Network, found_network, later

pytestmark = pytest.mark.django_db
TERMS = Terms(
    begins_on=date(2025, 1, 1),
    ends_on=date(2026, 12, 31),
    psea_clause=True,
    psea_clause_on=date(2024, 12, 20),
    reference="PCA-1",
    partner_portal_id="12345",
)
ASSESSED = Assessment(date(2025, 2, 1), "medium", date(2027, 1, 31))


@pytest.fixture
def pair(network: Network) -> Network:
    """Alpha and Beta are UN agencies, Nova a partner NGO, Gov a government partner."""
    for name in ("alpha", "beta"):
        network.member(name)
    network.member("nova", Kind.PARTNER_NGO)
    network.member("gov", Kind.PARTNER_GOVERNMENT)
    return network


def first_of(network: Network, member: str) -> Actor:
    return network.actor(f"{member}.first", Capacity.PRIMARY_FOCAL_POINT)


def record(
    network: Network,
    terms: Terms = TERMS,
    actor: Actor | None = None,
    partner: str = "nova",
    agency: str = "alpha",
    assessment: Assessment | None = None,
) -> PartnerAgreement:
    return services.record_agreement(
        network.members[partner],
        network.members[agency],
        terms,
        actor or network.coordinator,
        NOW,
        assessment,
    )


@pytest.mark.rule("§4.b")
@pytest.mark.parametrize("who", ["first", "head", "coordinator"])
def test_the_agency_or_the_coordinator_records(pair: Network, who: str) -> None:
    actor = {
        "first": first_of(pair, "alpha"),
        "head": pair.head("alpha"),
        "coordinator": pair.coordinator,
    }[who]
    made = record(pair, actor=actor, assessment=ASSESSED)
    assert (made.partner.name_en, made.agency.name_en) == ("Nova (example)", "Alpha (example)")
    assert (made.reference, made.partner_portal_id, made.rating) == ("PCA-1", "12345", "medium")
    assert Event.objects.get(action="partner_agreement.record").clause == "§4.b"


@pytest.mark.rule("§4.b")
@pytest.mark.parametrize("who", ["other agency", "partner", "office", "auditor", "signer", "system"])
def test_nobody_else_records_or_changes(pair: Network, who: str) -> None:
    stands = record(pair)
    actor = {
        "other agency": pair.head("beta"),
        "partner": pair.head("nova"),
        "office": pair.office_actor,
        "auditor": persona_actor(Capacity.AUDITOR, pair.office, verified_at=NOW),
        "signer": pair.signer("alpha"),
        "system": system_actor("import"),
    }[who]
    for act in (
        lambda: record(pair, replace(TERMS, reference="PCA-2"), actor),
        lambda: services.correct_agreement(stands, replace(TERMS, ends_on=None), actor, NOW, "extended"),
        lambda: services.record_assessment(stands, ASSESSED, actor, NOW),
        lambda: services.end_agreement(stands, TODAY, actor, NOW, "early"),
        lambda: services.strike_agreement(stands, actor, NOW, "mistake"),
    ):
        with pytest.raises(Refused, match="recorded by the UN agency's own people"):
            act()
    stands.refresh_from_db()
    assert (stands.state, stands.ends_on, stands.rating) == ("recorded", TERMS.ends_on, "")
    assert PartnerAgreement.objects.count() == 1


@pytest.mark.rule("§4.b")
@pytest.mark.parametrize(
    ("parties", "terms", "assessment", "sentence"),
    [
        (("beta", "alpha"), {}, None, "choose an NGO or a government partner"),
        (("nova", "gov"), {}, None, "choose an organization that is one"),
        (("alpha", "nova"), {}, None, "choose an NGO"),
        (None, {"ends_on": date(2024, 12, 31)}, None, "before the first day"),
        (None, {"psea_clause_on": None}, None, "write when it was agreed"),
        (None, {"psea_clause": False}, None, "without a clause there is none"),
        (None, {}, {"assessed_on": TODAY + timedelta(days=1)}, "has not come yet"),
        (None, {}, {"valid_until": date(2025, 1, 31)}, "before the assessment"),
        (None, {}, {"rating": "splendid"}, "write its date, the capacity"),
        (None, {}, {"rating": ""}, "write its date, the capacity"),
    ],
)
def test_an_agreement_that_does_not_hold_is_not_recorded(
    pair: Network,
    parties: tuple[str, str] | None,
    terms: dict[str, Any],
    assessment: dict[str, Any] | None,
    sentence: str,
) -> None:
    partner, agency = parties or ("nova", "alpha")
    assessed = None if assessment is None else replace(ASSESSED, **assessment)
    with pytest.raises(Refused, match=sentence):
        record(pair, replace(TERMS, **terms), partner=partner, agency=agency, assessment=assessed)
    assert PartnerAgreement.objects.count() == 0
    assert PartnerAgreement.history.count() == 0


@pytest.mark.rule("§4.b")
def test_the_same_agreement_is_not_recorded_twice(pair: Network) -> None:
    record(pair)
    with pytest.raises(Refused, match="from 1 January 2025 until 31 December 2026 already"):
        record(pair, replace(TERMS, reference="pca-1", begins_on=date(2026, 6, 1), ends_on=None))
    record(pair, replace(TERMS, reference="PCA-2"))
    record(pair, replace(TERMS, begins_on=date(2027, 1, 1), ends_on=None))
    record(pair, agency="beta")
    assert PartnerAgreement.objects.count() == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("§4.b")
def test_two_who_record_the_same_at_once_make_one() -> None:
    network = found_network()
    network.member("alpha")
    network.member("nova", Kind.PARTNER_NGO)
    actors = [network.coordinator, network.head("alpha")]
    barrier = Barrier(2)

    def act(number: int) -> bool:
        try:
            partner, agency = (Organization.objects.get(pk=network.members[n].pk) for n in ("nova", "alpha"))
            barrier.wait()
            services.record_agreement(partner, agency, TERMS, actors[number], NOW)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, range(2))) == [False, True]
    assert PartnerAgreement.objects.count() == 1


@pytest.mark.rule("§4.b")
def test_what_is_in_force_on_a_day(pair: Network) -> None:
    nova, gov, alpha, beta = (pair.members[name] for name in ("nova", "gov", "alpha", "beta"))
    first = record(pair)
    record(pair, replace(TERMS, reference="PCA-2", ends_on=None))
    with_beta = record(pair, agency="beta")
    struck = record(pair, partner="gov")
    services.strike_agreement(struck, pair.coordinator, NOW, "wrong partner")
    for day, agencies in (
        (date(2024, 12, 31), []),
        (date(2025, 1, 1), [alpha, beta]),
        (date(2026, 12, 31), [alpha, beta]),
        (date(2027, 1, 1), [alpha]),
    ):
        assert selectors.agencies_of(nova, day) == agencies, day
    assert selectors.agencies_of(gov, TODAY) == []
    assert selectors.partners_of(alpha, TODAY) == [nova]
    assert selectors.agreement_in_force(gov, alpha, TODAY) is None
    assert selectors.agreement_in_force(nova, beta, date(2027, 1, 1)) is None
    services.end_agreement(with_beta, TODAY, pair.head("beta"), NOW, "project closed")
    assert selectors.agreement_in_force(nova, beta, TODAY) == with_beta
    assert selectors.agreement_in_force(nova, beta, TODAY + timedelta(days=1)) is None
    assert selectors.agreement_in_force(nova, alpha, TODAY) is not None
    assert first.in_force_on(TODAY)
    assert not struck.in_force_on(TODAY)


@pytest.mark.rule("§4.b")
def test_corrections_ends_and_assessments_keep_their_history(pair: Network) -> None:
    stands = record(pair)
    alpha = first_of(pair, "alpha")
    with pytest.raises(Refused, match="write why"):
        services.correct_agreement(stands, replace(TERMS, ends_on=None), alpha, NOW, "")
    services.correct_agreement(stands, replace(TERMS, ends_on=date(2027, 6, 30)), alpha, NOW, "amendment 1")
    services.record_assessment(stands, ASSESSED, alpha, later(minutes=1))
    services.record_assessment(stands, replace(ASSESSED, rating="full"), alpha, later(minutes=2))
    with pytest.raises(Refused, match="before the first day"):
        services.end_agreement(stands, date(2024, 1, 1), alpha, NOW, "early")
    with pytest.raises(Refused, match="ends earlier already"):
        services.end_agreement(stands, date(2028, 1, 1), alpha, NOW, "late")
    services.end_agreement(stands, date(2026, 3, 1), alpha, NOW, "project closed")
    assert (stands.state, stands.ends_on, stands.rating) == (
        AgreementState.ENDED,
        date(2026, 3, 1),
        "full",
    )
    with pytest.raises(Refused, match="Ended early"):
        services.correct_agreement(stands, TERMS, alpha, NOW, "again")
    assert stands.history.count() == 5
    words = [entry.what for entry in history.entries(stands, pair.head("nova"))]
    assert "Record a capacity assessment" not in words  # the partner reads no act of another organization
    assert "Record a capacity assessment" in [e.what for e in history.entries(stands, alpha)]


@pytest.mark.rule("D10")
@pytest.mark.parametrize("capacity", list(Capacity))
@pytest.mark.parametrize("home", ["partner", "agency", "elsewhere"])
def test_who_sees_it(pair: Network, capacity: Capacity, home: str) -> None:
    """The two parties' posts and signer, coordination, office, auditors; no reader, nobody of elsewhere."""
    stands = record(pair)
    where = {"partner": "nova", "agency": "alpha", "elsewhere": "beta"}[home]
    actor = persona_actor(capacity, pair.members[where])
    overseers = {
        Capacity.COORDINATOR,
        Capacity.ACTING_COORDINATOR,
        Capacity.OFFICE,
        Capacity.OFFICE_ASSISTANT,
        Capacity.AUDITOR,
    }
    parties = {
        Capacity.PRIMARY_FOCAL_POINT,
        Capacity.SECONDARY_FOCAL_POINT,
        Capacity.HEAD_OF_AGENCY,
        Capacity.SENIOR_MANAGEMENT,
        Capacity.SIGNER,
    }
    expected = capacity in overseers or (capacity in parties and home != "elsewhere")
    assert policy.may_see(actor, stands, NOW).allowed == expected
    assert (stands in selectors.seen_by(actor)) == expected


@pytest.mark.rule("practice")
def test_home_tells_the_agency_what_expired_and_what_ends_soon(pair: Network) -> None:
    expired = replace(ASSESSED, valid_until=TODAY - timedelta(days=1))
    last = replace(ASSESSED, valid_until=TODAY)
    soon, then = TODAY + timedelta(days=60), TODAY + timedelta(days=61)
    record(pair, replace(TERMS, ends_on=then), assessment=expired)
    record(pair, replace(TERMS, reference="PCA-2", ends_on=soon), assessment=last)
    record(pair, replace(TERMS, reference="PCA-3", ends_on=TODAY - timedelta(days=1)), assessment=expired)
    record(pair, replace(TERMS, reference="PCA-4", ends_on=soon), partner="gov", assessment=expired)
    record(pair, agency="beta")
    told = {str(row.what): row.url for row in due_rows(pair.head("alpha"), NOW)}
    assert "Renew the capacity assessments of 2 partners" in told
    assert told["Extend 2 partner agreements or let them end"].endswith("/network/agreements/?show=ends_soon")
    for actor in (
        pair.head("beta"),
        pair.head("nova"),
        pair.coordinator,
        persona_actor(Capacity.MEMBER, pair.members["alpha"]),
    ):
        assert not any("artner" in str(row.what) for row in due_rows(actor, NOW))


def test_the_database_refuses_half_an_assessment(pair: Network) -> None:
    stands = record(pair)
    for change in (
        {"rating": "full"},
        {"assessed_on": TODAY},
        {"psea_clause": False},
        {"ends_on": date(2024, 1, 1)},
    ):
        row = PartnerAgreement.objects.get(pk=stands.pk)
        for name, value in change.items():
            setattr(row, name, value)
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            acting(system_actor("tests")),
        ):
            row.save()
