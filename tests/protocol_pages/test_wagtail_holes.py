"""Known holes of a Wagtail site (W1 to W13 of the threat list), each closed for pages and documents."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageLogEntry,
    PageViewRestriction,
    Revision,
)

from audit.models import Event
from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from protocol_pages.models import NewsIndexPage, NewsPage
from protocol_pages.redaction import RedactionRefused, redact
from protocol_pages.registration import PasswordPrivacyRefused
from tests.personas import PersonaClient, persona_client
from tests.protocol_pages.library import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> PersonaClient:
    return persona_client(Capacity.MEMBER)


@pytest.fixture
def editor() -> PersonaClient:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    return client


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path


def store(name: str, content: bytes = b"words of the file") -> Document:
    document = Document(title=name, file=ContentFile(content, name=name))
    document.save()
    return document


def shown(name: str) -> Document:
    """A document on a page that everybody may open."""
    document = store(name)
    world.resource("A tool", document=document)
    return document


def news(title: str, parent: Page | None = None) -> NewsPage:
    page = NewsPage(title=title, slug=title.lower().replace(" ", "-"), body="<p>Words</p>")
    (parent or NewsIndexPage.objects.get()).add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.rule("W1")
def test_documents_are_closed_to_the_street(files: Path) -> None:
    root = Collection.get_first_root_node()
    assert CollectionViewRestriction.objects.filter(collection=root, restriction_type="login").exists()
    for name in ("a.pdf", "b.docx", "c.txt"):
        response = Client().get(store(name).url)
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]


@pytest.mark.rule("W2")
def test_stored_files_have_no_public_address(files: Path, member: PersonaClient) -> None:
    stored = store("a.pdf").file.name
    for client in (Client(), member):
        for path in (f"/{stored}", f"/media/{stored}", f"/static/{stored}", f"/files/{stored}"):
            answer = client.get(path, follow=True)
            assert b"words of the file" not in getattr(answer, "content", b"")
            assert not answer.streaming


@pytest.mark.rule("W3")
def test_documents_come_from_this_server_not_from_the_storage(files: Path, member: PersonaClient) -> None:
    assert settings.WAGTAILDOCS_SERVE_METHOD == "serve_view"
    response = member.get(shown("a.pdf").url)
    assert response.status_code == 200
    assert "Location" not in response


@pytest.mark.rule("W4")
def test_search_and_lists_leave_out_what_is_closed_to_the_person(member: PersonaClient) -> None:
    news("Open harvest")
    closed = news("Closed harvest")
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type="groups")
    restriction.groups.set([editors.group()])
    found = member.get("/en/search/?q=harvest").content.decode()
    assert "Open harvest" in found
    assert "Closed harvest" not in found
    assert "Closed harvest" not in member.get("/en/news/").content.decode()
    assert "Closed harvest" not in member.get(closed.get_url(), follow=True).content.decode()


@pytest.mark.rule("W6")
def test_admin_addresses_of_a_page_are_closed_to_readers(member: PersonaClient) -> None:
    page = news("Quiet page")
    revision = page.latest_revision
    assert revision is not None
    paths = [
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"]),
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]),
        reverse("wagtailadmin_pages:delete", args=[page.pk]),
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_pages:search"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailimages:index"),
        reverse("wagtailadmin_reports:site_history"),
    ]
    for path in paths:
        for answer in (member.get(path), member.post(path)):
            assert answer.status_code == 403, path
            assert b"Quiet page" not in answer.content
    assert Client().get(paths[0]).status_code == 302


@pytest.mark.rule("W7")
def test_an_editor_has_no_permission_on_people_or_groups(editor: PersonaClient) -> None:
    held = editor.user.get_all_permissions()
    assert held
    assert [name for name in held if name.split(".")[0] in ("auth", "access", "wagtailusers")] == []
    for path in ("/admin/users/", "/admin/groups/", "/admin/sites/"):
        assert editor.get(path).status_code in (403, 404), path


@pytest.mark.rule("W8")
@pytest.mark.parametrize("name", ["a.pdf", "b.docx", "c.txt", "d.csv"])
def test_every_document_is_an_attachment_that_nobody_keeps(
    files: Path, member: PersonaClient, name: str
) -> None:
    response = member.get(shown(name).url)
    assert response["Content-Disposition"].startswith("attachment")
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.rule("W8")
@pytest.mark.parametrize("name", ["page.html", "picture.svg", "macro.docm", "run.exe", "noextension"])
def test_dangerous_files_are_refused_as_documents(name: str) -> None:
    document = Document(title=name, file=ContentFile(b"<script>1</script>", name=name))
    with pytest.raises(ValidationError, match="extension"):
        document.full_clean()


@pytest.mark.rule("W8")
def test_an_editor_cannot_upload_a_drawing_with_script(editor: PersonaClient, files: Path) -> None:
    drawing = ContentFile(b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', name="x.svg")
    answer = editor.post(reverse("wagtailimages:add"), {"title": "x", "file": drawing})
    assert answer.status_code == 200
    assert get_image_model().objects.count() == 0
    page = ContentFile(b"<script>1</script>", name="x.html")
    editor.post(reverse("wagtaildocs:add"), {"title": "x", "file": page})
    assert Document.objects.count() == 0


@pytest.mark.rule("W10")
@pytest.mark.parametrize(
    "path", ["api/", "api/v2/", "api/v2/pages/", "sitemap.xml", "feed/", "admin/api/main/"]
)
def test_no_interface_lists_the_site(path: str) -> None:
    reader = persona_client(Capacity.MEMBER)
    assert reader.get(f"/{path}", follow=True).status_code in (403, 404)
    assert "wagtail.api.v2" not in settings.INSTALLED_APPS
    assert b"News" not in Client().get(f"/{path}").content


@pytest.mark.rule("W11")
def test_shared_passwords_are_refused_everywhere(editor: PersonaClient) -> None:
    page = NewsIndexPage.objects.get()
    with pytest.raises(PasswordPrivacyRefused):
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")
    with pytest.raises(PasswordPrivacyRefused):
        CollectionViewRestriction.objects.create(
            collection=Collection.get_first_root_node(), restriction_type="password", password="open sesame"
        )
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    editor.post(privacy, {"restriction_type": "password", "password": "open sesame"})
    assert PageViewRestriction.objects.count() == 0
    assert "password" not in editor.get(privacy).content.decode().casefold().replace("csrf", "")


@pytest.mark.rule("W13")
def test_the_log_of_pages_can_not_be_edited_or_deleted(editor: PersonaClient) -> None:
    page = news("Logged page")
    page.save_revision(user=editor.user, log_action=True)
    entries = PageLogEntry.objects.filter(page=page.pk)
    assert entries.exists()
    before = sorted(entries.values_list("pk", "label"))
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.update(label="Other")
    with pytest.raises(DatabaseError), transaction.atomic():
        entries.delete()
    assert sorted(entries.values_list("pk", "label")) == before


@pytest.mark.rule("W5")
def test_redacted_words_leave_the_revisions_by_an_act_of_two(editor: PersonaClient) -> None:
    coordinator = persona_client(Capacity.COORDINATOR)
    page = news("A canary in the first text")
    page.body = "<p>Redacted</p>"
    page.save_revision()
    page = NewsPage.objects.get(pk=page.pk)
    with pytest.raises(RedactionRefused, match="publish"):
        redact(page, editor.actor, coordinator.actor, "a name stood in it", now())
    page.get_latest_revision().publish()
    page = NewsPage.objects.get(pk=page.pk)
    for asked, agreed, reason in (
        (editor.actor, editor.actor, "a name stood in it"),
        (coordinator.actor, coordinator.actor, "a name stood in it"),
        (editor.actor, coordinator.actor, " "),
    ):
        with pytest.raises(RedactionRefused):
            redact(page, asked, agreed, reason, now())
    assert Revision.objects.for_instance(page).count() == 2
    assert redact(page, editor.actor, coordinator.actor, "a name stood in it", now()) == 1
    kept = Revision.objects.for_instance(page).get()
    assert "Words" not in str(kept.content)
    event = Event.objects.get(action="page.redact")
    assert event.data == {"revisions": 1, "agreed_by": coordinator.actor.label}


@pytest.mark.rule("W14")
def test_background_work_of_the_site_is_done_and_no_app_is_doubled(
    member: PersonaClient, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: Any
) -> None:
    assert len(set(settings.INSTALLED_APPS)) == len(settings.INSTALLED_APPS)
    with django_capture_on_commit_callbacks(execute=True):
        news("Indexed by its task")
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    assert "Indexed by its task" in member.get("/en/search/?q=Indexed").content.decode()
