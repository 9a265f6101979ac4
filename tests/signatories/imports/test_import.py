"""The import: created, changed, left; twice is once; all or nothing; the paper waits for its confirmation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.files.models import StoredFile
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from signatories import record_services, selectors, services
from signatories.agreements.models import PartnerAgreement
from signatories.imports.models import ImportRun
from signatories.imports.run import Report, Verdict
from signatories.imports.services import check, import_workbook
from signatories.models import Kind, Organization, OrganizationAlias, ParticipationEntry, Person, Post
from signatories.names import Names
from tests.personas import persona_actor
from tests.signatories.imports.workbooks import (
    AGREEMENTS,
    NETWORK,
    ORGANIZATIONS,
    PEOPLE,
    POSTS,
    SCANS,
    SIGNATURES,
    everything,
    put,
    sent,
)
from tests.signatories.network import NOW, TODAY, Network

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D18")]


@pytest.fixture(autouse=True)
def _files(tmp_path: Any, settings: Any) -> None:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


def said(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems]


def verdicts(report: Report) -> dict[str, int]:
    return dict(report.counts)


def test_a_whole_network_is_imported_by_the_services(network: Network, edition: Edition) -> None:
    result = import_workbook(sent(), network.coordinator, NOW)
    assert said(result.report) == []
    assert verdicts(result.report) == {"created": 8}
    assert result.run is not None
    tigris, marsh = (Organization.objects.get(name_en=n) for n in ("Tigris Agency", "Marsh Relief"))
    assert (tigris.kind, tigris.acronym, tigris.active_from) == (Kind.UN_AGENCY, "TA", date(2022, 1, 31))
    assert {alias.name for alias in marsh.aliases.all()} == {"Marshland Relief", "MR Iraq"}
    amal = Person.objects.get(email="amal@example.org")
    assert (amal.languages, amal.phone, amal.user) == (["ar", "en"], "+964 750 000 0000", None)
    assert amal.posts.get().capacity == Capacity.HEAD_OF_AGENCY
    assert Post.objects.get(person__email="basim@example.org").ends_on == date(2027, 3, 1)
    agreement = PartnerAgreement.objects.get()
    assert (agreement.partner, agreement.agency, agreement.rating) == (marsh, tigris, "full")
    run = result.run
    assert (run.created, run.changed, run.left, run.by) == (8, 0, 0, network.coordinator.label)
    assert run.file.name == "network.xlsx"
    event = Event.objects.get(action="network_import.import")
    assert (event.outcome, event.data["created"], event.capacity) == ("done", 8, "coordinator")
    acts = set(Event.objects.filter(reason="").values_list("action", flat=True))
    assert {"organization.register", "person.register", "post.appoint", "partner_agreement.record"} <= acts


@pytest.mark.rule("D17")
def test_a_paper_signature_waits_with_its_scan_until_somebody_else_confirms(
    network: Network, edition: Edition
) -> None:
    import_workbook(sent(), network.coordinator, NOW)
    (entry,) = selectors.waiting_entries()
    assert (entry.effective_on, entry.received_on, entry.received_how) == (
        date(2022, 1, 31),
        date(2022, 2, 2),
        "paper",
    )
    assert (entry.signer_name, entry.recorded_by, entry.file.name) == (
        "Amal One",
        network.coordinator.label,
        "Endorsement TA.pdf",
    )
    assert not selectors.is_signatory(entry.organization, TODAY)
    with pytest.raises(Refused, match="You recorded this yourself"):
        services.confirm_received(entry, replace(network.coordinator, capacity="office"), NOW)
    services.confirm_received(entry, network.office_actor, NOW)
    assert selectors.is_signatory(entry.organization, date(2022, 1, 31))


def test_the_same_workbook_twice_changes_nothing_and_says_so(network: Network, edition: Edition) -> None:
    import_workbook(sent(), network.coordinator, NOW)
    before, events = everything(), Event.objects.count()
    again = import_workbook(sent(scans=()), network.coordinator, NOW)
    assert (again.run, said(again.report)) == (None, [])
    assert not again.report.changes_something
    assert verdicts(again.report) == {"left": 8}
    assert everything() == before
    assert Event.objects.count() == events


def test_a_check_tells_exactly_what_would_be_done_and_leaves_no_trace(
    network: Network, edition: Edition, tmp_path: Any
) -> None:
    before, events = everything(), Event.objects.count()
    told = check(sent(), network.coordinator, NOW)
    assert everything() == before
    assert Event.objects.count() == events
    assert list(tmp_path.iterdir()) == []
    done = import_workbook(sent(), network.coordinator, NOW)
    assert told.lines == done.report.lines


def changes(report: Report) -> dict[tuple[str, int], tuple[str, tuple[str, ...]]]:
    return {(line.sheet, line.row): (line.verdict.value, line.changes) for line in report.lines}


def test_what_differs_is_changed_with_a_reason_and_what_is_empty_is_left(
    network: Network, edition: Edition
) -> None:
    import_workbook(sent(), network.coordinator, NOW)
    rows = {
        "organizations": [ORGANIZATIONS[0] | {"acronym": "TGA", "name_ar": "وكالة دجلة"}, ORGANIZATIONS[1]],
        "people": [
            PEOPLE[0] | {"duty_station": "Erbil"},
            {"name": "BASIM two", "email": "Basim@Example.org"},
        ],
        "posts": [POSTS[0] | {"ends_on": date(2026, 12, 31)}, POSTS[1]],
        "agreements": [
            AGREEMENTS[0] | {"agency": "TGA", "ends_on": date(2026, 12, 31), "rating": "Medium capacity"}
        ],
    }
    report = import_workbook(sent(rows), network.coordinator, NOW).report
    assert said(report) == []
    assert changes(report) == {
        ("organizations", 3): ("changed", ("Name in Arabic: empty → وكالة دجلة", "Acronym: TA → TGA")),
        ("organizations", 4): ("left", ()),
        ("people", 3): ("changed", ("Duty station: empty → Erbil",)),
        ("people", 4): ("left", ()),
        ("posts", 3): ("changed", ("Last day: empty → 31 December 2026",)),
        ("posts", 4): ("left", ()),
        ("agreements", 3): (
            "changed",
            ("Last day: empty → 31 December 2026", "Capacity: Full capacity → Medium capacity"),
        ),
    }
    assert Organization.objects.get(name_en="Tigris Agency").acronym == "TGA"
    assert Person.objects.get(email="basim@example.org").duty_station == "Basra"
    assert Post.objects.get(person__email="amal@example.org").ends_on == date(2026, 12, 31)
    reasons = Event.objects.filter(action="organization.correct").values_list("reason", flat=True)
    assert set(reasons) == {"Import of network.xlsx"}


def test_an_organization_is_found_by_any_of_its_names(network: Network, edition: Edition) -> None:
    import_workbook(sent(), network.coordinator, NOW)
    tigris = Organization.objects.get(name_en="Tigris Agency")
    record_services.rename_organization(
        tigris, Names("Two Rivers Agency", acronym="TRA"), TODAY, network.coordinator, NOW, "Letter 3"
    )
    rows = {"organizations": ORGANIZATIONS, "posts": POSTS}
    report = import_workbook(sent(rows), network.coordinator, NOW).report
    assert said(report) == []
    assert changes(report)["organizations", 3] == ("changed", ("Acronym: TRA → TA",))
    assert Organization.objects.filter(kind=Kind.UN_AGENCY).count() == 1
    rows = {"posts": [POSTS[0] | {"organization": "وكالة مجهولة"}]}
    (fault,) = said(import_workbook(sent(rows), network.coordinator, NOW).report)
    assert fault.startswith("Sheet posts, row 3, Organization: no organization of this name is listed.")


# Faults, each at its cell with the fix


FAULTS: list[tuple[str, Any, str]] = [
    ("organizations", ("name_en", None), "row 3, Name in English: nothing stands here. Write it."),
    (
        "organizations",
        ("kind", "Charity"),
        "row 3, Kind: choose one of the list: UN agency, Implementing partner",
    ),
    (
        "organizations",
        ("active_to", date(2020, 1, 1)),
        "row 3, In the network until: it lies before the first day",
    ),
    ("organizations", ("region", "Atlantis"), "row 3, Region: the calendar knows no “Atlantis”."),
    ("organizations", ("acronym", "x" * 31), "row 3, Acronym: 31 characters stand here. Write at most 30."),
    (
        "organizations",
        ("other_names", "Marsh Relief"),
        "row 3, Other names: “Marsh Relief” is the name of another row.",
    ),
    ("people", ("email", "amal at example"), "row 3, E-mail: write one address like name@example.org."),
    ("people", ("language", "Klingon"), "row 3, Language for mail: choose one of the list: Arabic, English"),
    ("people", ("languages", "Arabic; Klingon"), "row 3, Languages: “Klingon” is not in the list: Arabic"),
    ("people", ("phone", "none"), "row 3, Phone: Enter a valid value."),
    ("posts", ("organization", "Nobody"), "row 3, Organization: no organization of this name is listed."),
    ("posts", ("email", "nobody@example.org"), "row 3, E-mail: nobody with this address is listed."),
    ("posts", ("capacity", "PSEA Coordinator"), "row 3, Post: "),
    ("posts", ("begins_on", "soon"), "row 3, First day: write the day as a date, for example 25/1/2026."),
    ("posts", ("ends_on", date(2020, 1, 1)), "row 3, Last day: it lies before the first day, 1 March 2024."),
    ("posts", ("capacity", "Acting PSEA Coordinator"), "row 3, Post: "),
    ("agreements", ("agency", "Marsh Relief"), "row 3, UN agency: choose an organization that is one."),
    ("agreements", ("valid_until", None), "row 3, Assessment valid until: an assessment has its date"),
    ("agreements", ("psea_clause_on", None), "row 3, Date of the PSEA clause: write when it was agreed."),
    (
        "agreements",
        ("assessed_on", date(2028, 1, 1)),
        "row 3, Capacity assessed on: this day has not come yet.",
    ),
    ("signatures", ("edition", "9"), "row 3, Edition: there is no such edition. Write one of: 1."),
    ("signatures", ("scan", "other.pdf"), "row 3, Scan: the file “other.pdf” was not sent."),
    (
        "signatures",
        ("scan", "C:\\scans\\x.pdf"),
        "row 3, Scan: write the file's name alone, without folders.",
    ),
    ("signatures", ("received_on", date(2021, 1, 1)), "row 3, Signed on: this day lies after the day"),
    ("signatures", ("signed_on", date(2022, 1, 20)), "row 3, Signed on: edition 1 took effect on 2022-01-31"),
    (
        "signatures",
        ("signer_email", "basim@example.org"),
        "row 3, E-mail of the person who signed: it belongs to Basim Two.",
    ),
    ("signatures", ("received_on", date(2027, 1, 1)), "row 3, Received on: this day has not come yet."),
    ("signatures", ("signer_title", None), "row 3, Title of the person who signed: nothing stands here."),
]


@pytest.mark.parametrize(("sheet", "cell", "says"), FAULTS, ids=lambda v: str(v)[:40])
def test_a_fault_is_said_at_its_cell_with_the_fix(
    network: Network, edition: Edition, sheet: str, cell: tuple[str, Any], says: str
) -> None:
    report = check(sent(change=put(sheet, 3, *cell)), network.coordinator, NOW)
    own = [text for text in said(report) if text.startswith(f"Sheet {sheet}, {says}")]
    assert len(own) == 1, said(report)


def test_every_fault_is_found_at_once_and_rows_that_hang_on_one_are_not_blamed(
    network: Network, edition: Edition
) -> None:
    def spoil(book: Any) -> None:
        for change in (
            put("organizations", 3, "kind", "?"),
            put("people", 4, "name", None),
            put("signatures", 3, "edition", None),
        ):
            change(book)

    report = check(sent(change=spoil), network.coordinator, NOW)
    assert [(p.sheet, p.row) for p in report.problems] == [
        ("organizations", 3),
        ("people", 4),
        ("signatures", 3),
    ]
    assert report.unjudged == 3  # both posts and the agreement


@pytest.mark.parametrize("sheet", list(NETWORK))
def test_one_wrong_row_leaves_every_table_as_it_was(network: Network, edition: Edition, sheet: str) -> None:
    last = {
        "organizations": ("active_to", date(2000, 1, 1)),
        "people": ("phone", "none"),
        "posts": ("ends_on", date(2000, 1, 1)),
        "agreements": ("agency", "Marsh Relief"),
        "signatures": ("received_on", date(2021, 1, 1)),
    }[sheet]
    row = len(NETWORK[sheet]) + 2
    before = everything()
    result = import_workbook(sent(change=put(sheet, row, *last)), network.coordinator, NOW)
    assert result.run is None
    assert [(p.sheet, p.row) for p in result.report.problems] == [(sheet, row)]
    assert everything() == before
    last_event = Event.objects.latest("sequence")
    assert (last_event.action, last_event.outcome) == ("network_import.import", "refused")


def test_a_name_never_follows_a_wrong_address(network: Network, edition: Edition) -> None:
    import_workbook(sent(), network.coordinator, NOW)
    rows = {"people": [PEOPLE[0] | {"name": "Somebody Else"}]}
    (fault,) = said(check(sent(rows), network.coordinator, NOW))
    assert fault == (
        "Sheet people, row 3, Name: this address belongs to Amal One. Write that name, or another address."
    )


def test_a_denied_paper_is_not_recorded_again(network: Network, edition: Edition) -> None:
    import_workbook(sent(), network.coordinator, NOW)
    entry = selectors.waiting_entries().get()
    services.deny_received(entry, network.office_actor, NOW, "The signature is another one.")
    report = import_workbook(sent(), network.coordinator, NOW).report
    assert changes(report)["signatures", 3] == ("left", ("It is recorded, and was denied.",))
    assert ParticipationEntry.objects.count() == 2


def test_a_scan_that_may_not_be_taken_is_said_at_its_row(network: Network, edition: Edition) -> None:
    hostile = (("Endorsement TA.pdf", b"MZ\x90", ""),)
    (fault,) = said(check(sent(scans=hostile), network.coordinator, NOW))
    assert fault.startswith("Sheet signatures, row 3, Scan: its content is not what its name says.")


def test_scans_that_no_row_names_are_told(network: Network, edition: Edition) -> None:
    extra = (*SCANS, ("holiday.png", b"\x89PNG\r\n\x1a\n", "image/png"))
    report = check(sent(scans=extra), network.coordinator, NOW)
    assert report.unused_scans == ["holiday.png"]
    assert report.ok


# Who may


@pytest.mark.rule("D9")
@pytest.mark.parametrize("capacity", [c for c in Capacity if c not in ("coordinator", "acting_coordinator")])
def test_nobody_but_the_coordinator_imports(network: Network, edition: Edition, capacity: Capacity) -> None:
    actor = persona_actor(capacity, network.office, verified_at=NOW)
    before = everything()
    with pytest.raises(Refused):
        import_workbook(sent(), actor, NOW)
    assert everything() == before


@pytest.mark.rule("D11")
def test_an_import_needs_a_fresh_code(network: Network, edition: Edition) -> None:
    stale = replace(network.coordinator, verified_at=None)
    before = everything()
    with pytest.raises(Refused) as refusal:
        import_workbook(sent(), stale, NOW)
    assert refusal.value.code == "step_up"
    assert everything() == before


def test_posts_of_the_office_are_not_filled_by_an_import(network: Network, edition: Edition) -> None:
    rows = {
        "people": PEOPLE,
        "posts": [
            {
                "organization": network.office.name_en,
                "email": "amal@example.org",
                "capacity": "Auditor",
                "begins_on": TODAY,
            }
        ],
    }
    (fault,) = said(check(sent(rows), network.coordinator, NOW))
    assert fault == (
        "Sheet posts, row 3, Post: This post is filled by the DSRSG/HC/RC office or the PSEA Coordinator."
    )


def test_a_workbook_in_arabic_says_the_same(network: Network, edition: Edition) -> None:
    rows = {
        "organizations": [ORGANIZATIONS[0] | {"kind": "وكالة تابعة للأمم المتحدة"}],
        "people": [PEOPLE[0] | {"languages": "العربية؛ الإنكليزية"}],
        "posts": [POSTS[0] | {"capacity": "رئيس الوكالة", "begins_on": "١/٣/٢٠٢٤"}],
    }
    from django.utils import translation

    from signatories.models import Kind as Kinds

    with translation.override("ar"):
        rows["organizations"][0]["kind"] = str(Kinds.UN_AGENCY.label)
        rows["posts"][0]["capacity"] = str(Capacity.HEAD_OF_AGENCY.label)
    result = import_workbook(sent(rows, arabic=True), network.coordinator, NOW)
    assert said(result.report) == []
    assert Post.objects.get(person__email="amal@example.org").begins_on == date(2024, 3, 1)


def test_two_rows_for_one_person_twice_run_once(network: Network, edition: Edition) -> None:
    key = ImportRun().pk
    workbook = sent()  # written twice, the zip would carry two times
    first = import_workbook(workbook, network.coordinator, NOW, key)
    second = import_workbook(workbook, network.coordinator, NOW, key)
    assert first.run is not None
    assert second.run is not None
    assert first.run.pk == second.run.pk
    assert ImportRun.objects.count() == 1
    assert OrganizationAlias.objects.count() == 2
    assert StoredFile.objects.count() == 2
    assert SIGNATURES[0]["scan"] in {stored.name for stored in StoredFile.objects.all()}
    assert Verdict.CREATED in Verdict
