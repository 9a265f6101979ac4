"""Registers, meetings, how to report, glossary, languages; the first content loads and keeps what is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django.plugin import DjangoDbBlocker

from audit.actors import acting, system_actor
from audit.models import Event
from intranet.clock import now
from intranet.network.models import NetworkSettings
from protocol_pages import agenda, glossary, seeding
from protocol_pages.models import (
    InitiativesPage,
    KeyFiguresPage,
    MilestonesPage,
    ResourceIndexPage,
    ResourcePage,
)
from protocol_pages.reference import GlossaryTerm, ResourceTheme
from tests.intranet.test_weight import KB, compressed
from tests.personas import PersonaClient
from tests.protocol_pages.library import world
from tests.services.rows import written_once

pytestmark = pytest.mark.django_db
DATA = json.loads(seeding.FILE.read_text())


@pytest.fixture(scope="module")
def first_loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    yield from written_once(django_db_blocker, lambda: seeding.load(system_actor("test"), now()))


@pytest.fixture
def loaded(first_loaded: dict[str, int], db: None) -> dict[str, int]:
    return dict(first_loaded)


def main(client: PersonaClient, path: str) -> str:
    html = client.get(path).content.decode()
    return html[html.index("<main") : html.index("</main>")]


def test_no_word_of_the_workshop_reaches_a_reader() -> None:
    assert "seed" not in json.dumps(DATA).lower()


def test_the_first_content_loads_once_and_leaves_what_editors_did(loaded: dict[str, int]) -> None:
    assert loaded == {"themes": 25, "terms": 16, "resources": 53, "registers": 3}
    page = ResourcePage.objects.get(slug="mos-psea")
    page.title = "Changed by an editor"
    page.save_revision().publish()
    assert set(seeding.load(system_actor("test"), now()).values()) == {0}
    assert ResourcePage.objects.get(slug="mos-psea").title == "Changed by an editor"
    assert Event.objects.filter(action="library.load").count() == 1


def nothing_of_others_is_presented_as_the_networks_own(member: PersonaClient) -> None:
    for page in ResourcePage.objects.all():
        assert page.country != "Iraq"
        assert "Known from:" in page.source_note
    for slug in ("ksa-workplan", "project-risk-tool"):
        page = ResourcePage.objects.get(slug=slug)
        assert "not about this network’s country" in main(member, page.get_url())
    for kind in (MilestonesPage, InitiativesPage):
        assert "It is not the record of this network." in main(member, kind.objects.get().get_url())
    assert "They are not figures of this network." in main(member, KeyFiguresPage.objects.get().get_url())


def milestones_are_filtered_by_body(member: PersonaClient) -> None:
    url = MilestonesPage.objects.get().get_url()
    whole, one = main(member, url), main(member, f"{url}?body=UNFPA")
    assert whole.count('role="rowheader"') == 39
    assert one.count('role="rowheader"') == 1
    assert "championship" in one
    assert main(member, f"{url}?body=nobody").count('role="rowheader"') == 39
    years = [int(year) for year in re.findall(r'<th role="rowheader" scope="row"><bdi>(\d+)', whole)]
    assert years == sorted(years)


def an_initiative_keeps_each_number_with_its_day(member: PersonaClient) -> None:
    shown = main(member, InitiativesPage.objects.get().get_url())
    plans = shown[shown.index("Action plans of all entities") :][:600]
    assert plans.index("April 2017") < plans.index("35") < plans.index("August 2018") < plans.index("37")
    assert sum(len(p[1]["initiatives"]) for p in DATA["pages"][1]["entries"]) == 67


def key_figures_say_what_does_not_fit(member: PersonaClient) -> None:
    shown = main(member, KeyFiguresPage.objects.get().get_url())
    assert "The table on the same page adds to 21 (13 SEA and 8 harassment)." in shown
    for entry in (row for _kind, row in DATA["pages"][2]["entries"]):
        if entry["parts"].rpartition(": ")[2].isdigit():
            parts, total = entry["parts"].rsplit(": ", 1)
            assert sum(map(int, re.findall(r"\b(\d+) ", parts))) == int(total), entry["figure"]


def registers_and_figures_are_searched(member: PersonaClient) -> None:
    for q, title in (
        ("championship", "Milestones"),
        ("paternity", "Initiatives"),
        ("gendarmerie", "key figures"),
    ):
        assert title in main(member, f"/en/search/?q={q}")


def the_library_weighs_little_at_first_sight(member: PersonaClient) -> None:
    for language in ("en", "ar"):
        page = member.get(f"/{language}/resources/").content.decode()
        loaded = set(
            re.findall(r'<(?:link rel="stylesheet"|script)[^>]* (?:href|src)="/static/([^"?]+)', page)
        )
        assert len(page.encode()) + sum(map(compressed, loaded)) <= 60 * KB


def themes_cross_frameworks_and_lead_to_resources(member: PersonaClient) -> None:
    shown = main(member, "/en/themes/")
    for words in ("IASC plan of 2018", "Secretary-General’s", "Prevention", "Ending impunity"):
        assert words.replace("’", "&#x27;") in shown or words in shown, words
    with acting(system_actor("test")):
        assert ResourceTheme.objects.filter(area="").count() == 0
    assert member.get("/en/resources/?theme=Coordination").context["found"] >= 4


@pytest.mark.rule("trap 47")
@pytest.mark.usefixtures("loaded")
def test_the_loaded_library_says_what_the_seeds_say(member: PersonaClient) -> None:
    """Loading takes seconds: everything that only reads it is asked here."""
    nothing_of_others_is_presented_as_the_networks_own(member)
    milestones_are_filtered_by_body(member)
    an_initiative_keeps_each_number_with_its_day(member)
    key_figures_say_what_does_not_fit(member)
    registers_and_figures_are_searched(member)
    the_library_weighs_little_at_first_sight(member)
    themes_cross_frameworks_and_lead_to_resources(member)


# Two languages of one resource


def test_two_languages_of_one_resource_know_each_other(member: PersonaClient, editor: PersonaClient) -> None:
    first = world.resource("Guide", also_available_in="French")
    arabic = world.resource("دليل", slug="guide-ar", language="ar", translation_of=first)
    world.resource("Alone", also_available_in="Arabic")
    assert f'href="{arabic.get_url()}"' in main(member, first.get_url())
    assert f'href="{first.get_url()}"' in main(member, arabic.get_url())
    assert member.get("/en/care/languages/").status_code == 403
    rows = editor.get("/en/care/languages/").context["rows"]
    assert [(row.first.title, dict(row.cells)["ar"] or "", row.missing) for row in rows] == [
        ("Alone", "elsewhere", 1),
        ("Guide", arabic, 1),
    ]


def test_the_row_of_the_list_says_the_other_languages_and_a_page_all_its_themes(
    member: PersonaClient,
) -> None:
    first = world.resource("Guide", audience="trainers")
    arabic = world.resource("دليل", slug="guide-ar", language="ar", translation_of=first)
    hidden = world.resource("Hidden", slug="guide-ckb", language="ckb", translation_of=first)
    world.close(hidden)
    with acting(system_actor("test")):
        first.tags.set([ResourceTheme.objects.create(name="Coordination")])
    first.save()
    shown = main(member, "/en/resources/")
    row = shown[shown.index(">Guide<") :]
    row = row[: row.index("</li>")]
    assert f'href="{arabic.get_url()}"' in row
    assert "Trainers" in row
    assert hidden.get_url() not in shown
    assert "Coordination" in main(member, first.get_url()), "a further theme without a first one"


@pytest.mark.parametrize("wrong", ["itself", "same language", "chain"])
def test_a_translation_that_cannot_be_is_refused(wrong: str) -> None:
    from django.core.exceptions import ValidationError

    first = world.resource("Guide")
    arabic = world.resource("دليل", slug="guide-ar", language="ar", translation_of=first)
    page = {
        "itself": first,
        "same language": world.resource("Other"),
        "chain": world.resource("Kurdish", language="ckb"),
    }[wrong]
    page.translation_of = {"itself": first, "same language": first, "chain": arabic}[wrong]
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "translation_of" in refused.value.message_dict


# Meetings


def test_the_next_meeting_comes_first_and_slices_add_to_its_agenda(
    member: PersonaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = now()
    world.meeting("Held", begins_at=at - timedelta(days=30), minutes="<p>Decided</p>")
    world.meeting("Far", begins_at=at + timedelta(days=60))
    soon = world.meeting(
        "Soon",
        begins_at=at + timedelta(days=3),
        agenda=json.dumps([{"type": "item", "value": {"title": "Trends", "clause": "6.3"}}]),
    )
    shown = main(member, "/en/meetings/")
    assert shown.index("Soon") < shown.index("Far") < shown.index("Held")
    assert "with minutes" in shown
    monkeypatch.setattr(
        agenda, "_sources", [lambda meeting, actor, at: [agenda.Item("Added by a slice", "§9.c")]]
    )
    page = main(member, soon.get_url())
    assert page.index("Trends") < page.index("Added by a slice")


# How to report


@pytest.mark.rule("trap 46")
@pytest.mark.parametrize("path", ["how-to-report", "how-to-report/a4", "how-to-report/card"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_and_print_reads_the_one_settings_record(
    member: PersonaClient, path: str, language: str
) -> None:
    with acting(system_actor("test")):
        NetworkSettings.objects.create(
            at=now(), by="test", reason="test", hotline="80001234", inter_agency_email="other@example.org"
        )
    html = member.get(f"/{language}/{path}/").content.decode()
    shown = html[html.index("<main") : html.index("</main>")]
    assert "80001234" in shown
    assert "other@example.org" in shown
    assert "80069999" not in html
    assert "<form" not in shown
    assert "<textarea" not in html
    assert "data-leave" in shown
    assert shown.index("data-leave") < shown.index("80001234"), "the way out comes first"


@pytest.mark.parametrize("path", ["/en/", "/en/resources/", "/en/protocol/endorsements/", "/en/nowhere/"])
def test_how_to_report_is_two_taps_away(member: PersonaClient, path: str) -> None:
    assert 'href="/en/how-to-report/"' in member.get(path).content.decode()


# Glossary


def term(name: str, definition: str, **values: str) -> GlossaryTerm:
    with acting(system_actor("test")):
        return GlossaryTerm.objects.create(term=name, definition=definition, **values)


def test_terms_are_found_as_whole_words() -> None:
    term("Focal point", "Who speaks.")
    term("Point", "A place.")
    term("SEA", "Exploitation and abuse.")
    found = glossary.used_in("Both focal points told the sea-side seamen.", glossary.all_words())
    assert [word.term for word in found] == ["Focal point", "SEA"]
    assert glossary.used_in("seasoned appointments", glossary.all_words()) == []


@pytest.mark.parametrize("q", ["programme", "الابلاغ", "ئاگادارکردنەوە", "REPORTING"])
def test_terms_are_found_in_the_spellings_of_their_words(member: PersonaClient, q: str) -> None:
    term("Reporting", "A program.", term_ar="إبلاغ", term_ckb="ئاگادارکردنەوە")
    assert "A program." in main(member, f"/en/search/?q={q}")


def test_terms_stand_beside_the_labels_of_forms(editor: PersonaClient, member: PersonaClient) -> None:
    page = world.resource("A page")
    term("wrong", "Not as it should be.", term_ar="الخطأ")
    shown = main(member, reverse("page-problem", args=[page.pk]))
    assert shown.count("Not as it should be.") == 1


def test_nothing_of_the_glossary_at_the_doors(client: object) -> None:
    from django.test import Client

    term("E-mail", "A word of the login page.")
    assert "A word of the login page." not in Client().get("/en/account/login/").content.decode()


def test_sections_are_named_in_the_language_of_the_screen_until_an_editor_names_them(
    member: PersonaClient,
) -> None:
    page = main(member, "/ar/resources/")
    assert ">الموارد</h1>" in page
    assert "مواد تدريبية" in page
    assert ">كيفية الإبلاغ</h1>" in main(member, "/ar/how-to-report/")
    index = ResourceIndexPage.objects.get()
    index.title = "Our shelf"
    index.save_revision().publish()
    assert ">Our shelf</h1>" in main(member, "/ar/resources/")
