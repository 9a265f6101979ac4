"""A copy marked up with tracked changes and comments becomes proposals, by block and author (§8)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from protocol_pages.editions import blocks as b
from protocol_pages.editions.canonical import canonical_text
from protocol_pages.editions.compare import in_canonical_order
from protocol_pages.editions.redline import Side, redline
from protocol_pages.editions.word_out import Text, word_file
from protocol_pages.editions.wordfile.document import Proposal
from protocol_pages.editions.wordfile.package import W
from protocol_pages.editions.wordfile.read import read

PROTOCOL = b.read_protocol().blocks
NS = W.strip("{}")
AMAL, BASIM = "Amal (Example Relief)", "Basim (Example Aid)"


def rewritten(
    data: bytes, change: Callable[[str], str], comments: dict[str, tuple[str, str]] | None = None
) -> bytes:
    """A Word file with its main part changed, and with comments (id → author and words)."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = change(content.decode()).encode()
            if comments and name == "word/_rels/document.xml.rels":
                kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
                row = f'<Relationship Id="rIdRemarks" Type="{kind}" Target="comments.xml"/></Relationships>'
                content = content.replace(b"</Relationships>", row.encode())
            archive.writestr(name, content)
        if comments:
            rows = "".join(
                f'<w:comment w:id="{key}" w:author="{author}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
                for key, (author, words) in comments.items()
            )
            archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{NS}">{rows}</w:comments>')
    return target.getvalue()


def run(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def gone(text: str, author: str) -> str:
    return f'<w:del w:id="91" w:author="{author}">{run(text, "delText")}</w:del>'


def come(text: str, author: str) -> str:
    return f'<w:ins w:id="92" w:author="{author}">{run(text)}</w:ins>'


def split(source: str, words: str, instead: str) -> str:
    """Replace words inside a run by other runs."""
    pattern = re.compile(rf'<w:r><w:t xml:space="preserve">([^<]*?){re.escape(words)}([^<]*)</w:t></w:r>')
    assert pattern.search(source)
    return pattern.sub(lambda m: run(m[1]) + instead + run(m[2]), source, count=1)


def remark(key: str, inside: str) -> str:
    mark = f'<w:r><w:commentReference w:id="{key}"/></w:r>'
    return f'<w:commentRangeStart w:id="{key}"/>{inside}<w:commentRangeEnd w:id="{key}"/>{mark}'


def marks(source: str) -> str:
    """What two people did to the protocol in Word."""
    source = split(
        source, "5 business days",
        remark("7", gone("5", AMAL) + come("10", AMAL)) + gone(" business", BASIM) + run(" days"),
    )  # fmt: skip
    source = split(source, "password", remark("8", run("password")))
    new = (
        f'<w:p><w:pPr><w:rPr><w:ins w:id="93" w:author="{BASIM}"/></w:rPr></w:pPr>'
        f"{come('Mediation comes first.', BASIM)}</w:p>"
    )
    begin = source.rindex("<w:p>", 0, source.index("This resolution process"))
    source = source[:begin] + new + source[begin:]
    pattern = re.compile(
        r"<w:p><w:pPr>((?:(?!</w:pPr>).)*)</w:pPr>((?:(?!</w:p>).)*?Policy and advocacy\.(?:(?!</w:p>).)*)</w:p>"
    )
    found = pattern.search(source)
    assert found
    dead = (
        f'<w:del w:id="94" w:author="{AMAL}">'
        + found[2].replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        + "</w:del>"
    )
    mark = f'<w:rPr><w:del w:id="95" w:author="{AMAL}"/></w:rPr>'
    return source.replace(found[0], f"<w:p><w:pPr>{found[1]}{mark}</w:pPr>{dead}</w:p>")


def marked_up(data: bytes) -> bytes:
    """The protocol's own Word file after two people worked on it."""
    return rewritten(data, marks, {"7": (AMAL, "Too short for our office."), "8": (BASIM, "Which password?")})


def original() -> bytes:
    return word_file(Text(PROTOCOL, "Protocol", date(2022, 1, 31), "Network", "Protocol: 1", "SHA-256 …"))


@pytest.mark.rule("§8")
def test_changes_and_comments_become_proposals_by_block_and_author() -> None:
    found = read(marked_up(original()))
    text = {block.id: block.text for block in PROTOCOL}
    old = text["7b-2"]
    pattern = [(row.block_id, row.author, row.kind, row.comment) for row in found.proposals]
    assert pattern == [
        ("4-a", BASIM, "comment", "Which password?"),
        ("7b-2", AMAL, "change", "Too short for our office."),
        ("7b-2", BASIM, "change", ""),
        ("c2-5", AMAL, "remove", ""),
        ("9-d", BASIM, "add", ""),
    ]
    amal, basim = found.proposals[1], found.proposals[2]
    assert (amal.today, basim.today) == (old, old)
    assert amal.proposed == old.replace("5 business days", "10 business days")
    assert basim.proposed == old.replace("5 business days", "5 days")
    assert found.proposals[4] == Proposal("9-d", BASIM, "add", "", "Mediation comes first.")


@pytest.mark.rule("§8")
def test_both_readings_of_a_marked_up_copy_are_at_hand() -> None:
    found = read(marked_up(original()))
    assert found.revised
    assert found.before.text == PROTOCOL
    after = {block.id: block.text for block in found.after.text}
    assert "10 days" in after["7b-2"]
    assert "c2-5" not in after
    assert "Mediation comes first." in after.values()


def test_a_redline_of_ours_is_read_back_from_the_outside() -> None:
    """Made by another writer: accepting gives the new text, rejecting the old one, and each change is a proposal."""
    new = [
        replace(x, text=x.text.replace("5 business days", "7 business days"))
        for x in PROTOCOL
        if x.id != "9-e"
    ]
    data = redline(
        Side("1", PROTOCOL), Side("2", tuple(new)), title="Protocol", day=date(2026, 11, 25), author="Network"
    )
    found = read(data)
    assert words(found.before.text) == words(PROTOCOL)
    assert words(found.after.text) == words(new)
    assert [(row.author, row.kind) for row in found.proposals] == [
        ("Network", "change"),
        ("Network", "remove"),
    ]


def words(blocks: tuple[b.Block, ...] | list[b.Block]) -> list[str]:
    return canonical_text(in_canonical_order(blocks)).split()


def test_a_copy_without_changes_proposes_nothing() -> None:
    found = read(original())
    assert not found.revised
    assert found.proposals == ()
