"""The PDF of a paper, and both files as people see them."""

from __future__ import annotations

import builtins
import re
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from intranet.papers import pdf, word
from intranet.papers.bidi import strip_marks
from intranet.papers.paper import Items, Quote, Text
from tests.services.office import pages_of, text_of, to_pdf
from tests.services.required import required

from .samples import LONG_AR, LONG_EN, ROWS, sample

LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


def words_of(file: Path) -> str:
    """The text without marks, line ends and presentation forms."""
    return " ".join(unicodedata.normalize("NFKC", strip_marks(text_of(file))).split())


def written(folder: Path, data: bytes) -> Path:
    target = folder / "paper.pdf"
    target.write_bytes(data)
    return target


def said_of(file: Path, option: str) -> str:
    """What pdfinfo says of a file."""
    command = [required("pdfinfo", "poppler-utils"), option, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def in_order(text: str, pieces: list[str]) -> None:
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        assert found >= 0, (piece, text[place : place + 200])
        place = found


@LANGUAGES
def test_same_paper_same_bytes(language: Any) -> None:
    assert pdf.render(sample(language)) == pdf.render(sample(language))


def test_tagged_with_title_language_and_fixed_dates(tmp_path: Path) -> None:
    file = written(tmp_path, pdf.render(sample("ar")))
    info = said_of(file, "-isodates")
    assert re.search(r"Tagged: +yes", info)
    assert "Author:          Iraq PSEA Network, Office of the PSEA Coordinator" in info
    assert "EC-2026-001" in info
    assert info.count("2026-03-10T") == 2
    assert "Producer" not in info
    xmp = said_of(file, "-meta")
    assert 'pdfuaid:part="1"' in xmp
    assert "WeasyPrint" not in xmp
    structure = said_of(file, "-struct")
    assert [
        tag
        for tag in (" H1 ", " H2 ", " Table ", " TH ", " L ", " LI ", "BlockQuote")
        if tag not in structure
    ] == []
    fonts = subprocess.run(
        [required("pdffonts", "poppler-utils"), str(file)], capture_output=True, text=True, check=True
    ).stdout
    rows = fonts.splitlines()[2:]
    assert rows
    assert all("Carlito" in row or "Noto-Sans" in row for row in rows)
    assert all(row.split()[-5] == "yes" for row in rows)  # embedded


@LANGUAGES
def test_text_of_the_pdf_stands_in_order(language: Any, tmp_path: Path) -> None:
    text = words_of(written(tmp_path, pdf.render(sample(language))))
    if language == "en":
        pieces = [
            "Iraq PSEA Network",
            "EC-2026-001",
            "Tuesday 10 March 2026",
            LONG_EN,
            "Certificate of endorsement",
        ]
        pieces += [
            "Second line of",
            "Edition",
            "1.2",
            "What the organization takes on",
            "A report every month.",
        ]
        pieces += [
            "It is the right of the participating member",
            "first < point & more",
            "Register of signatories",
        ]
    else:
        pieces = [sample("ar").title, "ما تلتزم به المنظمة", "It is the right of the participating member"]
        pieces += ["سجل الموقعين"]
        assert LONG_AR.split()[0] in text
    in_order(text, pieces)
    for name, *_rest in ROWS:
        assert name.split(" – ")[0] in text


@LANGUAGES
@pytest.mark.office
def test_both_files_look_like_paper(language: Any, tmp_path: Path) -> None:
    """Three pages each, all with number and foot, the table's head repeated."""
    for name, file in (
        ("word", to_pdf(word.render(sample(language)), tmp_path)),
        ("pdf", written(tmp_path, pdf.render(sample(language)))),
    ):
        pages = text_of(file).split("\f")[:-1]
        assert len(pages) == 3, name
        head = "Organization" if language == "en" else "المنظمة"
        for page in pages:
            plain = unicodedata.normalize("NFKC", strip_marks(page))
            assert "EC-2026-001" in plain
            assert "https://intranet.example.org/en/papers/verify/" in plain
        for page in pages[1:]:
            assert head in unicodedata.normalize("NFKC", strip_marks(page))
        for picture in pages_of(file, dpi=40):
            assert picture.stat().st_size > 3000


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    from weasyprint import urls

    opened: list[str] = []
    fetch = urls.URLFetcher.fetch

    def watched(self: Any, url: str, headers: Any = None) -> Any:
        opened.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(urls.URLFetcher, "fetch", watched)
    hostile = '<img src="http://127.0.0.1/x.png"><link rel=stylesheet href="file:///etc/passwd">'
    data = pdf.render(sample(title=hostile, addressee=(hostile,)))
    assert data.startswith(b"%PDF")
    assert opened
    assert all(url.startswith("data:") for url in opened)


def test_a_missing_text_engine_is_said_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(pdf.PdfUnavailable, match=r"apt-get install libpango-1\.0-0"):
        pdf.render(sample())
    assert word.render(sample())


@pytest.mark.parametrize(
    ("language", "wanted", "package"),
    [("en", "LATIN", "fonts-crosextra-carlito"), ("ar", "ARABIC", "fonts-noto-core")],
)
def test_a_missing_font_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, language: Any, wanted: str, package: str
) -> None:
    monkeypatch.setattr(pdf, wanted, "A Font That Nobody Has")
    monkeypatch.setitem(pdf.PACKAGES, "A Font That Nobody Has", package)
    with pytest.raises(pdf.PdfUnavailable, match=f"apt-get install {package}"):
        pdf.render(sample(language))


def test_a_word_longer_than_the_line_is_printed_whole(tmp_path: Path) -> None:
    """An address that somebody pasted into a clause ended at the edge of the page."""
    address = "https://example.org/" + "protocol" * 30
    paper = sample(blocks=(Text(f"See {address}."), Items((address,)), Quote(address, language="en")))
    said = words_of(written(tmp_path, pdf.render(paper))).replace(" ", "")
    assert said.count(address) == 3
