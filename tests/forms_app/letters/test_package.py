"""What a letter's file holds beside its text: nothing that a tool, a person or a clock left behind."""

import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from docx import Document
from lxml import etree

from forms_app.common.letters.render import file_name, render
from forms_app.common.letters.values import code_text
from forms_app.common.letters.verify import verify
from intranet.papers.faults import LetterFault
from intranet.papers.package import ALLOWED, read_package, write_package
from intranet.papers.qr import qr_png

from .samples import DIGEST, HEAD, memo, own_data, release

KINDS = [release, own_data, memo]
LANGUAGES = ["en", "ar"]
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.rule("D3")
@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_same_facts_same_bytes_whatever_the_clock_says(make, language):
    with time_machine.travel(datetime(2026, 3, 10, 8, 0, tzinfo=UTC), tick=False):
        first = render(make(language))
    with time_machine.travel(datetime(2031, 11, 2, 23, 59, tzinfo=UTC), tick=False):
        assert render(make(language)) == first


def test_same_bytes_from_another_process():
    code = (
        "import hashlib, sys\n"
        "from tests.forms_app.letters.samples import release\n"
        "from forms_app.common.letters.render import render\n"
        "sys.stdout.write(hashlib.sha256(render(release('ar'))).hexdigest())\n"
    )
    digests = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "from django.conf import settings; settings.configure(USE_I18N=False)\n" + code,
            ],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "", "TZ": f"Etc/GMT-{seed}"},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_only_allowed_parts_and_no_traces(make, language):
    data = render(make(language))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        names = [info.filename for info in infos]
        assert names == sorted(names)
        assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
        assert all(ALLOWED.fullmatch(name) for name in names)
        everything = b"".join(archive.read(name) for name in names if not name.endswith(".png"))
    for trace in (
        b"rsid",
        b"python",
        b"docx",
        b"LibreOffice",
        b"Microsoft Office",
        b"w:comment",
        b"customXml",
        b"Template<",
    ):
        assert trace.lower() not in everything.lower().replace(b".docx", b"")
    assert len(data) < 20_000


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_properties_are_exactly_these(make, language):
    context = make(language)
    root = etree.fromstring(read_package(render(context))["docProps/core.xml"])
    found = {etree.QName(item).localname: item.text for item in root}
    number = (
        context.request_number
        if make is memo
        else getattr(context, "letter_number", None) or context.note_number
    )
    day = {release: "2026-03-10", own_data: "2026-03-10", memo: "2026-03-04"}[make]
    author = HEAD.network_en if make is own_data else f"{HEAD.network_en}, {HEAD.office_en}"
    assert number in found.pop("title")
    assert found == {
        "creator": author,
        "lastModifiedBy": author,
        "revision": "1",
        "created": f"{day}T00:00:00Z",
        "modified": f"{day}T00:00:00Z",
        "language": "ar-IQ" if language == "ar" else "en-GB",
    }


@pytest.mark.rule("§7B.5")
def test_own_data_names_its_organization_in_the_text_only():
    note = own_data()
    data = render(note)
    assert note.organization in "\n".join(p.text for p in Document(io.BytesIO(data)).paragraphs)
    assert note.organization not in read_package(data)["docProps/core.xml"].decode()
    assert note.organization not in file_name(note)


def test_file_name_keeps_to_safe_characters():
    assert file_name(release(letter_number="RL 2026/003\\..")) == "RL-2026-003-...docx"
    assert file_name(memo()) == "memo-DR-2026-004.docx"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relationship_has_its_part(language):
    parts = read_package(render(release(language)))
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        for relation in etree.fromstring(data):
            assert relation.get("TargetMode") is None
            target = relation.get("Target")
            assert (target if name.startswith("_rels") else f"word/{target}") in parts
    media = [name for name in parts if name.startswith("word/media/")]
    assert media == ["word/media/letter-code.png"]
    types = parts["[Content_Types].xml"].decode()
    for name in parts:
        if name.endswith(".xml") and name != "[Content_Types].xml":
            assert f'PartName="/{name}"' in types


def test_part_from_elsewhere_is_refused():
    letter = release()
    parts = read_package(render(letter))
    parts["docProps/app.xml"] = b"<Properties/>"
    with pytest.raises(LetterFault, match=r"app\.xml"):
        verify(write_package(parts), letter)


def test_code_holds_text_to_compare():
    letter = release()
    text = code_text(letter)
    assert text == f"LETTER RL-2026-003 REQUEST DR-2026-004 2026-03-10 SHA-256 {DIGEST.upper()}"
    assert "HTTP" not in text
    assert read_package(render(letter))["word/media/letter-code.png"] == qr_png(text)
    # 37 modules at 8 pixels each, as the footer's 1.75 cm were chosen for
    assert int.from_bytes(qr_png(text)[16:20], "big") == 37 * 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_fields_carry_a_value(language):
    parts = read_package(render(release(language)))
    for name in ("word/header1.xml", "word/header2.xml"):
        xml = parts[name].decode()
        assert re.findall(r"<w:instrText[^>]*> (\w+) ", xml) == ["PAGE", "NUMPAGES"]
        assert len(re.findall(r'"separate"/></w:r><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t>\d</w:t>', xml)) == 2


def test_practice_line_only_in_practice_and_its_room_always():
    shown, real = (
        read_package(render(release(specimen=flag)))["word/header1.xml"].decode() for flag in (True, False)
    )
    assert "Specimen – every name and figure is invented" in shown
    assert "invented" not in real
    assert shown.count("SpecimenLine") == real.count("SpecimenLine") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_named_for_screen_readers(language):
    letter = release(language)
    root = etree.fromstring(read_package(render(letter))["word/document.xml"])
    space = {"w": root.nsmap["w"]}
    titles = root.xpath("//w:tblCaption/@w:val", namespaces=space)
    assert titles == [table.title for table in letter.tables]
    assert all(root.xpath("//w:tblDescription/@w:val", namespaces=space))
    assert len(root.xpath("//w:tblHeader", namespaces=space)) == 2
