"""What a reader sees: the letters as LibreOffice prints them, and templates that it saved again."""

import os
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest

from forms_app.common.letters import build_templates
from forms_app.common.letters.checks import check_template
from forms_app.common.letters.context import Caveat
from forms_app.common.letters.render import render
from intranet.papers.bidi import strip_marks
from tests.services.required import required

from .samples import C1, C2, C3, CAVEAT_7A, CAVEATS, DIGEST, PURPOSES, RULE_6, memo, own_data, release

pytestmark = pytest.mark.office
FONTS = Path(build_templates.__file__).parent / "fonts.conf"
MADE = {
    "release-en": release("en"),
    "release-ar": release("ar"),
    "real-en": release("en", specimen=False),
    "real-ar": release("ar", specimen=False),
    "long-en": release(
        "en",
        purpose="To plan prevention work in our programme, to decide where two outreach teams are placed, and to "
        "write one section of the annual plan for the coming year in consultation with our own board.",
    ),
    "long-ar": release("ar", purpose="تخطيط أنشطة الوقاية في برنامج المؤسسة وتحديد مواقع فرق التوعية. " * 2),
    "own-en": own_data("en"),
    "own-ar": own_data("ar"),
    "memo-en": memo("en"),
    "memo-ar": memo("ar"),
    "beside-ar": release(
        "ar",
        caveats=CAVEATS.__class__(
            "1",
            CAVEATS.endorsed_on,
            CAVEATS.items,
            (Caveat("ترجمة أولى."), Caveat("ترجمة ثانية:", tuple("سسسسسس")), Caveat("ترجمة ثالثة.")),
        ),
    ),
}


