"""A paper as a tagged PDF (PDF/UA-1) by WeasyPrint, from a template and a style sheet of ours.

Nothing is fetched: pictures stand in the page as data, fonts come from the system. Identifier and dates come
from the paper, so that the same paper gives the same bytes on the same machine.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from intranet.clock import wording

from .bidi import has_rtl
from .check import check_facts
from .frame import Frame
from .paper import Block, Emphasis, Facts, Heading, Items, Paper, Quote, Table, Text
from .qr import qr_png
from .word import author_of, column_shares
from .words import kept, lines, plain, sender

STYLE = Path(__file__).with_name("paper.css")
LATIN, ARABIC = "Carlito", "Noto Sans Arabic"
PACKAGES = {LATIN: "fonts-crosextra-carlito", ARABIC: "fonts-noto-core"}
_TOOL = re.compile(rb'<rdf:Description rdf:about="" pdf:Producer="[^"]*" />')
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


class PdfUnavailable(RuntimeError):
    """This server cannot make PDFs; the sentence says what to install. The Word file can still be made."""


def render(paper: Paper) -> bytes:
    """The PDF with the same texts as the Word file. Raises LetterFault, PdfUnavailable."""
    check_facts(paper)
    weasyprint = _engine()
    html = get_template("papers/paper.html").render(context(paper))
    # The one address that is ever opened stands in the page itself: the square code, as data.
    nothing = weasyprint.urls.URLFetcher(allowed_protocols={"data"}, allow_redirects=False)
    style = weasyprint.CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=nothing)
    document = weasyprint.HTML(string=html, url_fetcher=nothing).render(stylesheets=[style])
    identifier = hashlib.sha256(html.encode()).hexdigest()[:32].encode()
    data: bytes = document.write_pdf(
        pdf_identifier=identifier, pdf_variant="pdf/ua-1", finisher=_finish(html)
    )
    return data


def _engine() -> Any:
    try:
        import weasyprint
    except (OSError, ImportError) as trouble:
        raise PdfUnavailable(
            _("The PDF needs the text engine Pango: sudo apt-get install %(packages)s")
            % {"packages": LIBRARIES}
        ) from trouble
    return weasyprint


def _finish(html: str) -> Any:
    """Before writing: the two fonts are there, and the file names no tool."""
    needed = {LATIN} | ({ARABIC} if has_rtl(html) else set())

    def finisher(document: Any, pdf: Any) -> None:
        there = {_family(font) for font in document.fonts.values()}
        missing = sorted(PACKAGES[name] for name in needed - there)
        if missing:
            raise PdfUnavailable(
                _("The PDF needs fonts that are missing: sudo apt-get install %(packages)s")
                % {"packages": " ".join(missing)}
            )
        pdf.info.pop("Producer", None)
        for part in pdf.objects:
            if getattr(part, "extra", {}).get("Type") == "/Metadata":
                part.stream = [_TOOL.sub(b"", piece) for piece in part.stream]

    return finisher


def _family(font: Any) -> str:
    name = font.family
    return name.decode() if isinstance(name, bytes) else str(name)


def context(paper: Paper) -> dict[str, Any]:
    """What the template shows."""
    frame, rtl = Frame(paper), paper.language == "ar"
    other = sender(paper.letterhead, "en" if rtl else "ar")
    return {
        "paper": paper,
        "dir": "rtl" if rtl else "ltr",
        "lang": "ar-IQ" if rtl else "en-GB",
        "other": {"lang": "en" if rtl else "ar", "dir": "ltr" if rtl else "rtl", "names": other},
        "author": author_of(paper),
        "title": plain(" ".join(filter(None, (paper.title, paper.number)))),
        "network": frame.network,
        "office": frame.office,
        "descriptor": frame.descriptor,
        "words": frame.words,
        "number": kept(plain(paper.number), rtl),
        "day": wording.long_date(paper.day, paper.language),
        "short_day": wording.plain_date(paper.day, paper.language),
        "created": f"{paper.day.isoformat()}T00:00:00Z",
        "foot": frame.foot_lines(),
        "code": base64.b64encode(qr_png(paper.verify)).decode() if paper.verify else "",
        "addressee": [kept(plain(line), rtl) for line in paper.addressee],
        "heading": kept(plain(paper.title), rtl),
        "blocks": [_block(block, rtl) for block in paper.blocks],
        "signatures": [kept(plain(title), rtl) for title in paper.signed_under],
        "specimen": frame.words["specimen"] if paper.specimen else "",
    }


def _block(block: Block, rtl: bool) -> dict[str, Any]:
    def cells(texts: tuple[str, ...]) -> list[str]:
        return [kept(plain(text), rtl) for text in texts]

    def marked(texts: Sequence[str], marks: Sequence[tuple[Emphasis, ...]]) -> list[str]:
        return [_marked(text, own, rtl) for text, own in zip(texts, marks or [()] * len(texts), strict=True)]

    match block:
        case Heading():
            return {"kind": "heading", "text": kept(plain(block.text), rtl)}
        case Text():
            texts = [kept(line, rtl) for line in lines(block.text)]
            if block.marks:
                texts = [_marked(block.text, block.marks, rtl)]
            return {"kind": "text", "lines": texts, "small": block.small}
        case Quote():
            own = block.language == "ar"
            said = [kept(line, own) for line in lines(block.text)]
            return {
                "kind": "quote",
                "lines": [_marked(block.text, block.marks, own)] if block.marks else said,
                "source": kept(plain(block.source), rtl),
                "lang": block.language,
                "dir": "rtl" if own else "ltr",
            }
        case Items():
            return {
                "kind": "items",
                "tag": "ol" if block.numbered else "ul",
                "items": marked(block.items, block.marks),
            }
        case Facts():
            return {"kind": "facts", "rows": [cells(pair) for pair in block.rows]}
        case Table():
            shares = [f"{share * 100:.3f}%" for share in column_shares(block)]
            ends = [place in block.end_aligned and not rtl for place in range(len(block.head))]
            return {
                "kind": "table",
                "caption": kept(plain(block.caption), rtl),
                "captioned": block.captioned,
                "head": list(zip(cells(block.head), shares, ends, strict=True)),
                "rows": [
                    list(zip(marked(row, marks), ends, strict=True))
                    for row, marks in zip(block.rows, block.marks or [()] * len(block.rows), strict=True)
                ],
            }


def _marked(text: str, marks: Sequence[Emphasis], rtl: bool) -> str:
    """A text with its emphasis as HTML, escaped; a plain text where it has none."""
    if not marks:
        return kept(plain(text), rtl)
    edges = {0, len(text)} | {place for start, end, _kind in marks for place in (start, end)}
    out = ""
    for begin, end in pairwise(sorted(edge for edge in edges if 0 <= edge <= len(text))):
        kinds = {kind for start, stop, kind in marks if start <= begin and end <= stop}
        piece: str = escape(plain(text[begin:end]))
        for kind, tag in (("italic", "em"), ("bold", "strong")):
            piece = f"<{tag}>{piece}</{tag}>" if kind in kinds else piece
        out += piece
    return mark_safe(kept(out, rtl))  # noqa: S308 - every piece is escaped above
