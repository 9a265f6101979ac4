"""A content editor creates, publishes and revises through the Wagtail admin, behind the second factor."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Page, Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from audit.models import Event
from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.clock.days import network_day
from protocol_pages.models import (
    GlossaryTerm,
    GuidanceIndexPage,
    GuidancePage,
    MeetingIndexPage,
    MeetingPage,
    NewsIndexPage,
    NewsPage,
    ResourceIndexPage,
    ResourcePage,
    ResourceTheme,
)
from tests.personas import PersonaClient, password_only, persona_client

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> PersonaClient:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    return client


@pytest.fixture
def member() -> PersonaClient:
    return persona_client(Capacity.MEMBER)


def form(words: str, **more: Any) -> dict[str, Any]:
    data = {
        "title": f"Title {words}",
        "slug": f"page-{words}",
        "language": "en",
        "summary": f"Summary {words}",
        "body": rich_text(f"<p>Text {words}</p>"),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "seo_title": "",
        "search_description": "",
        "action-publish": "publish",
    }
    return dict(nested_form_data(data)) | more


@pytest.mark.rule("D16")
def test_the_way_into_the_editing_area_is_on_the_screen(editor: PersonaClient, member: PersonaClient) -> None:
    section = GuidanceIndexPage.objects.get()
    page = section.add_child(instance=GuidancePage(title="How", slug="how", language="en"))
    ways = {
        section.get_url(): (
            reverse("wagtailadmin_home"),
            reverse("wagtailadmin_pages:add_subpage", args=[section.pk]),
        ),
        page.get_url(): (reverse("wagtailadmin_pages:edit", args=[page.pk]),),
        reverse("home"): (reverse("wagtailadmin_home"),),
    }
    for address, links in ways.items():
        shown = {client: client.get(address).content.decode() for client in (editor, member)}
        for link in links:
            assert f'href="{link}"' in shown[editor]
            assert f'href="{link}"' not in shown[member]


RESOURCE = {
    "kind": "training",
    "theme": "",
    "also_available_in": "Arabic, Kurdish",
    "year": "2018",
    "author": "Example body",
    "country": "Iraq",
    "size": "12 pages",
    "document": "",
    "external_url": "",
}


@pytest.mark.parametrize(
    ("index", "model", "more"),
    [
        (GuidanceIndexPage, GuidancePage, {"clause": "7B.2"}),
        (NewsIndexPage, NewsPage, {}),
        (ResourceIndexPage, ResourcePage, RESOURCE),
    ],
)
def test_create_publish_read_revise(
    editor: PersonaClient, member: PersonaClient, index: Any, model: Any, more: dict[str, Any]
) -> None:
    parent = index.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", model._meta.model_name, parent.pk])
    assert editor.get(add).status_code == 200
    assert editor.post(add, form("first", **more)).status_code == 302
    page = model.objects.get(slug="page-first")
    assert page.live
    shown = member.get(page.get_url()).content.decode()
    assert "Title first" in shown
    assert "Text first" in shown
    assert "Title first" in member.get(parent.get_url()).content.decode()

    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert editor.post(edit, form("first", **more) | {"title": "Title second"}).status_code == 302
    page.refresh_from_db()
    assert page.title == "Title second"
    assert Revision.objects.for_instance(page).count() == 2
    assert "Title second" in member.get(page.get_url()).content.decode()
    history = editor.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert editor.user.first_name in history


def test_a_meeting_begins_when_the_editor_says(editor: PersonaClient, member: PersonaClient) -> None:
    """10:00 in Baghdad is typed, kept as 07:00 UTC, read as 10:00, and stays 10:00 when edited."""
    parent = MeetingIndexPage.objects.get()
    typed = form("meeting", begins_at="2030-02-05 10:00", ends_at="2030-02-05 11:30", place="Baghdad")
    typed |= nested_form_data({"agenda": streamfield([]), "minutes": rich_text("")})
    editor.post(reverse("wagtailadmin_pages:add", args=["protocol_pages", "meetingpage", parent.pk]), typed)
    page = MeetingPage.objects.get(slug="page-meeting")
    assert page.begins_at == datetime(2030, 2, 5, 7, 0, tzinfo=UTC)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = editor.get(edit).content.decode()
    assert 'value="2030-02-05 10:00' in shown
    assert "Asia/Baghdad" in shown
    assert "UTC" not in shown[shown.index('id="id_begins_at"') - 1500 : shown.index('id="id_begins_at"')]
    editor.post(edit, typed)
    page.refresh_from_db()
    assert page.begins_at == datetime(2030, 2, 5, 7, 0, tzinfo=UTC)
    assert "10:00" in member.get(page.get_url()).content.decode()
    late = editor.post(edit, typed | {"ends_at": "2030-02-05 09:59"}).content.decode()
    assert "The meeting ends before it begins" in late


def test_a_new_page_that_ages_has_a_day_to_look_at_it_again(editor: PersonaClient) -> None:
    ahead = network_day(now()) + timedelta(days=365)
    for section, kind, ages in (
        (ResourceIndexPage, "resourcepage", True),
        (GuidanceIndexPage, "guidancepage", True),
        (NewsIndexPage, "newspage", False),
        (MeetingIndexPage, "meetingpage", False),
    ):
        add = reverse("wagtailadmin_pages:add", args=["protocol_pages", kind, section.objects.get().pk])
        assert (f'value="{ahead:%Y-%m-%d}"' in editor.get(add).content.decode()) is ages, kind


def test_a_draft_is_not_shown_and_not_found(editor: PersonaClient, member: PersonaClient) -> None:
    parent = NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent.pk])
    draft = form("hidden")
    del draft["action-publish"]
    editor.post(add, draft)
    page = NewsPage.objects.get(slug="page-hidden")
    assert not page.live
    assert member.get(page.get_url() or "/en/news/page-hidden/").status_code == 404
    assert "Title hidden" not in member.get(parent.get_url()).content.decode()
    assert "Title hidden" not in member.get("/en/search/?q=hidden").content.decode()


def test_what_is_missing_is_named_and_what_was_typed_is_kept(editor: PersonaClient) -> None:
    parent = ResourceIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "resourcepage", parent.pk])
    answer = editor.post(add, form("kept", **(RESOURCE | {"kind": ""})))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "This field is required" in html
    assert "Title kept" in html
    assert ResourcePage.objects.count() == 0


@pytest.mark.rule("D16")
@pytest.mark.parametrize("capacity", [c for c in Capacity if c != Capacity.CONTENT_EDITOR])
def test_nobody_else_edits(capacity: Capacity) -> None:
    client = persona_client(capacity)
    parent = NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent.pk])
    for path in (add, "/admin/", reverse("wagtailadmin_explore", args=[parent.pk]), "/admin/documents/"):
        assert client.get(path).status_code == 403, path
    assert client.post(add, form("other")).status_code == 403
    assert NewsPage.objects.count() == 0


@pytest.mark.rule("D10")
def test_an_editor_with_the_password_alone_does_not_edit(editor: PersonaClient) -> None:
    half = password_only(editor.user)
    parent = NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent.pk])
    assert half.get(add).status_code == 302
    assert half.post(add, form("half")).status_code == 302
    assert NewsPage.objects.count() == 0


@pytest.mark.rule("D16")
def test_themes_and_terms_are_kept_by_the_editor_and_each_change_names_them(editor: PersonaClient) -> None:
    create = "/admin/protocol_pages/resourcetheme/create/"
    assert editor.post(create, {"name": "Training", "name_ar": "تدريب", "name_ckb": ""}).status_code == 302
    theme = ResourceTheme.objects.get(name="Training")
    assert [row.history_actor for row in theme.history.all()] == [editor.user.label]
    term = {"term": "Allegation", "definition": "A report.", "source": "Example", "retired": ""}
    empty = {"term_ar": "", "definition_ar": "", "term_ckb": ""}
    assert editor.post("/admin/protocol_pages/glossaryterm/create/", term | empty).status_code == 302
    assert GlossaryTerm.objects.get().term == "Allegation"
    assert Event.objects.filter(action="reference_data.save", actor_id=editor.user.pk).count() == 2
    delete = f"/admin/protocol_pages/resourcetheme/delete/{theme.pk}/"
    assert editor.post(delete).status_code in (302, 403)
    assert ResourceTheme.objects.filter(pk=theme.pk).exists()


def test_glossary_and_search_show_terms(editor: PersonaClient, member: PersonaClient) -> None:
    term = {"term": "Allegation", "definition": "A report of misconduct.", "source": "Example body"}
    empty = {"term_ar": "ادعاء", "definition_ar": "", "term_ckb": ""}
    editor.post("/admin/protocol_pages/glossaryterm/create/", term | empty)
    for path in ("/en/glossary/", "/en/search/?q=misconduct", "/ar/search/?q=ادعاء"):
        assert "A report of misconduct." in member.get(path).content.decode(), path


def test_library_filters_by_what_it_shows(editor: PersonaClient, member: PersonaClient) -> None:
    parent = ResourceIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "resourcepage", parent.pk])
    editor.post(add, form("course", **RESOURCE))
    editor.post(add, form("statute", **(RESOURCE | {"kind": "law"})))
    laws = member.get("/en/resources/?kind=law").content.decode()
    assert "Title statute" in laws
    assert "Title course" not in laws
    assert "Nothing fits these choices." in member.get("/en/resources/?kind=video").content.decode()
    both = member.get("/en/resources/?kind=nonsense&language=xx").content.decode()
    assert "Title statute" in both
    assert "Title course" in both


def test_a_resource_gives_its_file(editor: PersonaClient, member: PersonaClient) -> None:
    document = Document(title="Handbook", file=ContentFile(b"%PDF-1.4 example", name="handbook.pdf"))
    document.save()
    parent = ResourceIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "resourcepage", parent.pk])
    editor.post(add, form("book", **(RESOURCE | {"document": str(document.pk)})))
    html = member.get(ResourcePage.objects.get().get_url()).content.decode()
    assert document.url in html
    assert b"".join(member.get(document.url).streaming_content) == b"%PDF-1.4 example"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path", ["resources", "guidance", "news", "meetings", "how-to-report", "glossary", "search"]
)
def test_sections_open_for_a_member_and_not_for_the_street(member: PersonaClient, path: str) -> None:
    assert member.get(f"/en/{path}/").status_code == 200
    assert member.get(f"/ar/{path}/").status_code == 200
    member.logout()
    assert member.get(f"/en/{path}/").status_code == 302


def test_how_to_report_reads_the_settings_and_takes_no_complaint(member: PersonaClient) -> None:
    html = member.get("/en/how-to-report/").content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert "80069999" in main
    assert "Iraq-psea@un.org" in main
    assert "not verified yet" in main
    assert "This intranet takes no complaints." in main
    assert "<form" not in main
    assert "<textarea" not in html


def test_page_tree_has_one_home(member: PersonaClient) -> None:
    assert Page.objects.filter(depth=2).count() == 1
    assert sorted(Page.objects.filter(depth=3).values_list("slug", flat=True)) == [
        "guidance",
        "how-to-report",
        "meetings",
        "news",
        "protocol",
        "resources",
    ]
    assert Page.find_problems() == ([], [], [], [], [])


def test_an_editor_finds_the_way_in_and_nobody_else_is_shown_it(
    editor: PersonaClient, member: PersonaClient
) -> None:
    index = NewsIndexPage.objects.get()
    editor.post(reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", index.pk]), form("way"))
    page = NewsPage.objects.get(slug="page-way")
    for path, link in (
        ("/en/news/", reverse("wagtailadmin_home")),
        ("/en/news/", reverse("wagtailadmin_pages:add_subpage", args=[index.pk])),
        (page.get_url(), reverse("wagtailadmin_pages:edit", args=[page.pk])),
    ):
        assert f'href="{link}"' in editor.get(path).content.decode(), link
        assert editor.get(link, follow=True).status_code == 200
        assert "/admin/" not in member.get(path).content.decode()
