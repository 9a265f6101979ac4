"""Names through time: a rename loses nothing, search and import find every name, wrong names are struck out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from audit.actors import acting, system_actor
from intranet.access.roles import Capacity
from intranet.clock.models import NonWorkingDay
from intranet.clock.services import DayFacts, add_day
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import services
from signatories.models import Kind, Organization, OrganizationAlias
from signatories.names import Names, find_by_name, folded, name_on

from .doors import coordinator_client, hidden, member_client, text_of
from .network import NOW, START, TODAY, Network, counts, endorse, received

pytestmark = pytest.mark.django_db
NEW = Names("Alpha International (example)", "ألفا الدولية (مثال)", "", "AI")
RENAMED_ON = TODAY - timedelta(days=5)


def rename(
    network: Network, new: Names = NEW, day: date = RENAMED_ON, note: str = "letter 3"
) -> Organization:
    return services.rename_organization(network.members["alpha"], new, day, network.coordinator, NOW, note)


@pytest.mark.rule("§2")
def test_the_name_of_a_day_is_the_name_of_that_day(network: Network) -> None:
    alpha = network.member("alpha")
    rename(network)
    rename(network, Names("Alpha for All (example)"), TODAY)
    for day, name in (
        (START, "Alpha (example)"),
        (RENAMED_ON - timedelta(days=1), "Alpha (example)"),
        (RENAMED_ON, "Alpha International (example)"),
        (TODAY - timedelta(days=1), "Alpha International (example)"),
        (TODAY, "Alpha for All (example)"),
        (TODAY + timedelta(days=900), "Alpha for All (example)"),
    ):
        assert name_on(alpha, day).en == name, day
    with translation.override("ar"):
        assert name_on(alpha, RENAMED_ON).name == "ألفا الدولية (مثال)"
        assert name_on(alpha, TODAY).name == "Alpha for All (example)"
    assert name_on(alpha, RENAMED_ON).short == "AI"


@pytest.mark.rule("§2")
@pytest.mark.usefixtures("clock")
def test_what_was_signed_under_the_old_name_still_shows_it(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    first = endorse(network, "alpha", edition)
    assert first.organization_name == "Alpha (example)"
    rename(network, day=TODAY)
    alpha.refresh_from_db()
    head = network.head("alpha")
    later = services.suspend(alpha, head, NOW, reason="security", effective_on=TODAY)
    assert later.organization_name == "Alpha International (example)"
    first.refresh_from_db()
    assert first.organization_name == "Alpha (example)"
    client = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = text_of(client.get(reverse("participation-entry", args=[first.pk])))
    assert "Name on that day Alpha (example)" in page
    assert "Name on that day" not in text_of(client.get(reverse("participation-entry", args=[later.pk])))


@pytest.mark.rule("D18")
def test_a_paper_of_the_past_carries_the_name_of_its_day(network: Network, edition: Edition) -> None:
    network.member("alpha")
    rename(network)
    paper = services.record_endorsement_received_outside(
        network.members["alpha"],
        edition,
        received(effective_on=date(2022, 2, 1)),
        network.coordinator,
        NOW,
    )
    assert paper.organization_name == "Alpha (example)"


@pytest.mark.rule("§2")
@pytest.mark.usefixtures("clock")
def test_the_register_of_a_past_day_shows_the_name_of_that_day(network: Network, edition: Edition) -> None:
    network.member("alpha")
    rename(network)
    client = coordinator_client(network)
    past, today = (
        text_of(client.get(reverse("endorsements"), {"on": day.isoformat()}))
        for day in (RENAMED_ON - timedelta(days=1), TODAY)
    )
    assert "Alpha (example)" in past
    assert "Alpha International" not in past
    assert "Alpha International (example)" in today


@pytest.mark.rule("§2")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"new": Names("Alpha (example)")}, "the name already"),
        ({"new": Names(" ")}, "write the new name"),
        ({"new": Names("Beta (example)")}, "means Beta"),
        ({"new": Names("beta  EXAMPLE")}, "means Beta"),
        ({"new": Names("The Betas")}, "means Beta"),
        ({"note": ""}, "write why"),
    ],
)
def test_a_rename_that_does_not_fit_changes_nothing(
    network: Network, change: dict[str, Any], sentence: str
) -> None:
    network.member("alpha")
    services.add_other_name(network.member("beta"), "The Betas", network.coordinator, NOW)
    before = counts()
    with pytest.raises(Refused, match=sentence):
        rename(network, **change)
    assert counts() == before
    assert OrganizationAlias.objects.filter(kind="former").count() == 0


@pytest.mark.rule("§2")
def test_renames_follow_one_another_and_are_the_coordinators(network: Network) -> None:
    alpha = network.member("alpha")
    rename(network)
    with pytest.raises(Refused, match="Alpha \\(example\\), held until"):
        rename(network, Names("Other (example)"), RENAMED_ON)
    for actor in (network.head("alpha"), network.office_actor, system_actor("import")):
        with pytest.raises(Refused, match="Coordinator keeps the list"):
            services.rename_organization(alpha, Names("Other (example)"), TODAY, actor, NOW, "letter")
        with pytest.raises(Refused, match="Coordinator keeps the list"):
            services.add_other_name(alpha, "Alphas", actor, NOW)
    assert name_on(alpha, TODAY) == NEW


@pytest.mark.rule("§2")
def test_search_and_import_find_every_name(network: Network) -> None:
    alpha, beta = network.member("alpha"), network.member("beta")
    rename(network)
    services.add_other_name(alpha, "إغاثة ألفا", network.coordinator, NOW)
    for text in ("alpha INTERNATIONAL (example)", "ai", "Alpha, example", "اغاثه الفا", "ألفا الدولية مثال"):
        assert find_by_name(text) == [alpha], text
    assert find_by_name("") == find_by_name("-") == find_by_name("Gamma") == []
    services.correct_organization(beta, {"acronym": "AI"}, network.coordinator, NOW, "acronym")
    assert set(find_by_name("AI")) == {alpha, beta}  # ambiguous, and whoever imports says so
    assert find_by_name("Beta (example)") == [beta]


@pytest.mark.rule("§2")
def test_todays_name_comes_before_a_former_one(network: Network) -> None:
    alpha, beta = network.member("alpha"), network.member("beta")
    rename(network)
    with acting(system_actor("tests")):  # as it may stand after an import of the past
        beta.name_en = "Alpha (example)"
        beta.save()
    assert find_by_name("Alpha (example)") == [beta]
    assert find_by_name("Alpha International (example)") == [alpha]


@pytest.mark.rule("§2")
def test_another_name_is_new_and_means_nobody_else(network: Network) -> None:
    alpha = network.member("alpha")
    network.member("beta")
    rename(network)
    for text, sentence in (
        ("alpha (EXAMPLE)", "under this name already"),
        ("A.I.", "write"),
        ("AI", "under this name already"),
        ("Beta (example)", "means Beta"),
        ("…", "as people write it"),
    ):
        if text == "A.I.":
            services.add_other_name(alpha, text, network.coordinator, NOW)
            continue
        with pytest.raises(Refused, match=sentence):
            services.add_other_name(alpha, text, network.coordinator, NOW)
    with pytest.raises(Refused, match="another name of Alpha International"):
        services.create_organization(
            Organization(kind=Kind.UN_AGENCY, name_en="Alpha (Example)", active_from=START),
            network.coordinator,
            NOW,
        )


@pytest.mark.rule("§2")
def test_a_name_that_was_wrong_is_struck_out_and_stays_in_the_history(network: Network) -> None:
    alpha = network.member("alpha")
    rename(network)
    former = alpha.aliases.get()
    with pytest.raises(Refused, match="write why"):
        services.strike_name(former, network.coordinator, NOW, " ")
    services.strike_name(former, network.coordinator, NOW, "was never its name")
    assert name_on(alpha, START) == NEW
    assert find_by_name("Alpha (example)") == []
    assert [row.history_change_reason for row in former.history.order_by("history_date")] == [
        "letter 3",
        "was never its name",
    ]
    with pytest.raises(Refused):
        services.strike_name(former, network.coordinator, NOW, "again")


@pytest.mark.usefixtures("clock")
def test_the_coordinator_renames_through_the_door(network: Network) -> None:
    alpha = network.member("alpha")
    client = coordinator_client(network)
    url = reverse("organization-rename", args=[alpha.pk])
    page = client.get(url)
    assert 'value="Alpha (example)"' in page.content.decode()
    typed = hidden(page) | {"name_en": "Alpha Now (example)", "from_day": "11/1/2026", "acronym": "AN"}
    missing = client.post(url, typed)
    assert "By which letter or decision: this cannot stay empty." in text_of(missing)
    assert 'value="Alpha Now (example)"' in missing.content.decode()
    for _twice in range(2):
        assert client.post(url, typed | {"reason": "decree 5"}).status_code == 302
    shown = text_of(client.get(reverse("organization", args=[alpha.pk])))
    assert "Alpha Now (example)" in shown
    assert "Alpha (example) until 10 January 2026" in shown
    alias = alpha.aliases.get()
    other = reverse("organization-name-new", args=[alpha.pk])
    assert client.post(other, hidden(client.get(other)) | {"name": "The Alphas"}).status_code == 302
    strike = reverse("name-strike", args=[alias.pk])
    assert client.post(strike, hidden(client.get(strike)) | {"reason": "typing error"}).status_code == 302
    assert "until 10 January" not in text_of(client.get(reverse("organization", args=[alpha.pk])))
    head = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    for closed in (url, other, strike):
        assert head.get(closed).status_code == 403
    assert "The Alphas" in text_of(head.get(reverse("organization", args=[alpha.pk])))


@pytest.mark.rule("D25")
@pytest.mark.usefixtures("clock")
def test_a_region_is_one_that_the_calendar_knows(network: Network) -> None:
    alpha = network.member("alpha")
    with pytest.raises(Refused, match="the calendar knows no “North”"):
        services.correct_organization(alpha, {"region": "North"}, network.coordinator, NOW, "seat")
    client = coordinator_client(network)
    url = reverse("organization-correct", args=[alpha.pk])
    assert "North" not in client.get(url).content.decode()
    add_day(DayFacts(date(2026, 3, 3), "Day of the north", region="North"), network.coordinator, NOW)
    typed = {"name_en": "Alpha (example)", "region": "North", "active_from": "1/1/2024", "reason": "seat"}
    assert client.post(url, hidden(client.get(url)) | typed).status_code == 302
    alpha.refresh_from_db()
    assert alpha.region == "North"
    assert NonWorkingDay.objects.filter(region="North").exists()
    wrong = client.post(url, hidden(client.get(url)) | typed | {"region": "Nrth"})
    assert "Region: choose one of the list." in text_of(wrong)


@pytest.mark.rule("D9")
def test_a_network_has_one_office_and_one_coordination(network: Network) -> None:
    for kind in (Kind.OFFICE, Kind.COORDINATION):
        with pytest.raises(Refused, match="the network has one already"):
            services.create_organization(
                Organization(kind=kind, name_en=f"Second {kind}", active_from=START), network.coordinator, NOW
            )


def test_names_are_compared_as_people_read_them() -> None:
    assert folded("  Save—the  Children! ") == folded("save the children")
    assert folded("إغاثةُ الأهوار") == folded("اغاثه الاهوار")
    assert folded("Médecins") == "medecins"
    assert replace(NEW, acronym="").short == NEW.en