def office(program, folder, target, files):
    """Convert with LibreOffice, its own profile, the letters' font rule."""
    subprocess.run(
        [
            *(program, "--headless", f"-env:UserInstallation=file://{folder}/profile"),
            *("--convert-to", target, "--outdir", str(folder / "out"), *map(str, files)),
        ],
        env=os.environ | {"FONTCONFIG_FILE": str(FONTS), "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=180,
    )


@pytest.fixture(scope="module")
def program():
    """LibreOffice, or the end of the test as D40 says."""
    required("pdftotext", "poppler-utils")
    return required("soffice", "libreoffice-writer-nogui")


@pytest.fixture(scope="module")
def printed(program, tmp_path_factory):
    """Every sample as (pages, text in reading order)."""
    folder = tmp_path_factory.mktemp("letters")
    files = []
    for name, context in MADE.items():
        files.append(folder / f"{name}.docx")
        files[-1].write_bytes(render(context))
    office(program, folder, "pdf", files)
    out = {}
    for name in MADE:
        pdf = folder / "out" / f"{name}.pdf"
        pages = subprocess.run(
            ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
        ).stdout
        raw = subprocess.run(
            ["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True
        ).stdout
        fonts = subprocess.run(["pdffonts", pdf], check=True, capture_output=True, text=True).stdout
        used = set(re.findall(r"^\w{6}\+([A-Za-z]+)", fonts, re.MULTILINE))
        boxes = {"DejaVuSans"} if name.startswith("memo") else set()  # the memo's tick boxes
        assert used <= {"Carlito", "NotoSansArabic", "NotoSans"} | boxes, fonts
        out[name] = (pages.split("\f")[:-1], strip_marks(re.sub(r"\s+", " ", raw)))
    return out


def in_order(text, wanted):
    """Whether the wanted pieces stand in the text one after the other."""
    position = 0
    for piece in wanted:
        position = text.find(re.sub(r"\s+", " ", piece), position)
        if position < 0:
            return piece
        position += len(piece)
    return None


@pytest.mark.rule("§7B.7")
@pytest.mark.parametrize("name", ["release-en", "release-ar", "real-en", "real-ar", "long-en", "long-ar"])
def test_two_pages_with_the_nine_texts_in_order(printed, name):
    pages, text = printed[name]
    assert len(pages) == 2
    assert in_order(text, (C1, C2, *PURPOSES, C3)) is None
    assert DIGEST in text
    assert "RL-2026-003" in pages[0]
    assert "RL-2026-003" in pages[1]
    # the block did not split: all of it stands on the second page
    assert "The data is only from reported cases." not in pages[0]
    assert "SEA statistics in the future" in pages[1]


def test_english_letter_reads_in_the_order_of_the_design(printed):
    wanted = (
        *(
            "Specimen",
            "Iraq PSEA Network",
            "RL-2026-003",
            "DR-2026-004",
            "Tuesday 10 March 2026",
            "Dr Leila Marwan",
        ),
        *("Subject:", "Requested.", "Released.", "Period.", "Table 1.", "Sexual exploitation 24", "Total 46"),
        *("Table 2.", "UN Volunteers 0", "Total 46", "Completeness. 9 of 11 signatories are included."),
        *(
            "Caveats accompanying the data",
            C1,
            C3,
            "Onward sharing.",
            RULE_6,
            "Authorization.",
            "Yours sincerely,",
        ),
    )
    assert in_order(printed["release-en"][1], wanted) is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_real_letter_has_the_same_layout_as_in_practice(printed, language):
    practice, real = (printed[f"{kind}-{language}"][0] for kind in ("release", "real"))
    for number in (0, 1):
        first, second = (
            [line.strip() for line in pages[number].splitlines() if line.strip()]
            for pages in (practice, real)
        )
        assert first[1:] == second


def test_pages_are_counted(printed):
    pages, _ = printed["release-en"]
    assert "1 of 2" in pages[0]
    assert "Page 2 of 2" in pages[1]


@pytest.mark.rule("§7A.2")
@pytest.mark.parametrize("name", ["own-en", "own-ar"])
def test_own_data_note_shows_its_caveat(printed, name):
    pages, text = printed[name]
    assert len(pages) <= 2
    assert CAVEAT_7A in text


@pytest.mark.parametrize("name", ["memo-en", "memo-ar"])
def test_memo_keeps_the_decision_on_one_page(printed, name):
    pages, text = printed[name]
    assert len(pages) == 2
    assert DIGEST in text
    words = (
        ("Decision", "Remarks", "Capacity", "signature")
        if name == "memo-en"
        else ("قرار", "المكتب", "والتوقيع")
    )
    first, second = (unicodedata.normalize("NFKC", page) for page in pages)
    assert all(word in second for word in words)
    assert words[0] not in first


def test_arabic_letter_is_arabic_where_it_should_be(printed):
    pages, _ = printed["release-ar"]
    plain = unicodedata.normalize("NFKC", "\n".join(pages))
    arabic = sum("\u0600" <= char <= "\u06ff" for char in plain)
    assert arabic > 900
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", plain)


@pytest.mark.rule("D4")
def test_translation_stands_beside_and_is_marked(printed):
    pages, text = printed["beside-ar"]
    for caveat in (C1.split(".")[0], C3[-40:].split()[0]):
        assert caveat in text
    plain = unicodedata.normalize("NFKC", "\n".join(pages))
    assert "ترجمة" in plain or "ةمجرت" in plain


@pytest.mark.parametrize("kind", ["release", "own_data", "memo"])
def test_templates_saved_again_by_another_program_still_fit(program, tmp_path, kind):
    files = []
    for language in ("en", "ar"):
        files.append(build_templates.FOLDER / build_templates.template_name(kind, language))
    office(program, tmp_path, "docx", files)
    make = {"release": release, "own_data": own_data, "memo": memo}[kind]
    for language in ("en", "ar"):
        saved = (tmp_path / "out" / f"{kind}-{language}.docx").read_bytes()
        assert saved not in [file.read_bytes() for file in files]
        assert check_template(saved, kind, language) == []
        assert render(make(language), saved)
