"""Word as people reach it: Word and PDF of an edition, the review before a draft is saved, the commands."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from docx import Document

from audit.actors import system_actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.papers import pdf
from protocol_pages.editions import blocks as b
from protocol_pages.editions import exports, fixed_copy, selectors, services, word_in
from protocol_pages.editions.canonical import canonical_text
from protocol_pages.editions.models import DraftState, Edition, EditionDraft
from protocol_pages.editions.wordfile.read import read
from tests.personas import PersonaClient, persona_client
from tests.protocol_pages import word_samples as samples
from tests.protocol_pages.test_word_proposals import marked_up

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LOADER = system_actor("adopt_protocol")
PROTOCOL = b.read_protocol()
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    cache.clear()  # the PDF of a text is made once
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def edition() -> Edition:
    return services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)


@pytest.fixture
def coordinator(edition: Edition) -> PersonaClient:
    return persona_client(Capacity.COORDINATOR)


def revised(edition: Edition) -> bytes:
    """The edition's own Word file, edited as somebody would: a word changed, a paragraph added."""
    document = Document(io.BytesIO(exports.word(edition)))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if "5 business days" in run.text:
                run.text = run.text.replace("5 business days", "7 business days")
    place = next(p for p in document.paragraphs if p.text.startswith("This resolution process"))
    place.insert_paragraph_before("Mediation comes first.", style="Edition Paragraph")
    return samples.saved(document)


def send(client: PersonaClient, content: bytes, name: str = "revised.docx") -> HttpResponse:
    return client.post("/en/protocol/word/", {"file": SimpleUploadedFile(name, content), "language": "en"})


def hidden(response: HttpResponse) -> dict[str, str]:
    html = response.content.decode()
    rows = re.findall(r'<input type="hidden" name="(read|submission_key|take)" value="([^"]*)"', html)
    return dict(rows)


# Out


@pytest.mark.rule("D1")
def test_word_and_pdf_are_linked_from_the_text_and_hold_it(edition: Edition) -> None:
    member = persona_client(Capacity.MEMBER)
    page = member.get("/en/protocol/").content.decode()
    assert 'href="/en/protocol/v1.docx"' in page
    assert 'href="/en/protocol/v1.pdf"' in page
    response = member.get("/en/protocol/v1.docx")
    assert response.content == bytes(edition.word_file.data)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert canonical_text(read(response.content).after.text) == edition.canonical_text
    printed = member.get("/en/protocol/v1.pdf")
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-")
    assert member.get("/en/protocol/v9.docx").status_code == 404


def test_without_its_text_engine_the_pdf_says_what_else_there_is(edition: Edition, word_only: None) -> None:
    response = persona_client(Capacity.MEMBER).get("/en/protocol/v1.pdf")
    assert response.status_code == 503
    assert 'href="/en/protocol/v1.docx"' in response.content.decode()


