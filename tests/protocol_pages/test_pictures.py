"""Pictures on pages (W2): through the gate alone, for those who may open a page that shows them."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.images.models import Image, Rendition
from wagtail.models import PageViewRestriction

from audit.actors import acting, system_actor
from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.files import store
from protocol_pages.models import GuidanceIndexPage, GuidancePage
from signatories.models import Organization
from tests.factories import make_user
from tests.personas import PersonaClient, outsider_client, password_only, persona_client, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.rule("W2")]
GPS = 0x8825  # the EXIF tag of a place


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> Path:
    backend = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path


@pytest.fixture
def editor() -> PersonaClient:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    return client


@pytest.fixture
def member() -> PersonaClient:
    return persona_client(Capacity.MEMBER)


def picture(kind: str = "JPEG", place: bool = False) -> bytes:
    made = Pillow.new("RGB", (1200, 600), (11, 92, 143))
    exif = Pillow.Exif()
    if place:
        exif[0x010E] = "Taken at the camp"
        exif.get_ifd(GPS)[1] = "N"
    out = BytesIO()
    made.save(out, kind, exif=exif)
    return out.getvalue()


def upload(editor: PersonaClient, name: str = "poster.jpg", content: bytes = b"") -> Image:
    """As an editor does it, through the admin."""
    handed = SimpleUploadedFile(name, content or picture())
    answer = editor.post(
        reverse("wagtailimages:add"),
        {"title": "Poster", "file": handed, "collection": "1", "description": "A poster", "tags": ""},
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Image.objects.get()


def page_with(image: Image, alt: str = "A poster with the hotline", live: bool = True) -> GuidancePage:
    body = f'<p>Words</p><embed embedtype="image" id="{image.pk}" format="fullwidth" alt="{alt}"/>'
    page = GuidancePage(title="Posters", slug="posters", body=body, live=live)
    GuidanceIndexPage.objects.get().add_child(instance=page)
    if live:
        page.save_revision().publish()
    return page


def sources(answer: Any) -> list[str]:
    return [path for path in re.findall(r'src="([^"]+)"', answer.content.decode()) if "/images/" in path]


def test_a_page_shows_a_picture_with_its_alternative_text(
    editor: PersonaClient, member: PersonaClient
) -> None:
    page = page_with(upload(editor))
    for client in (member, outsider_client(), persona_client(Capacity.AUDITOR)):
        shown = client.get(page.get_url())
        assert 'alt="A poster with the hotline"' in shown.content.decode()
        (path,) = sources(shown)
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert Pillow.open(BytesIO(answer.content)).size == (800, 400)
        assert "private" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert client.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.post(path).status_code == 405


def test_nobody_else_gets_a_byte(editor: PersonaClient, member: PersonaClient) -> None:
    page = page_with(upload(editor))
    (path,) = sources(member.get(page.get_url()))
    anonymous = Client().get(path)
    assert anonymous.status_code == 302
    assert "/account/login/" in anonymous["Location"]
    assert password_only(make_user()).get(path).status_code in (302, 403)
    assert sign_in(make_user()).get(path).status_code == 403  # an account without a post
    for client in (Client(), member):
        for name in (Image.objects.get().file.name, Rendition.objects.first().file.name):  # type: ignore[union-attr]
            for guess in (f"/media/{name}", f"/static/{name}", f"/files/{name}", f"/en/{name}"):
                answer = client.get(guess, follow=True)
                assert not answer.get("Content-Type", "").startswith("image/")


def test_what_no_page_shows_is_for_editors_alone(editor: PersonaClient, member: PersonaClient) -> None:
    image = upload(editor)
    draft = page_with(image, live=False)
    path = image.get_rendition("width-800").url
    assert editor.get(path).status_code == 200
    assert member.get(path).status_code == 404
    draft.save_revision().publish()
    assert member.get(path).status_code == 200
    restriction = PageViewRestriction.objects.create(page=draft, restriction_type="groups")
    restriction.groups.set([editors.group()])
    assert member.get(path).status_code == 404
    assert editor.get(path).status_code == 200
    restriction.delete()
    draft.refresh_from_db()
    draft.unpublish()
    assert member.get(path).status_code == 404


def test_a_draft_on_a_live_page_neither_shows_nor_hides_a_picture(
    editor: PersonaClient, member: PersonaClient
) -> None:
    image = upload(editor)
    page = page_with(image)
    path = image.get_rendition("width-800").url
    page.refresh_from_db()
    page.body = "<p>Without the picture</p>"
    page.save_revision()
    assert member.get(path).status_code == 200, "the live page still shows it"
    page.latest_revision.publish()
    assert member.get(path).status_code == 404
    page.refresh_from_db()
    page.body = f'<embed embedtype="image" id="{image.pk}" format="fullwidth" alt=""/>'
    page.save_revision()
    assert member.get(path).status_code == 404, "only the draft shows it again"


def test_readers_never_get_the_original(editor: PersonaClient, member: PersonaClient) -> None:
    image = upload(editor)
    page_with(image)
    path = image.get_rendition("original").url
    assert editor.get(path).status_code == 200
    assert member.get(path).status_code == 404


def test_the_address_of_pictures_gives_out_nothing_else(editor: PersonaClient, files: Path) -> None:
    with acting(system_actor("tests")):
        owner = Organization.objects.create(kind="office", name_en="Office", active_from=now().date())
        stored = store.store("scan.png", picture("PNG"), owner, now(), content_type="image/png")
    for name in (stored.storage_name, "../" + stored.storage_name, "..%2F" + stored.storage_name, "x.jpg"):
        answer = editor.get(f"/images/{name}", follow=True)
        assert answer.status_code == 404, name
        assert not answer.get("Content-Type", "").startswith("image/")


def test_editors_see_thumbnails_wherever_the_admin_shows_some(editor: PersonaClient) -> None:
    image = upload(editor)
    page = page_with(image)
    pages = (
        reverse("wagtailimages:index"),
        reverse("wagtailimages:edit", args=[image.pk]),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    )
    found = 0
    for where in pages:
        answer = editor.get(where)
        assert answer.status_code == 200
        text = answer.content.decode().replace("\\u0022", '"').replace('\\"', '"')
        for path in set(re.findall(r"(?<=[\"'])/images/[\w.\-]+\.(?:jpg|png|webp)", text)):
            served = editor.get(path)
            assert served.status_code == 200, (where, path)
            assert served["Content-Type"].startswith("image/")
            found += 1
    assert found >= 3


@pytest.mark.rule("§4.g")
@pytest.mark.parametrize(("name", "kind"), [("camp.jpg", "JPEG"), ("camp.png", "PNG"), ("camp.webp", "WEBP")])
def test_a_picture_does_not_tell_where_it_was_taken(
    editor: PersonaClient, member: PersonaClient, name: str, kind: str
) -> None:
    content = picture(kind, place=True)
    assert Pillow.open(BytesIO(content)).getexif(), "the picture that is handed over does tell it"
    image = upload(editor, name, content)
    with image.file.open() as kept:
        original = kept.read()
    assert not Pillow.open(BytesIO(original)).getexif()
    assert b"Taken at the camp" not in original
    (path,) = sources(member.get(page_with(image).get_url()))
    served = member.get(path).content
    assert not Pillow.open(BytesIO(served)).getexif()


@pytest.mark.rule("W8")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
        ("page.jpg", b"<html><script>1</script></html>"),
        ("broken.jpg", b"\xff\xd8\xff\xe1" + b"0" * 50),
        ("empty.png", b""),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(
    editor: PersonaClient, name: str, content: bytes
) -> None:
    handed = SimpleUploadedFile(name, content)
    answer = editor.post(reverse("wagtailimages:add"), {"title": "x", "file": handed, "collection": "1"})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not Image.objects.exists()


def test_a_picture_whose_file_is_gone_is_not_an_error(
    editor: PersonaClient, member: PersonaClient, files: Path
) -> None:
    page = page_with(upload(editor))
    (path,) = sources(member.get(page.get_url()))
    for kept in files.rglob("*.jpg"):
        kept.unlink()
    assert member.get(path).status_code == 404
