"""The parts of an edition's Word file beside its text: edges of the page, settings, relations, types. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from intranet.papers.package import CORE, RELS, TYPES, WML, R, W
from intranet.papers.parts import page_field

from .word_styles import HEAD

WIDTH = 9071  # twips between the margins of A4
NS = f'xmlns:w="{W}" xmlns:r="{R}"'
_PARTS = {  # part → last piece of its content type, relation from the document
    "word/styles.xml": ("styles", "styles"),
    "word/numbering.xml": ("numbering", "numbering"),
    "word/settings.xml": ("settings", "settings"),
    "word/fontTable.xml": ("fontTable", "fontTable"),
    "word/footnotes.xml": ("footnotes", "footnotes"),
    "word/header1.xml": ("header", "header"),
    "word/footer1.xml": ("footer", "footer"),
}


def _plain(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def edge(tag: str, text: str, pages: bool) -> bytes:
    """Head or foot of the page; with ``pages`` its number."""
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'
    content = _plain(text)
    if pages:
        content += f"<w:r><w:tab/></w:r>{page_field('PAGE', '1', rtl=False)}{_plain(' / ')}"
        content += page_field("NUMPAGES", "1", rtl=False)
    row = f'<w:p><w:pPr><w:pStyle w:val="EditionEdge"/>{tabs}</w:pPr>{content}</w:p>'
    return f"{HEAD}<w:{tag} {NS}>{row}</w:{tag}>".encode()


def settings() -> bytes:
    """The settings part."""
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    ).encode()


def rels(rows: Iterable[str]) -> bytes:
    """A part of relations."""
    return f'{HEAD}<Relationships xmlns="{RELS}">{"".join(rows)}</Relationships>'.encode()


def link_rows(links: dict[str, str]) -> list[str]:
    """Relations of links: address → id."""
    return [
        f'<Relationship Id="{key}" Type="{R}/hyperlink" Target={quoteattr(address)} TargetMode="External"/>'
        for address, key in links.items()
    ]


def relations(links: dict[str, str]) -> bytes:
    """The relations of the main part."""
    rows = [
        f'<Relationship Id="rId{kind}" Type="{R}/{kind}" Target="{name.removeprefix("word/")}"/>'
        for name, (_, kind) in _PARTS.items()
    ]
    rows.append(f'<Relationship Id="rIdFacts" Type="{R}/customXml" Target="../customXml/item1.xml"/>')
    return rels(rows + link_rows(links))


def types() -> bytes:
    """The content types."""
    rows = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        f'<Override PartName="/word/document.xml" ContentType="{WML}.document.main+xml"/>',
        f'<Override PartName="/docProps/core.xml" ContentType="{CORE}"/>',
    ]
    rows += [
        f'<Override PartName="/{name}" ContentType="{WML}.{kind}+xml"/>' for name, (kind, _) in _PARTS.items()
    ]
    return f'{HEAD}<Types xmlns="{TYPES}">{"".join(rows)}</Types>'.encode()
