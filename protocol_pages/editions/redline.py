"""A Word file with tracked changes between two texts, which proves itself before it is given out. Pure.

The file's body is the canonical text (D1), a paragraph a block. Read back from the finished bytes, accepting
all changes must give the newer text exactly and rejecting all the older one; otherwise there is no file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from intranet.papers.package import RELS, Parts, R, W, core_properties, parse, tidy, write_package
from intranet.papers.parts import CM, NS, page_field, para, run
from intranet.papers.styles import fonts_xml, numbering_xml, style_id, styles_xml

from . import blocks as b
from .blocks import RTL, Block
from .canonical import canonical_text
from .compare import Fate, in_canonical_order, pairs, printed, words

AUTHOR = "Network"  # no person stands behind a tracked change
_STYLES = {b.TITLE: "Letter Subject", b.HEADING: "Section Heading", b.FOOTNOTE: "Note"}


class RedlineFault(Exception):
    """The finished file does not prove itself; it must not be given out."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: what its edition is called, and its blocks."""

    label: str
    blocks: tuple[Block, ...]


def redline(old: Side, new: Side, *, title: str, day: date, author: str) -> bytes:
    """The Word file. ``day``: calendar date that stands on every change and in the properties, so that the
    same two editions give the same bytes; ``author``: the network's name for the properties. Raises RedlineFault.
    """
    data = _package(_document(old, new, day), f"{title}: {old.label} → {new.label}", day, author)
    prove(data, old.blocks, new.blocks)
    return data


def _package(document: str, heading: str, day: date, author: str) -> bytes:
    parts: Parts = {
        "word/document.xml": document.encode(),
        "word/styles.xml": styles_xml(),
        "word/numbering.xml": numbering_xml(),
        "word/fontTable.xml": fonts_xml(),
        "word/header1.xml": _header(heading),
        "word/footer1.xml": _footer(),
        "word/_rels/document.xml.rels": _relations(),
    }
    core = core_properties(title=heading, author=author, day=day, language="en-GB")
    return write_package(tidy(parts, core))


def prove(data: bytes, old: Sequence[Block], new: Sequence[Block]) -> None:
    """Read the file back; RedlineFault unless accepting gives ``new`` and rejecting gives ``old``, exactly."""
    for accept, wanted, act in ((True, new, "accepting"), (False, old, "rejecting")):
        if text_of(data, accept=accept) != canonical_text(wanted):
            raise RedlineFault(f"After {act} all changes the file's text is not the edition's text.")


def text_of(data: bytes, *, accept: bool) -> str:
    """The text of a Word file after all of its tracked changes are accepted, or all rejected.

    Knows nothing of how ``redline`` writes: it reads ``w:ins``, ``w:del`` and the marks of paragraphs as Word
    does, where a paragraph whose mark goes runs on into the next one. Raises RedlineFault for other revisions.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = parse(archive.read("word/document.xml")).find(f"{{{W}}}body")
    other = [f"{{{W}}}{name}" for name in ("moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange")]
    if next(body.iter(*other), None) is not None:
        raise RedlineFault("The file tracks a change that is neither an insertion nor a deletion.")
    gone = "del" if accept else "ins"
    paragraphs: list[str] = []
    open_text = ""
    for paragraph in body.iterfind(f"{{{W}}}p"):
        open_text += "".join(
            piece.text or ""
            for piece in paragraph.iter(f"{{{W}}}t", f"{{{W}}}delText")
            if not any(above.tag == f"{{{W}}}{gone}" for above in piece.iterancestors())
        )
        if paragraph.find(f"{{{W}}}pPr/{{{W}}}rPr/{{{W}}}{gone}") is None:
            paragraphs.append(open_text)
            open_text = ""
    # The file ends with one empty paragraph, because the mark of a last paragraph cannot be tracked.
    if open_text or not paragraphs or paragraphs.pop():
        raise RedlineFault("The file does not end with its empty paragraph.")
    return "\n\n".join(paragraphs) + "\n"


def _document(old: Side, new: Side, day: date) -> str:
    track = _Tracker(day)
    left, right = in_canonical_order(old.blocks), in_canonical_order(new.blocks)
    out: list[str] = []
    for earlier, later in pairs(left, right):
        same_look = earlier and later and _look(earlier) == _look(later)
        if earlier is not None and later is not None and same_look:
            out.append(track.changed(earlier, later))
            continue
        out += [
            track.whole(block, tag) for block, tag in ((earlier, "del"), (later, "ins")) if block is not None
        ]
    end = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="default" r:id="rId2"/>'
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{round(2.6 * CM)}" w:right="{round(2.5 * CM)}" '
        f'w:bottom="{round(2.2 * CM)}" w:left="{round(2.5 * CM)}" w:header="680" w:footer="567" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NS}><w:body>{''.join(out)}{para('Thin', '', rtl=False)}{end}</w:body></w:document>"
    )


def _look(block: Block) -> tuple[str, bool]:
    return _STYLES.get(block.kind, "Letter Body"), block.lang in RTL


class _Tracker:
    """Writes paragraphs with tracked changes; each change has a number of its own and the same author and day."""

    def __init__(self, day: date) -> None:
        self.ids = count(1)
        self.stamp = f'w:author="{AUTHOR}" w:date="{day.isoformat()}T00:00:00Z"'

    def changed(self, old: Block, new: Block) -> str:
        """A block that kept its place and its look: its words one by one."""
        style, rtl = _look(new)
        out = ""
        for piece in words(printed(old), printed(new)):
            tag = {Fate.SAME: "", Fate.ADDED: "ins", Fate.REMOVED: "del"}[piece.fate]
            out += self._runs(piece.text, rtl, tag)
        return para(style, out, rtl)

    def whole(self, block: Block, tag: str) -> str:
        """A paragraph that came (``ins``) or went (``del``) with its mark."""
        style, rtl = _look(block)
        mark = f"<w:rPr>{self._open(tag)[:-1]}/></w:rPr>"
        ppr = f'<w:pPr><w:pStyle w:val="{style_id(style, rtl)}"/>{mark}</w:pPr>'
        return f"<w:p>{ppr}{self._runs(printed(block), rtl, tag)}</w:p>"

    def _open(self, tag: str) -> str:
        return f'<w:{tag} w:id="{next(self.ids)}" {self.stamp}>'

    def _runs(self, text: str, rtl: bool, tag: str) -> str:
        runs = run(text, rtl)
        if not tag:
            return runs
        if tag == "del":
            runs = runs.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f"{self._open(tag)}{runs}</w:{tag}>"


def _part(tag: str, body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{tag} {NS}>{body}</w:{tag}>'.encode()


def _header(text: str) -> bytes:
    return _part("hdr", para("Ref Label", run(text, rtl=False), rtl=False))


def _footer() -> bytes:
    pages = (
        page_field("PAGE", "1", rtl=False) + run(" / ", rtl=False) + page_field("NUMPAGES", "1", rtl=False)
    )
    return _part("ftr", para("Foot Text", pages, rtl=False, jc="end"))


def _relations() -> bytes:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            (
                ("header", "header1.xml"),
                ("footer", "footer1.xml"),
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("fontTable", "fontTable.xml"),
            ),
            start=1,
        )
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<Relationships xmlns="{RELS}">{rows}</Relationships>'.encode()
