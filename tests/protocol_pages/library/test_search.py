"""Finding resources: spelling variants, text of files, facets, what is new, nothing that is closed (W4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.documents.models import Document

from audit.actors import acting, system_actor
from intranet.access import session
from intranet.access.roles import Capacity
from intranet.clock import now
from protocol_pages import documents, spelling
from protocol_pages.care import deadlines
from protocol_pages.models import DocumentText, NewsIndexPage, NewsPage, PageText
from protocol_pages.reference import ResourceTheme
from tests.personas import PersonaClient, persona_client
from tests.protocol_pages.library import world
from tests.services.postgres import analyze


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("organization", "Organisation"),
        ("organizations", "organisations"),
        ("programme", "program"),
        ("behavior", "behaviour"),
        ("centre", "center"),
        ("prioritising", "prioritizing"),
        ("labelled", "labeled"),
        ("defence", "defense"),
        ("تدريب", "التّدريب"),
        ("الابلاغ", "الإبلاغ"),
        ("شبكه", "الشبكة"),
        ("مستوى", "مستوي"),
        ("للضحايا", "الضحايا"),
        ("والإبلاغ", "إبلاغ"),
        ("كردستان", "کردستان"),
        ("2024", "٢٠٢٤"),
        ("مدرب", "مـدرب"),
        ("Café", "cafe"),
    ],
)
def test_variants_of_a_word_are_one(typed: str, written: str) -> None:
    assert spelling.fold(typed) == spelling.fold(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [("abuse", "abused"), ("الله", "له"), ("train", "strain"), ("قال", "ال"), ("rise", "rize")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert spelling.fold(one) != spelling.fold(other)


def titles(client: PersonaClient, query: str = "", language: str = "en") -> str:
    html = client.get(f"/{language}/resources/{query}").content.decode()
    return html[html.index('<form method="get" class="filter"') : html.index("<aside")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "q",
    [
        "organisation",
        "ORGANIZATIONS",
        "checklist",
        "الإبلاغ",
        "ابلاغ",
        "Geneva",
        "zwiebel",
        "Rabat",
        "trai",
    ],
)
def test_words_of_title_text_and_files_are_found(member: PersonaClient, q: str) -> None:
    hit = "Found by its words"
    world.resource(
        f"{hit} organization",
        summary="A checklist for trainers",
        body="<p>إبلاغ آمن</p><p>Geneva</p>",
        document=world.word("Zwiebel & onions"),
    )
    world.resource("Another page", document=world.pdf("Rabat workshop"), summary="trainings checklist")
    world.resource("Third", summary="nothing to do with it")
    shown = titles(member, f"?q={q}")
    assert ("Another page" if q == "Rabat" else hit) in shown
    assert "Third" not in shown
    assert "Third" not in member.get(f"/en/search/?q={q}").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("q", ["'", "a & b", "!x", "x:*", "(", "\\", "<script>", "-", "%00", "و"])
def test_what_people_type_is_never_read_as_a_query_language(member: PersonaClient, q: str) -> None:
    world.resource("Some page")
    for path in ("/en/resources/", "/en/search/"):
        assert member.get(path, {"q": q}).status_code == 200


@pytest.mark.django_db
def test_a_title_counts_more_than_a_file(member: PersonaClient) -> None:
    world.resource("Onions in the file", document=world.word("harvest"))
    world.resource("Harvest in the title")
    shown = titles(member, "?q=harvest")
    assert shown.index("Harvest in the title") < shown.index("Onions in the file")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4 broken", "damaged"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.pptx", b"anything", ""),
    ],
)
def test_a_file_that_cannot_be_read_has_no_text_and_says_why(name: str, content: bytes, said: str) -> None:
    document = world._stored(name, content)
    assert documents.text_of(document) == ""
    assert said in DocumentText.objects.get(document=document).trouble


@pytest.mark.django_db
def test_a_file_is_read_once_for_each_state(monkeypatch: pytest.MonkeyPatch) -> None:
    document = world.word("first")
    assert "first" in documents.text_of(document)
    monkeypatch.setattr(documents, "read", lambda name, content: 1 / 0)
    assert "first" in documents.text_of(Document.objects.get(pk=document.pk))


@pytest.mark.django_db
def test_a_file_that_an_editor_replaces_is_found_by_its_new_words(
    member: PersonaClient, editor: PersonaClient
) -> None:
    list(deadlines.read_texts(now(), False))  # what the site is born with
    document = world.word("sauerkraut")
    world.resource("With a file", document=document)
    assert "With a file" in titles(member, "?q=sauerkraut")
    new = world.word("marmalade").file.open().read()
    path = reverse("wagtaildocs:edit", args=[document.pk])
    sent = {
        "title": "file",
        "file": SimpleUploadedFile("new.docx", new),
        "collection": document.collection_id,
    }
    assert editor.post(path, sent).status_code == 302
    assert list(deadlines.read_texts(now(), False)) == ["1 pages made ready for search"]
    assert list(deadlines.read_texts(now(), False)) == []
    assert "With a file" in titles(member, "?q=marmalade")
    assert "With a file" not in titles(member, "?q=sauerkraut")


@pytest.mark.django_db
def test_facets_narrow_and_count_under_the_other_choices(member: PersonaClient) -> None:
    with acting(system_actor("test")):
        theme = ResourceTheme.objects.create(name="Coordination")
        other = ResourceTheme.objects.create(name="Reporting")
    world.resource("One", kind="tool", year=2020, theme=theme, country="Iraq", area="prevention")
    world.resource("Two", kind="video", year=2020, theme=other, language="ar")
    three = world.resource("Three", kind="tool", year=2021, theme=other, audience="trainers")
    three.tags.set([theme])
    three.save()
    answer = member.get("/en/resources/?kind=tool").context
    counts = {f.name: {c.value: c.count for c in f.choices} for f in answer["facets"]}
    assert counts["kind"] == {"tool": 2, "video": 1}  # under the other choices: there are none
    assert counts["year"] == {"2020": 1, "2021": 1}
    assert counts["theme"] == {"Coordination": 2, "Reporting": 1}
    assert counts["area"] == {"prevention": 1}
    for query, found in (
        ("?kind=tool&year=2021", {"Three"}),
        ("?theme=Coordination", {"One", "Three"}),
        ("?language=ar", {"Two"}),
        ("?country=Iraq", {"One"}),
        ("?audience=trainers&theme=Reporting", {"Three"}),
        ("?year=abc&kind=nonsense", {"One", "Two", "Three"}),
        ("?year=1999", set()),
    ):
        page = member.get(f"/en/resources/{query}").context["list"]
        assert {item.title for item in page.object_list} == found, query


@pytest.mark.django_db
def test_new_since_the_last_visit(member: PersonaClient) -> None:
    old = world.resource("Old one")
    old.first_published_at = now() - timedelta(days=9)
    old.save()
    world.resource("Fresh one")
    assert "Only what is new" not in titles(member)
    stored = member.session
    stored[session.LAST_VISIT] = (now() - timedelta(days=2)).isoformat()
    stored.save()
    assert titles(member).count('class="new"') == 1
    shown = titles(member, "?new=1")
    assert "Fresh one" in shown
    assert "Old one" not in shown


@pytest.mark.django_db
@pytest.mark.rule("W4")
def test_what_is_closed_leaks_by_no_way_of_finding(member: PersonaClient, editor: PersonaClient) -> None:
    world.resource("Open harvest", author="Open body", year=2001)
    for number in range(30):
        closed = world.resource(
            f"Secret harvest {number}",
            author="Secret body",
            year=1990,
            country="Secretland",
            document=world.word("harvest sauerkraut") if number == 0 else None,
        )
        world.close(closed)
    first = world.resource("Harvest, translated", language="en")
    hidden = world.resource("Secret translation", language="ar", translation_of=first)
    world.close(hidden)
    draft = NewsPage(title="Secret draft harvest", slug="draft", live=False)
    NewsIndexPage.objects.get().add_child(instance=draft)
    for path in (
        "/en/resources/",
        "/en/resources/?q=harvest",
        "/en/resources/?q=sauerkraut",
        "/en/resources/?author=Secret+body",
        "/en/search/?q=harvest",
        "/en/search/?q=sauerkraut",
        "/en/search/?q=draft",
        "/en/changes/",
        "/en/",
        first.get_url(),
        "/sitemap.xml",
        "/api/v2/pages/",
        "/en/feed/",
    ):
        shown = member.get(path, follow=True).content.decode()
        assert "Secret harvest" not in shown, path
        assert "Secret translation" not in shown, path
        assert "Secret draft" not in shown, path
        assert "Secretland" not in shown, path
    assert member.get("/en/resources/?author=Secret+body").context["found"] == 0
    assert "Secret harvest" in editor.get("/en/resources/?q=harvest").content.decode()


@pytest.mark.django_db
@pytest.mark.rule("W6")
@pytest.mark.parametrize(
    "path",
    [
        "/admin/pages/search/?q=harvest",
        "/admin/choose-page/search/?q=harvest",
        "/admin/tag-autocomplete/?term=harv",
        "/admin/documents/chooser/",
        "/admin/reports/site-history/",
        "/sitemap.xml",
        "/api/",
        "/api/v2/documents/",
    ],
)
def test_no_way_around(member: PersonaClient, path: str) -> None:
    closed = world.resource("Secret harvest", document=world.word("words", "secret-harvest.docx"))
    world.close(closed)
    answer = member.get(path, follow=True)
    assert b"ecret harvest" not in getattr(answer, "content", b"")
    assert answer.status_code in (403, 404)


@pytest.mark.django_db
def test_a_deleted_page_takes_its_words_with_it(member: PersonaClient) -> None:
    page = world.resource("Gone soon")
    assert PageText.objects.filter(page_id=page.pk).exists()
    page.delete()
    assert not PageText.objects.filter(page_id=page.pk).exists()
    assert "Gone soon" not in titles(member, "?q=gone")


@pytest.mark.django_db
def test_a_draft_of_a_live_page_is_not_searched(member: PersonaClient) -> None:
    page = world.resource("Public words")
    page.title, page.body = "Unpublished words", "<p>sauerkraut</p>"
    page.save_revision()
    assert "Public words" in titles(member, "?q=public")
    for q in ("unpublished", "sauerkraut"):
        assert "Public words" not in titles(member, f"?q={q}")


@pytest.mark.django_db
def test_list_and_search_ask_twelve_queries_whatever_the_size(
    member: PersonaClient, editor: PersonaClient
) -> None:
    readers = {"member": member, "editor": editor, "focal": persona_client(Capacity.PRIMARY_FOCAL_POINT)}

    def count(path: str) -> dict[str, int]:
        found = {}
        for name, client in readers.items():
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found[name] = len(captured)
        return found

    paths = ("/en/resources/", "/en/resources/?q=tool&kind=tool", "/ar/search/?q=tool")
    with acting(system_actor("test")):
        theme = ResourceTheme.objects.create(name="Coordination")
    world.resource("A tool", theme=theme)
    few = {path: count(path) for path in paths}
    for number in range(30):
        world.resource(
            f"Tool {number}", theme=theme, document=world.word("x"), country="Iraq", year=2000 + number
        )
    many = {path: count(path) for path in paths}
    assert {path: n for path, n in many.items() if max(n.values()) > 12} == {}
    assert many == few


@pytest.mark.django_db
def test_five_thousand_resources_ask_no_more_queries(member: PersonaClient) -> None:
    from tests.bench import library as bench

    bench.build()
    analyze()
    for path in ("/en/resources/", "/ar/resources/?q=handbook&kind=tool", "/en/search/?q=handbook"):
        member.get(path)
        with CaptureQueriesContext(connection) as captured:
            html = member.get(path).content
        assert len(captured) <= 12, [q["sql"][:90] for q in captured]
        assert len(html) <= 40 * 1024
    assert member.get("/en/resources/?q=handbook").context["found"] == bench.RESOURCES
