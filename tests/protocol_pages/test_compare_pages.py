"""The comparison as people reach it: pages, the Word file with tracked changes, the command."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from audit.actors import system_actor
from intranet.access.roles import Capacity
from protocol_pages.editions import blocks as b
from protocol_pages.editions import exports, redline, services
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.canonical import canonical_text
from protocol_pages.editions.models import Edition
from tests.personas import PersonaClient, persona_client

NOW = datetime(2026, 2, 3, 8, 0, tzinfo=UTC)
LOADER = system_actor("adopt_protocol")
PROTOCOL = b.read_protocol()


def revised(change: Callable[[Block], Block]) -> tuple[Block, ...]:
    return tuple(change(block) for block in PROTOCOL.blocks)


def longer_clock(block: Block) -> Block:
    return replace(block, text=block.text.replace("5 business days", "7 business days"))


@pytest.fixture
def editions(db: None) -> tuple[Edition, Edition]:
    """Edition 1, and an edition 2 in which silence lasts seven business days."""
    first = services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)
    second = replace(PROTOCOL, number=2, effective_from=date(2026, 2, 1), blocks=revised(longer_clock))
    return first, services.adopt(services.bring_in(second, LOADER, NOW), LOADER, NOW)


@pytest.fixture
def member(editions: tuple[Edition, Edition]) -> PersonaClient:
    return persona_client(Capacity.MEMBER)


@pytest.mark.rule("D7")
def test_the_summary_comes_first_then_only_what_changed(member: PersonaClient) -> None:
    html = member.get("/en/protocol/compare/v1..v2/").content.decode()
    assert "1 paragraph changed, 0 added, 0 removed." in html
    assert html.count('class="block ') == 1
    assert "§7B.2" in html
    assert html.index("1 paragraph changed") < html.index("§7B.2")
    whole = member.get("/en/protocol/compare/v1..v2/?all=1").content.decode()
    assert whole.count('class="block ') == len(PROTOCOL.blocks)


def test_changes_are_read_out_and_not_told_by_colour_alone(member: PersonaClient) -> None:
    html = member.get("/en/protocol/compare/v1..v2/").content.decode()
    assert "Removed: </span><del>5</del>" in html
    assert "Added: </span><ins>7</ins>" in html
    arabic = member.get("/ar/protocol/compare/v1..v2/").content.decode()
    assert "<del>5</del>" in arabic
    assert "Removed: " not in arabic


def test_the_same_edition_says_that_nothing_changed(member: PersonaClient) -> None:
    html = member.get("/en/protocol/compare/v1..v1/").content.decode()
    assert "The text is the same, word for word." in html
    assert "tracked changes" not in html


def test_without_a_choice_the_last_two_texts_that_differ(member: PersonaClient) -> None:
    assert member.get("/en/protocol/compare/")["Location"].endswith("/protocol/compare/v1..v2/")
    chosen = member.get("/en/protocol/compare/", {"old": "v2", "new": "v1"})
    assert chosen["Location"].endswith("/protocol/compare/v2..v1/")
    assert member.get("/en/protocol/compare/v1..v9/").status_code == 404
    assert member.get("/en/protocol/compare/v1..v9.docx").status_code == 404


def test_a_comparison_asks_few_questions(
    member: PersonaClient, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        member.get("/en/protocol/compare/v1..v2/?all=1")


@pytest.mark.rule("D1")
def test_the_word_file_is_given_out_proved(member: PersonaClient, editions: tuple[Edition, Edition]) -> None:
    response = member.get("/en/protocol/compare/v1..v2.docx")
    assert 'filename="protocol-v1-v2.docx"' in response["Content-Disposition"]
    data = response.content
    assert redline.text_of(data, accept=True) == editions[1].canonical_text
    assert (
        redline.text_of(data, accept=False) == editions[0].canonical_text == canonical_text(PROTOCOL.blocks)
    )


def test_the_command_writes_the_same_file(editions: tuple[Edition, Edition], tmp_path: Path) -> None:
    out = tmp_path / "redline.docx"
    said = io.StringIO()
    call_command("redline", "1", "v2", "--out", str(out), stdout=said)
    assert out.read_bytes() == exports.redline(*editions)
    assert "proved both ways" in said.getvalue()
    with pytest.raises(CommandError, match="Adopted editions: 1, 2") as unknown:
        call_command("redline", "1", "3", "--out", str(out))
    with pytest.raises(CommandError, match="--out") as nowhere:
        call_command("redline", "1", "2", "--out", str(tmp_path / "none" / "x.docx"))
    assert (unknown.value.returncode, nowhere.value.returncode) == (2, 2)


def test_a_file_that_does_not_prove_itself_is_not_written(
    editions: tuple[Edition, Edition], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = redline._document
    monkeypatch.setattr(redline, "_document", lambda *all: honest(*all).replace("survivor", "victim"))
    with pytest.raises(CommandError, match="not the edition's text") as refusal:
        call_command("redline", "1", "2", "--out", str(tmp_path / "x.docx"))
    assert refusal.value.returncode == 1
    assert not (tmp_path / "x.docx").exists()


def test_on_the_screen_such_a_file_is_withheld_in_words(
    member: PersonaClient, editions: tuple[Edition, Edition], monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = redline._document
    monkeypatch.setattr(redline, "_document", lambda *all: honest(*all).replace("survivor", "victim"))
    response = member.get("/en/protocol/compare/v1..v2.docx")
    assert (response.status_code, response["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert "Content-Disposition" not in response
    page = response.content.decode()
    assert "A file that fails this check is never given out." in page
    assert 'href="/en/protocol/compare/v1..v2/"' in page
