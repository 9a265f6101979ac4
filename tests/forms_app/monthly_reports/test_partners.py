"""D36: a UN agency is told that its partner sent its month; no figure, no name, not whether there was any."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from audit.actors import acting
from forms_app.monthly_reports import partners, services
from intranet.access.roles import Capacity
from intranet.notices.models import Notice
from signatories.agreements.models import PartnerAgreement
from signatories.models import EntryKind, Organization
from tests.personas import persona_client
from tests.signatories.doors import text_of

from .world import (
    DECEMBER,
    JANUARY,
    NOW,
    SYSTEM,
    counts,
    entry,
    focal_point,
    organization,
    post,
    send,
)

pytestmark = pytest.mark.django_db
KIND = "monthly_reports.partner_sent"


@pytest.fixture
def partner() -> Organization:
    return organization("Nova Relief", kind="partner_ngo")


def agency(name: str, *posts: Capacity, **fields: Any) -> Organization:
    made = organization(name, **fields)
    for capacity in posts or (Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT):
        post(made, capacity, f"{capacity.value} {name}")
    return made


def agree(partner: Organization, with_agency: Organization, **fields: Any) -> PartnerAgreement:
    values = {"begins_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31), "psea_clause": False} | fields
    with acting(SYSTEM):
        return PartnerAgreement.objects.create(partner=partner, agency=with_agency, **values)


def told() -> dict[str, list[str]]:
    """Addresses by agency."""
    names = {item.pk: item.name_en for item in Organization.objects.all()}
    return {names[n.organization_id]: sorted(n.to) for n in Notice.objects.filter(kind=KIND)}


def addresses(of: Organization, *capacities: Capacity) -> list[str]:
    return sorted(p.person.email for p in of.posts.filter(capacity__in=capacities))


FOCAL = (Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT)


@pytest.mark.rule("D36")
@pytest.mark.parametrize("nothing", [False, True])
def test_both_agencies_with_an_agreement_in_force_are_told(partner: Organization, nothing: bool) -> None:
    one, two, ended, coming, struck, none = (
        agency(name) for name in ("Agency One", "Two", "Ended", "Coming", "Struck", "None")
    )
    agree(partner, one)
    agree(partner, one, begins_on=date(2026, 1, 1), reference="second")
    agree(partner, two, ends_on=None)
    agree(partner, ended, ends_on=date(2026, 2, 2))
    agree(partner, coming, begins_on=date(2026, 2, 4))
    agree(partner, struck, state="struck")
    if nothing:
        services.report_nothing(partner, JANUARY, focal_point(partner), NOW)
    else:
        send(partner, received=7)
    assert told() == {item.name_en: addresses(item, *FOCAL) for item in (one, two)}
    for notice in Notice.objects.filter(kind=KIND):
        assert notice.subject == "A partner sent its report for January 2026"
        line, link = notice.text.strip().rsplit(": ", 1)
        assert line == "One of your implementing partners sent its monthly report for January 2026"
        assert link.endswith("/en/reports/partners/")
        assert "Nova" not in notice.text + notice.subject
        assert not re.search(r"\b7\b|nothing", notice.text)
    assert none.pk not in {n.organization_id for n in Notice.objects.all()}


@pytest.mark.rule("D36")
def test_without_an_agreement_nobody_but_the_receivers_is_told(partner: Organization) -> None:
    agency("Agency One")
    send(partner)
    assert told() == {}


@pytest.mark.rule("D36")
def test_an_agency_that_reports_tells_no_agency_and_a_correction_tells_nobody(partner: Organization) -> None:
    one = agency("Agency One")
    agree(partner, one)
    send(one)
    assert told() == {}
    report = send(partner)
    assert set(told()) == {one.name_en}
    services.correct_report(report, counts(2), "arrived_late", 1, focal_point(partner), NOW)
    assert Notice.objects.filter(kind=KIND).count() == 1


@pytest.mark.rule("D36")
def test_who_is_told_in_the_agency(partner: Organization) -> None:
    vacant = agency("Vacant", Capacity.HEAD_OF_AGENCY)
    nobody = organization("Nobody")
    left = agency("Left", active_to=date(2026, 1, 31))
    withdrawn = agency("Withdrawn")
    entry(withdrawn, EntryKind.WITHDRAWN, date(2026, 1, 15))
    invited = agency("Invited", signed=None)
    suspended = agency("Suspended")
    entry(suspended, EntryKind.SUSPENDED, date(2026, 1, 15))
    for item in (vacant, nobody, left, withdrawn, invited, suspended):
        agree(partner, item)
    send(partner)
    assert told() == {
        vacant.name_en: addresses(vacant, Capacity.HEAD_OF_AGENCY),
        invited.name_en: addresses(invited, *FOCAL),
        suspended.name_en: addresses(suspended, *FOCAL),
    }


@pytest.mark.rule("D36")
def test_each_in_their_language(partner: Organization) -> None:
    one = agency("Agency One")
    second = one.posts.get(capacity=Capacity.SECONDARY_FOCAL_POINT).person
    with acting(SYSTEM):
        second.language = "ar"
        second.save()
    agree(partner, one)
    send(partner)
    found = {n.language: n for n in Notice.objects.filter(kind=KIND)}
    assert set(found) == {"en", "ar"}
    assert found["ar"].to == [second.email]
    assert "/ar/reports/partners/" in found["ar"].text


@pytest.mark.rule("D36")
def test_the_agencys_page_says_sent_and_nothing_else(partner: Organization) -> None:
    one = agency("Agency One")
    other = organization("Late Partner", kind="partner_ngo")
    stranger = organization("Strange Partner", kind="partner_ngo")
    agree(partner, one, begins_on=date(2026, 1, 15))
    agree(other, one)
    send(partner, month=DECEMBER, now=datetime(2026, 1, 5, 7, 0, tzinfo=UTC), received=7)  # before it began
    send(partner, month=JANUARY, received=7)
    send(stranger)
    services.report_nothing(other, JANUARY, focal_point(other), NOW)
    found = partners.months_of_partners(one, NOW)
    sent = {row.partner: dict(row.sent) for row in found.rows}
    assert set(sent) == {partner, other}
    assert sent[partner][JANUARY] == sent[other][JANUARY] == date(2026, 2, 3)
    assert sent[partner][DECEMBER] is None
    with time_machine.travel(NOW, tick=False):
        page = text_of(persona_client(Capacity.HEAD_OF_AGENCY, one).get(reverse("reports-partners")))
        assert page.count("Sent 3 February 2026") == 2
        assert "Strange Partner" not in page
        assert not re.search(r"\b7\b", page.split("Your partners' months")[-1].split("stands for")[0])
        empty = persona_client(Capacity.PRIMARY_FOCAL_POINT, organization("Agency Two"))
        assert "No agreement with an implementing partner is in force." in text_of(
            empty.get(reverse("reports-partners"))
        )
        ngo = persona_client(Capacity.PRIMARY_FOCAL_POINT, partner)
        assert ngo.get(reverse("reports-partners")).status_code == 403
        reader = persona_client(Capacity.MEMBER, one)
        assert reader.get(reverse("reports-partners")).status_code == 403


def test_the_partners_page_asks_few_questions(django_assert_max_num_queries: Any) -> None:
    one = agency("Agency One")
    for number in range(30):
        item = organization(f"Partner {number:02}", kind="partner_ngo")
        agree(item, one)
        if number % 2:
            send(item)
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT, one)
    client.get(reverse("reports-partners"))
    with django_assert_max_num_queries(12):
        client.get(reverse("reports-partners"))
