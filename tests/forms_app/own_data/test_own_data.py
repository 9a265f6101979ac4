"""A member's own statistics: own rows only, the caveat of §7A word for word, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pytest
import time_machine
from django.conf import settings as django_settings
from django.urls import reverse
from docx.oxml.ns import qn

from audit.actors import system_actor
from audit.models import Event
from forms_app.own_data import services
from forms_app.own_data.models import OwnNote
from forms_app.own_data.services import Wish
from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.files import store
from intranet.files.models import StoredFile
from intranet.workflow.runner import Refused
from protocol_pages.editions import blocks
from protocol_pages.editions import services as editions
from signatories.models import EntryKind, Organization
from tests.forms_app.letters.samples import CAVEAT_7A
from tests.forms_app.monthly_reports import world
from tests.forms_app.monthly_reports.world import DECEMBER, JANUARY, NOW
from tests.personas import outsider_client, persona_client

WISH = Wish(
    DECEMBER,
    JANUARY,
    "donor",
    "Annual report to our donor.",
    "Dr Leila Marwan",
    "Director of Programmes",
    "Meridian Relief Fund (invented)",
)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> None:
    settings.STORAGES = django_settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


@pytest.fixture
def agency(db: None) -> Organization:
    """A signatory with two reported months beside others with far larger figures; edition 1 in force."""
    world.confirmed_calendar()
    loader = system_actor("adopt_protocol")
    editions.adopt(editions.bring_in(blocks.read_protocol(), loader, NOW), loader, NOW)
    made = world.organization("Agency")
    for number in range(3):
        world.send(world.organization(f"Other {number}"), received=700 + number)
    world.send(made, DECEMBER, received=2)
    world.send(made, JANUARY, received=3)
    return made


def words(content: bytes) -> str:
    """Every paragraph of a Word file, one a line."""
    document = docx.Document(io.BytesIO(content))
    texts = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))
    return "\n".join(texts)


def made(agency: Organization, wish: Wish = WISH) -> OwnNote:
    note = services.make_note(agency, wish, world.focal_point(agency), NOW).obj
    assert isinstance(note, OwnNote)
    return note


def refused(act: Callable[[], Any]) -> Refused:
    """Refused: no row of a note or a file, and one event that says so."""
    before = (OwnNote.objects.count(), StoredFile.objects.count())
    events = Event.objects.filter(outcome="refused").count()
    with pytest.raises(Refused) as caught:
        act()
    assert (OwnNote.objects.count(), StoredFile.objects.count()) == before
    assert Event.objects.filter(outcome="refused").count() == events + 1
    return caught.value


@pytest.mark.rule("§7A.2")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_caveat_goes_along_word_for_word(agency: Organization, language: str) -> None:
    note = made(agency, replace(WISH, language=language))
    assert CAVEAT_7A in words(store.read(note.file)).split("\n")
    assert note.edition_label == "1"


@pytest.mark.rule("§7A.1")
def test_who_has_withdrawn_makes_no_note_any_more(agency: Organization) -> None:
    """The Head of Agency keeps access to endorse again (D19); the caveat speaks of members."""
    world.entry(agency, EntryKind.WITHDRAWN, date(2026, 2, 1))
    head = world.actor(Capacity.HEAD_OF_AGENCY, agency)
    said = refused(lambda: services.make_note(agency, WISH, head, NOW))
    assert (said.rule, "members" in said.reason) == ("§7A.1", True)


@pytest.mark.rule("§4.f")
def test_who_has_suspended_sharing_keeps_the_right_to_the_own_figures(agency: Organization) -> None:
    world.entry(agency, EntryKind.SUSPENDED, date(2026, 2, 1))
    assert made(agency).number


@pytest.mark.rule("D3")
def test_another_edition_another_caveat(agency: Organization) -> None:
    protocol = blocks.read_protocol()
    changed = tuple(
        replace(block, text=block.text.replace("aid support", "aid and other support"))
        for block in protocol.blocks
    )
    second = replace(protocol, number=2, blocks=changed, effective_from=date(2026, 1, 1))
    loader = system_actor("adopt_protocol")
    editions.adopt(editions.bring_in(second, loader, NOW), loader, NOW)
    note = made(agency)
    lines = words(store.read(note.file)).split("\n")
    assert CAVEAT_7A.replace("aid support", "aid and other support") in lines
    assert CAVEAT_7A not in lines
    assert note.edition_label == "2"


@pytest.mark.rule("D3")
@pytest.mark.usefixtures("_clock")
def test_an_edition_without_the_caveat_gives_none_away(agency: Organization) -> None:
    protocol = blocks.read_protocol()
    loader = system_actor("adopt_protocol")
    text = tuple(block for block in protocol.blocks if block.id != "7a-caveat")
    second = replace(protocol, number=2, blocks=text, effective_from=date(2026, 1, 1))
    editions.adopt(editions.bring_in(second, loader, NOW), loader, NOW)
    assert "has no caveat" in refused(lambda: made(agency)).reason
    desk = persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)
    assert desk.get(reverse("own-data-new")).status_code == 200


@pytest.mark.rule("§4.f")
def test_own_rows_only(agency: Organization) -> None:
    note = made(agency)
    text = words(store.read(note.file))
    assert re.search(r"Total\n5\n", text)
    assert "Other 0" not in text
    text = re.sub(r"[0-9a-f]{64}", "", text)  # any three digits may stand in a hash
    for foreign in ("700", "701", "702", "2103", "2108"):
        assert foreign not in text
    assert (note.months_reported, note.purpose) == (2, "Annual report to our donor.")
    event = Event.objects.get(action="own_note.make")
    assert (event.outcome, event.clause, event.data["number"]) == ("done", "§7A.1", note.number)


def test_a_month_without_a_report_is_said_and_is_no_zero(agency: Organization) -> None:
    note = made(agency, replace(WISH, first_month=date(2025, 11, 1)))
    assert "2 of the 3 months have a report" in words(store.read(note.file))


def test_no_person_of_the_organization_is_named(agency: Organization) -> None:
    actor = world.focal_point(agency, "Zaynab Unmistakable")
    note = services.make_note(agency, WISH, actor, NOW).obj
    assert "Unmistakable" not in words(store.read(note.file))
    assert note.made_by == "Zaynab Unmistakable"


@pytest.mark.rule("§7A.1")
@pytest.mark.parametrize("capacity", sorted(set(Capacity) - ORGANIZATION_POSTS))
def test_only_posts_of_the_organization(agency: Organization, capacity: str) -> None:
    actor = world.actor(capacity, agency)
    refused(lambda: services.make_note(agency, WISH, actor, NOW))


@pytest.mark.rule("§7A.1")
def test_nobody_takes_out_another_organizations_figures(agency: Organization) -> None:
    other = world.focal_point(world.organization("Curious"))
    refusal = refused(lambda: services.make_note(agency, WISH, other, NOW))
    assert agency.name_en not in refusal.reason
    refused(lambda: services.make_note(agency, WISH, system_actor("run_due"), NOW))


@pytest.mark.rule("§7A.3")
@pytest.mark.parametrize(
    "change",
    [
        {"use": "media"},
        {"use": ""},
        {"purpose": "  "},
        {"recipient_name": ""},
        {"recipient_organization": " "},
        {"first_month": JANUARY, "last_month": DECEMBER},
        {"first_month": date(2025, 12, 2)},
        {"first_month": date(2022, 1, 1)},
        {"first_month": date(2025, 6, 1), "last_month": date(2025, 7, 1)},
    ],
)
def test_what_cannot_be_made_is_refused(agency: Organization, change: dict[str, Any]) -> None:
    actor = world.focal_point(agency)
    refused(lambda: services.make_note(agency, replace(WISH, **change), actor, NOW))


@pytest.mark.rule("§7A.2")
def test_without_an_edition_there_is_no_caveat_and_no_note(db: None) -> None:
    world.confirmed_calendar()
    organization = world.organization("Agency")
    world.send(organization)
    refusal = refused(lambda: services.make_note(organization, WISH, world.focal_point(organization), NOW))
    assert refusal.rule == "§7A.2"


def test_numbers_count_within_one_organization(agency: Organization) -> None:
    other = world.organization("Second")
    world.send(other)
    assert [made(agency).number, made(agency).number] == ["OD-2026-001", "OD-2026-002"]
    assert made(other).number == "OD-2026-001"


def test_a_double_submit_makes_one_note(agency: Organization) -> None:
    key, actor = uuid4(), world.focal_point(agency)
    first = services.make_note(agency, WISH, actor, NOW, key)
    again = services.make_note(agency, WISH, actor, NOW, key)
    assert again.repeated
    assert again.obj == first.obj
    assert OwnNote.objects.count() == StoredFile.objects.count() == 1


@pytest.fixture
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def without_ids(response: Any) -> str:
    """A page without the address that was asked for and the form token, which differ by themselves."""
    page = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", response.content.decode())
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


FORM = {
    "first_month": "2025-12",
    "last_month": "2026-01",
    "use": "donor",
    "purpose": "Annual report.",
    "recipient_name": "Dr Marwan",
    "recipient_title": "Director",
    "recipient_organization": "Fund (invented)",
    "language": "en",
}


@pytest.mark.usefixtures("_clock")
def test_from_the_form_to_the_same_bytes_each_time(agency: Organization) -> None:
    client = persona_client(Capacity.PRIMARY_FOCAL_POINT, agency)
    page = client.get(reverse("own-data-new")).content.decode()
    assert "in no way representative" in page
    response = client.post(reverse("own-data-new"), FORM)
    note = OwnNote.objects.get()
    assert response.url == reverse("own-note", args=[note.pk])
    assert "OD-2026-001" in client.get(response.url).content.decode()
    before = Event.objects.filter(kind="download").count()
    url = reverse("file", args=[note.file_id])
    first, second = (client.get(url).content for _time in range(2))
    assert first == second
    assert hashlib.sha256(first).hexdigest() == note.file.sha256
    assert Event.objects.filter(kind="download").count() == before + 2
    assert "OD-2026-001" in client.get(reverse("own-data")).content.decode()


@pytest.mark.rule("D10")
@pytest.mark.usefixtures("_clock")
def test_for_everybody_else_the_note_does_not_exist(agency: Organization) -> None:
    note = made(agency)
    page, file = reverse("own-note", args=[note.pk]), reverse("file", args=[note.file_id])
    other = persona_client(Capacity.PRIMARY_FOCAL_POINT, world.organization("Curious"))
    missing = other.get(reverse("own-note", args=[uuid4()]))
    for client in (other, outsider_client()):
        found = client.get(page)
        assert (found.status_code, client.get(file).status_code) == (404, 404)
    assert without_ids(other.get(page)) == without_ids(missing)
    for capacity in (Capacity.COORDINATOR, Capacity.OFFICE, Capacity.MEMBER, Capacity.AUDITOR):
        client = persona_client(capacity)
        assert client.get(page).status_code == 403
        assert client.get(file).status_code == 404
        assert client.get(reverse("own-data")).status_code == 403
    head = persona_client(Capacity.HEAD_OF_AGENCY, agency)
    assert head.get(page).status_code == 200


@pytest.mark.usefixtures("_clock")
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(agency: Organization) -> None:
    client = persona_client(Capacity.SECONDARY_FOCAL_POINT, agency)
    bad = FORM | {"first_month": "2026-01", "last_month": "2025-12", "use": "media", "purpose": ""}
    page = client.post(reverse("own-data-new"), bad).content.decode()
    for sentence in ("To: choose the same month as From", "Purpose: this cannot stay empty."):
        assert sentence in page
    assert 'value="Dr Marwan"' in page
    long = client.post(reverse("own-data-new"), FORM | {"purpose": "x" * 301})
    assert long.status_code == 200
    none = client.post(reverse("own-data-new"), FORM | {"first_month": "2025-06", "last_month": "2025-06"})
    assert none.status_code == 409
    assert "has reported no month of it" in none.content.decode()
    assert OwnNote.objects.count() == 0