@pytest.mark.rule("D1")
def test_a_word_file_that_does_not_hold_the_text_is_never_kept(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = fixed_copy.word_file
    other = replace(PROTOCOL.blocks[9], text="Another text.")
    monkeypatch.setattr(
        fixed_copy, "word_file", lambda text: honest(replace(text, blocks=(other, *text.blocks[1:])))
    )
    with pytest.raises(fixed_copy.WordFault, match="block head-ar"):
        fixed_copy.word("1", edition.title, selectors.blocks_of(edition), edition.effective_from)


# In


@pytest.mark.rule("§8")
def test_a_word_file_is_reviewed_then_saved_as_a_draft_of_the_next_edition(
    coordinator: PersonaClient, edition: Edition
) -> None:
    response = send(coordinator, revised(edition))
    html = response.content.decode()
    assert response.status_code == 200
    assert "72 blocks recognised" in html
    assert "1 paragraph changed, 1 added, 0 removed." in html
    assert "Nothing is saved yet." in html
    assert "Nothing: everything that the file says is in the blocks below." in html
    assert not EditionDraft.objects.exclude(edition__isnull=False).exists()
    saved = coordinator.post("/en/protocol/word/save/", hidden(response))
    draft = EditionDraft.objects.get(edition__isnull=True)
    assert saved["Location"].endswith(f"/protocol/drafts/{draft.pk}/")
    assert (draft.label, draft.state, draft.base) == ("2", DraftState.DRAFT, edition)
    assert "revised.docx" in draft.summary
    text = selectors.blocks_of_draft(draft)
    assert [block.id for block in text if block.text != "Mediation comes first."] == [
        block.id for block in PROTOCOL.blocks
    ]
    assert "7 business days" in b.find(text, "7B.2").text
    again = coordinator.post("/en/protocol/word/save/", hidden(response))
    assert again["Location"] == saved["Location"]
    assert EditionDraft.objects.filter(edition__isnull=True).count() == 1


@pytest.mark.rule("§8")
def test_a_marked_up_copy_shows_its_proposals_and_asks_which_text_is_meant(
    coordinator: PersonaClient, edition: Edition
) -> None:
    response = send(coordinator, marked_up(exports.word(edition)))
    html = response.content.decode()
    assert "Proposals in this copy" in html
    assert "Amal (Example Relief)" in html
    assert "Too short for our office." in html
    fields = hidden(response)
    assert coordinator.post("/en/protocol/word/save/", fields).status_code == 400
    coordinator.post("/en/protocol/word/save/", fields | {"take": "before"})
    draft = EditionDraft.objects.get(edition__isnull=True)
    assert selectors.blocks_of_draft(draft) == PROTOCOL.blocks


def test_a_refused_file_says_why_at_its_field(coordinator: PersonaClient) -> None:
    response = send(coordinator, b"%PDF-1.7", "text.docx")
    assert response.status_code == 400
    assert "it is a PDF. Send the Word document" in response.content.decode()


def test_what_was_reviewed_is_what_is_saved(coordinator: PersonaClient, edition: Edition) -> None:
    fields = hidden(send(coordinator, revised(edition)))
    for changed in (fields | {"read": fields["read"][:-2] + "xx"}, fields | {"read": ""}):
        assert coordinator.post("/en/protocol/word/save/", changed).status_code == 409
    assert persona_client(Capacity.COORDINATOR).post("/en/protocol/word/save/", fields).status_code == 409
    assert not EditionDraft.objects.filter(edition__isnull=True).exists()


@pytest.mark.parametrize("capacity", [Capacity.MEMBER, Capacity.PRIMARY_FOCAL_POINT, Capacity.AUDITOR])
def test_only_those_who_write_drafts_bring_in_word(edition: Edition, capacity: Capacity) -> None:
    client = persona_client(capacity)
    assert client.get("/en/protocol/word/").status_code == 403
    assert send(client, revised(edition)).status_code == 403
    assert client.post("/en/protocol/word/save/", {}).status_code == 403


def test_the_review_asks_few_questions(
    coordinator: PersonaClient,
    edition: Edition,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    content = revised(edition)
    send(coordinator, content)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert send(coordinator, content).status_code == 200


# Commands


def test_the_report_lists_clauses_guesses_and_losses_and_saves_nothing(
    edition: Edition, tmp_path: Path
) -> None:
    path, out = tmp_path / "protocol.docx", tmp_path / "report.json"
    seed = Path(samples.__file__).with_name("seed_000.txt").read_text(encoding="utf-8")
    path.write_bytes(samples.built(seed, samples.typed_numbers))
    before = (EditionDraft.objects.count(), Event.objects.count())
    call_command("import_edition", str(path), "--report", str(out), stdout=io.StringIO())
    assert (EditionDraft.objects.count(), Event.objects.count()) == before
    report = json.loads(out.read_text(encoding="utf-8"))
    clauses = report["clauses"]
    security = next(row for row in clauses if row["number"] == "5.")
    assert (security["kind"], security["heading"]) == ("heading", "Data Security")
    first = next(row for row in clauses if row["text"].startswith("Sexual Exploitation[1]"))
    assert first["heading"] == "Introduction"
    assert [note["number"] for note in first["footnotes"]] == [1, 2]
    assert first["footnotes"][0]["text"].startswith("is any actual or attempted abuse")
    assert {"heading_look", "typed_number", "joined", "typed_note"} <= {
        row["code"] for row in report["guesses"]
    }
    assert report["losses"] == []


def test_the_command_saves_a_draft(edition: Edition, tmp_path: Path) -> None:
    path, said = tmp_path / "revised.docx", io.StringIO()
    path.write_bytes(revised(edition))
    call_command("import_edition", str(path), stdout=said)
    draft = EditionDraft.objects.get(edition__isnull=True)
    assert str(draft.pk) in said.getvalue()
    assert "Draft of edition 2 saved" in said.getvalue()


@pytest.mark.parametrize("report", [True, False])
def test_a_refused_file_ends_the_command_with_2_and_a_sentence(tmp_path: Path, report: bool) -> None:
    path, out = tmp_path / "old.docx", tmp_path / "report.json"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(CommandError, match=r"an old Word file \(\.doc\)") as refusal:
        call_command("import_edition", str(path), *(["--report", str(out)] if report else []))
    assert refusal.value.returncode == 2
    assert not out.exists()
    with pytest.raises(CommandError) as missing:
        call_command("import_edition", str(tmp_path / "none.docx"))
    assert missing.value.returncode == 2


def test_an_edition_is_exported_in_three_formats(
    edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "render", lambda paper: b"%PDF-" + paper.title.encode())
    for name in ("docx", "pdf", "json"):
        out = tmp_path / f"edition.{name}"
        call_command("export_edition", "v1", "--format", name, "--out", str(out), stdout=io.StringIO())
    assert (tmp_path / "edition.docx").read_bytes() == bytes(edition.word_file.data)
    assert (tmp_path / "edition.pdf").read_bytes().startswith(b"%PDF-UN IRAQ protocol")
    assert b.read_protocol(tmp_path / "edition.json").blocks == PROTOCOL.blocks
    with pytest.raises(CommandError, match="Adopted editions: 1") as refusal:
        call_command("export_edition", "7", "--out", str(tmp_path / "x.docx"))
    assert refusal.value.returncode == 2


def test_every_code_has_its_sentence() -> None:
    folder = Path(word_in.__file__).with_name("wordfile")
    source = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    raised = set(re.findall(r'Refusal\(\s*"(\w+)"', source))
    guessed = set(re.findall(r'(?:append|remarks\.append)\(\("(\w+)",', source))
    lost = set(re.findall(r'self\.lose\("(\w+)"\)', source))
    assert raised <= set(word_in.SENTENCES)
    assert guessed <= set(word_in.GUESSES) | set(word_in.LOSSES)
    assert lost <= set(word_in.LOSSES)
