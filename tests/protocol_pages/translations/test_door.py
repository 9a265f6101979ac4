"""Reviewers' texts as people reach them: recorded by one, confirmed by another, seen by nobody before (D4, D17)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from docx import Document

from audit.actors import system_actor
from audit.history import WrittenOnce
from audit.models import Event
from intranet.access.roles import Capacity
from protocol_pages.editions import beside, blocks, exports, frame, reader, selectors, services
from protocol_pages.editions.footnotes import marks
from protocol_pages.editions.models import Edition
from protocol_pages.editions.wordfile.read import read as read_word
from protocol_pages.translations import selectors as texts
from protocol_pages.translations import services as acts
from protocol_pages.translations.models import ReviewedBlock, ReviewedText, TextState
from tests.personas import PersonaClient, outsider_client, persona_client

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
LOADER = system_actor("adopt_protocol")
PROTOCOL = blocks.read_protocol()
CLAUSE = next(block for block in PROTOCOL.blocks if "7B.2" in block.addresses)
HEADING = next(block for block in PROTOCOL.blocks if block.kind == blocks.HEADING)
NOTED = next(block for block in PROTOCOL.blocks if "[1]" in block.text)
# Invented words for the test, no text of the protocol.
WORDS, OTHER, TITLE = "كلمات مختلقة للاختبار", "كلمات أخرى مختلقة", "عنوان مختلق"
FACTS = acts.Facts("Rana Example", "Translator, Example Office", date(2026, 11, 20), "Mail of 21 November")
NEWER = "The English text is newer than this translation."
SWITCH = "Show Arabic beside the English"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def edition() -> Edition:
    return services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)


@pytest.fixture
def editor(edition: Edition) -> PersonaClient:
    return persona_client(Capacity.CONTENT_EDITOR)


@pytest.fixture
def coordinator(edition: Edition) -> PersonaClient:
    return persona_client(Capacity.COORDINATOR)


def recorded(
    edition: Edition, by: PersonaClient, words: dict[str, str], language: str = "ar"
) -> ReviewedText:
    text = acts.begin(language, edition, FACTS, by.actor, NOW)
    acts.write(text, words, by.actor, NOW)
    return acts.hand_in(text, by.actor, NOW)


def confirmed(
    edition: Edition, by: PersonaClient, other: PersonaClient, words: dict[str, str], language: str = "ar"
) -> ReviewedText:
    text = recorded(edition, by, words, language)
    cache.clear()
    return acts.confirm(text, texts.seal_of(text), other.actor, NOW)


def next_edition(number: int = 2, change: str = "5 business days") -> Edition:
    changed = [replace(row, text=row.text.replace(change, "7 business days")) for row in PROTOCOL.blocks]
    later = replace(PROTOCOL, number=number, effective_from=date(2026, 2, 1), blocks=tuple(changed))
    return services.adopt(services.bring_in(later, LOADER, NOW), LOADER, NOW)


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def block_of(html: str, block_id: str) -> str:
    """The part of a page that is one block."""
    start = html.index(f'id="{block_id}"')
    return html[start : html.find('<div dir="ltr" class="block', start)]


def post(client: Client, path: str, **data: Any) -> HttpResponse:
    return client.post(f"/en/protocol/texts/{path}", {"submission_key": str(uuid4())} | data)


# By hand, through the door


@pytest.mark.rule("D4")
def test_from_the_first_field_to_the_reader(
    edition: Edition, editor: PersonaClient, coordinator: PersonaClient
) -> None:
    member, frozen = persona_client(Capacity.MEMBER), edition.sha256
    facts = {
        "reviewer_name": "Rana Example",
        "reviewer_title": "Translator, Example Office",
        "reviewed_on": "20/11/2026",
        "source": "Mail of 21 November",
        "file": SimpleUploadedFile("mail.pdf", b"%PDF-1.7 mail"),
    }
    begun = post(editor, "begin/", language="ar", edition=edition.pk, **facts)
    text = ReviewedText.objects.get()
    assert begun["Location"] == f"/en/protocol/texts/{text.pk}/"
    assert editor.get(f"/en/files/{text.file_id}/").content == b"%PDF-1.7 mail"
    assert member.get(f"/en/files/{text.file_id}/").status_code == 404
    form = page(editor, f"/en/protocol/texts/{text.pk}/block/{CLAUSE.id}/")
    assert re.search(r'<textarea[^>]*lang="ar"[^>]*dir="rtl"|<textarea[^>]*dir="rtl"[^>]*lang="ar"', form)
    saved = post(editor, f"{text.pk}/block/{CLAUSE.id}/", text=f"  {WORDS}\r\n", next="1")
    assert "/block/" in saved["Location"]
    assert post(editor, f"{text.pk}/hand-in/").status_code == 302
    for path in ("/en/protocol/?beside=ar", "/en/protocol/v1/7b/2/", "/en/protocol/?beside=ar&q=7B.2"):
        assert WORDS not in page(member, path)
    assert SWITCH not in page(member, "/en/protocol/")
    page(member, "/en/protocol/v1/beside/ar.docx", 404)

    shown = page(coordinator, f"/en/protocol/texts/{text.pk}/confirm/")
    assert WORDS in shown
    seal = re.search(r'name="seal" value="([0-9a-f]{64})"', shown)
    assert seal is not None
    assert post(coordinator, f"{text.pk}/confirm/", seal=seal[1]).status_code == 200  # not ticked
    assert post(coordinator, f"{text.pk}/confirm/", seal=seal[1], compared="on").status_code == 302
    text.refresh_from_db()
    assert (text.state, text.sha256, text.confirmed_by) == ("confirmed", seal[1], coordinator.user.label)

    cache.clear()
    plain = page(member, "/en/protocol/")
    assert WORDS not in plain
    assert f'href="/en/protocol/?beside=ar">{SWITCH}' in plain
    asked = page(member, "/en/protocol/?beside=ar")
    assert f'<p lang="ar" dir="rtl">{WORDS}</p>' in block_of(asked, CLAUSE.id)
    assert "Arabic: unofficial translation. The English text is authoritative." in asked
    assert "<bdi>Rana Example</bdi>, <bdi>Translator, Example Office</bdi>, " in asked
    assert "20 November 2026" in asked
    assert NEWER not in asked
    clause = page(member, "/en/protocol/v1/7b/2/")
    assert WORDS in clause
    assert "unofficial translation" in clause
    assert WORDS not in page(member, "/en/protocol/v1/7b/3/")
    edition.refresh_from_db()
    assert edition.sha256 == frozen
    assert WORDS not in edition.canonical_text


@pytest.mark.rule("D17")
def test_who_recorded_a_word_does_not_confirm_it(edition: Edition, coordinator: PersonaClient) -> None:
    office = persona_client(Capacity.OFFICE)
    text = acts.begin("ar", edition, FACTS, office.actor, NOW)
    acts.write(text, {CLAUSE.id: WORDS}, coordinator.actor, NOW)
    acts.hand_in(text, office.actor, NOW)
    for client in (office, coordinator):
        page(client, f"/en/protocol/texts/{text.pk}/confirm/", 403)
        answer = post(client, f"{text.pk}/confirm/", seal=texts.seal_of(text), compared="on")
        assert "You recorded this yourself" in answer.content.decode()
    text.refresh_from_db()
    assert text.state == TextState.WAITING
    assert Event.objects.filter(action="reviewed_text.confirm", outcome="refused").count() == 2
    third = persona_client(Capacity.ACTING_COORDINATOR)
    assert post(third, f"{text.pk}/confirm/", seal=texts.seal_of(text), compared="on").status_code == 302


@pytest.mark.rule("D10")
def test_members_and_outsiders_reach_nothing_of_it(edition: Edition, editor: PersonaClient) -> None:
    text = recorded(edition, editor, {CLAUSE.id: WORDS})
    row = ReviewedBlock.objects.get()
    before = list(ReviewedText.objects.values())
    clients = [outsider_client(), persona_client(Capacity.MEMBER), persona_client(Capacity.HEAD_OF_AGENCY)]
    for client in clients:
        for path in ("", f"{text.pk}/", f"{text.pk}/block/{CLAUSE.id}/", f"{text.pk}/confirm/", "begin/"):
            assert client.get(f"/en/protocol/texts/{path}").status_code == 403, path
        for path in (
            f"{text.pk}/confirm/",
            f"{text.pk}/withdraw/",
            f"{text.pk}/discard/",
            f"{text.pk}/word/",
        ):
            assert post(client, path, reason="x", compared="on").status_code == 403, path
        page(client, f"/en/history/reviewedtext/{text.pk}/", 404)
        page(client, f"/en/history/reviewedblock/{row.pk}/", 404)
    auditor = persona_client(Capacity.AUDITOR)
    assert WORDS in page(auditor, f"/en/protocol/texts/{text.pk}/")
    assert post(auditor, f"{text.pk}/discard/", reason="x").status_code == 403
    assert post(editor, f"{text.pk}/confirm/", compared="on").status_code == 403
    assert list(ReviewedText.objects.values()) == before


REFUSED = {
    "english": (CLAUSE.id, CLAUSE.text, "English text"),
    "marks lost": (NOTED.id, WORDS, "keep the footnote marks"),
    "marks invented": (CLAUSE.id, f"{WORDS}[7]", "no footnote marks"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_words_that_do_not_fit_are_refused_and_kept_on_the_screen(
    edition: Edition, editor: PersonaClient, case: str
) -> None:
    block_id, words, sentence = REFUSED[case]
    text = acts.begin("ar", edition, FACTS, editor.actor, NOW)
    html = post(editor, f"{text.pk}/block/{block_id}/", text=words).content.decode()
    assert sentence in html
    assert words[:20] in html
    assert not ReviewedBlock.objects.exists()


def test_a_text_without_a_past_review_day_or_words_goes_nowhere(
    edition: Edition, editor: PersonaClient
) -> None:
    data = {
        "language": "ar",
        "edition": edition.pk,
        "reviewer_name": "R",
        "reviewer_title": "T",
        "source": "S",
    }
    html = post(editor, "begin/", **data, reviewed_on="26/11/2026").content.decode()
    assert "the day must have come" in html
    html = post(editor, "begin/", **data | {"language": "en"}, reviewed_on="1/11/2026").content.decode()
    assert "Language of the text" in html
    assert not ReviewedText.objects.exists()
    text = acts.begin("ar", edition, FACTS, editor.actor, NOW)
    assert "at least one block" in post(editor, f"{text.pk}/hand-in/").content.decode()
    assert post(editor, f"{text.pk}/block/no-such/", text=WORDS).status_code == 404


def test_what_was_handed_in_or_changed_is_not_confirmed_unseen(
    edition: Edition, editor: PersonaClient, coordinator: PersonaClient
) -> None:
    text = recorded(edition, editor, {CLAUSE.id: WORDS})
    seen = texts.seal_of(text)
    page(editor, f"/en/protocol/texts/{text.pk}/block/{CLAUSE.id}/", 404)
    late = post(editor, f"{text.pk}/block/{CLAUSE.id}/", text=OTHER).content.decode()
    assert "This is not possible now" in late
    assert OTHER in late
    assert texts.words_of(text) == {CLAUSE.id: WORDS}
    acts.send_back(text, coordinator.actor, NOW, "A word is missing.")
    acts.write(text, {CLAUSE.id: OTHER}, editor.actor, NOW)
    acts.hand_in(text, editor.actor, NOW)
    answer = post(coordinator, f"{text.pk}/confirm/", seal=seen, compared="on").content.decode()
    assert "The text changed since you saw it" in answer
    assert f'value="{texts.seal_of(text)}"' in answer
    text.refresh_from_db()
    assert text.state == TextState.WAITING


def test_a_correction_is_a_version_and_nothing_is_overwritten(
    edition: Edition, editor: PersonaClient
) -> None:
    text = acts.begin("ar", edition, FACTS, editor.actor, NOW)
    for words in (WORDS, WORDS, OTHER, ""):
        acts.write(text, {CLAUSE.id: words}, editor.actor, NOW)
    rows = list(ReviewedBlock.objects.order_by("version").values_list("version", "text"))
    assert rows == [(1, WORDS), (2, OTHER), (3, "")]
    assert texts.words_of(text) == {}
    row = ReviewedBlock.objects.earliest("version")
    row.text = OTHER
    with pytest.raises(WrittenOnce):
        row.save()
    assert WORDS in page(editor, f"/en/history/reviewedblock/{row.pk}/?what=all")


def test_the_same_form_twice_is_one_text(edition: Edition, editor: PersonaClient) -> None:
    key = "00000000-0000-4000-8000-000000000001"
    data = {
        "language": "ar",
        "edition": edition.pk,
        "reviewer_name": "R",
        "reviewer_title": "T",
        "source": "S",
    }
    twice = [post(editor, "begin/", **data, reviewed_on="1/11/2026", submission_key=key) for _ in range(2)]
    assert twice[0]["Location"] == twice[1]["Location"]
    assert ReviewedText.objects.count() == 1


# Editions


@pytest.mark.rule("D4")
def test_a_new_edition_takes_over_what_did_not_change_and_marks_what_did(
    edition: Edition, editor: PersonaClient, coordinator: PersonaClient
) -> None:
    member = persona_client(Capacity.MEMBER)
    first = confirmed(edition, editor, coordinator, {CLAUSE.id: WORDS, HEADING.id: TITLE})
    second = next_edition()
    cache.clear()
    today = page(member, "/en/protocol/?beside=ar")
    assert NEWER in block_of(today, CLAUSE.id)
    assert WORDS in block_of(today, CLAUSE.id)
    assert today.count(NEWER) == 1
    assert TITLE in today
    assert "At 1 of them the English is newer" in today
    assert NEWER in page(member, "/en/protocol/v2/7b/2/")
    assert NEWER not in page(member, "/en/protocol/v1/?beside=ar")
    assert NEWER not in page(member, "/en/protocol/v1/7b/2/")

    correction = confirmed(second, editor, coordinator, {CLAUSE.id: OTHER})
    today, then = page(member, "/en/protocol/?beside=ar"), page(member, "/en/protocol/v1/?beside=ar")
    assert OTHER in today
    assert WORDS not in today
    assert NEWER not in today
    assert WORDS in then
    assert OTHER not in then

    acts.withdraw(correction, coordinator.actor, NOW, "The reviewer takes it back.")
    assert NEWER in page(member, "/en/protocol/?beside=ar")
    acts.withdraw(first, coordinator.actor, NOW, "The reviewer takes it back.")
    assert "No reviewed text in this language" in page(member, "/en/protocol/?beside=ar")
    assert WORDS not in page(member, "/en/protocol/v1/7b/2/")


# The reader


def test_both_interfaces_show_each_language_in_its_own_direction(
    edition: Edition, editor: PersonaClient, coordinator: PersonaClient
) -> None:
    note = next(block for block in PROTOCOL.blocks if block.id == "fn1")
    words = {
        NOTED.id: WORDS + "".join(f"[{n}]" for n in marks(NOTED.text)),
        note.id: OTHER,
        HEADING.id: TITLE,
    }
    confirmed(edition, editor, coordinator, words)
    confirmed(edition, editor, coordinator, {CLAUSE.id: "وشەی نموونە"}, "ckb")
    member = persona_client(Capacity.MEMBER)
    for language in ("en", "ar"):
        html = page(member, f"/{language}/protocol/?beside=ar")
        shown = block_of(html, NOTED.id)
        assert f'<p lang="ar" dir="rtl">{WORDS}<sup class="fn">1</sup>' in shown
        assert f'<p class="footnote" lang="ar" dir="rtl"><bdi>[1]</bdi> {OTHER}</p>' in shown
        assert f'<p lang="ar" dir="rtl">{TITLE}</p>' in html
        ids = re.findall(r'\bid="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        assert "وشەی" not in html
    assert 'lang="ckb" dir="rtl"' in page(member, "/en/protocol/?beside=ckb")
    found = page(member, f"/en/protocol/?beside=ar&q={OTHER.split()[0]}")
    assert f"<mark>{WORDS.split()[0]}</mark>" in found
    assert 'name="beside" value="ar"' in found
    for nonsense in ("en", "xx", "../", "%00"):
        assert "No reviewed text in this language" in page(member, f"/en/protocol/?beside={nonsense}")


def test_words_are_never_markup(edition: Edition, editor: PersonaClient, coordinator: PersonaClient) -> None:
    confirmed(edition, editor, coordinator, {CLAUSE.id: f"<script>alert(1)</script> {WORDS}"})
    html = page(persona_client(Capacity.MEMBER), "/en/protocol/v1/7b/2/")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_who_does_not_ask_pays_nothing(
    edition: Edition,
    editor: PersonaClient,
    coordinator: PersonaClient,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    member = persona_client(Capacity.MEMBER)
    before = reader.body_key(edition, "member")
    words = {block.id: WORDS for block in beside.translatable(PROTOCOL.blocks) if "[" not in block.text}
    confirmed(edition, editor, coordinator, words)
    assert reader.body_key(edition, "member") == before
    page(member, "/en/protocol/")
    page(member, "/en/protocol/?beside=ar")
    rendered: list[object] = []
    monkeypatch.setattr(reader, "_render_body", lambda *args: rendered.append(args) or "")
    with django_assert_max_num_queries(12):
        page(member, "/en/protocol/?beside=ar")
    monkeypatch.setattr(frame, "render_to_string", None)
    with django_assert_max_num_queries(9):
        page(member, "/en/protocol/")
    assert rendered == []


def test_lists_stay_flat(
    edition: Edition, coordinator: PersonaClient, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(5):
        recorded(edition, coordinator, {CLAUSE.id: WORDS, HEADING.id: TITLE})
    other = persona_client(Capacity.OFFICE)
    assert "5 texts of reviewers wait for your confirmation" in page(other, "/en/")
    assert "of reviewers wait" not in page(coordinator, "/en/")
    with django_assert_max_num_queries(12):
        page(other, "/en/protocol/texts/")
    with django_assert_max_num_queries(12):
        page(other, f"/en/protocol/texts/{ReviewedText.objects.first().pk}/?all=1")


# Word


def filled_in(edition: Edition, words: dict[str, str], *, extra: str = "") -> bytes:
    """The edition's Word file as a reviewer sends it back: paragraphs typed over, most left in English."""
    document = Document(io.BytesIO(exports.word(edition)))
    for paragraph in document.paragraphs:
        for block_id, said in words.items():
            english = next(block.text for block in PROTOCOL.blocks if block.id == block_id)
            if "".join(run.text for run in paragraph.runs).endswith(english):
                paragraph.runs[-1].text = said
    if extra:
        document.add_paragraph(extra)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_filled_in_word_file_brings_what_its_ids_say_and_guesses_nothing(
    edition: Edition, editor: PersonaClient
) -> None:
    text = acts.begin("ar", edition, FACTS, editor.actor, NOW)
    content = filled_in(edition, {CLAUSE.id: WORDS}, extra="فقرة بلا هوية")
    answer = post(editor, f"{text.pk}/word/", file=SimpleUploadedFile("back.docx", content))
    html = answer.content.decode()
    assert "1 block was put in." in html
    assert "فقرة بلا هوية" in html
    assert texts.words_of(text) == {CLAUSE.id: WORDS}
    refused = post(editor, f"{text.pk}/word/", file=SimpleUploadedFile("back.docx", b"%PDF-1.7"))
    assert refused.status_code == 400
    assert "It is a PDF" in refused.content.decode() or "it is a PDF" in refused.content.decode()


def test_word_out_runs_right_to_left_says_what_it_is_and_comes_back_in(
    edition: Edition, editor: PersonaClient, coordinator: PersonaClient, tmp_path: Path
) -> None:
    confirmed(edition, editor, coordinator, {CLAUSE.id: WORDS, HEADING.id: TITLE})
    next_edition()
    member = persona_client(Capacity.MEMBER)
    answer = member.get("/en/protocol/v2/beside/ar.docx")
    assert answer["Content-Disposition"] == 'attachment; filename="protocol-v2-ar-unofficial.docx"'
    rows = {row.block.id: row.block for row in read_word(answer.content).after.blocks}
    assert (rows[CLAUSE.id].text, rows[CLAUSE.id].lang) == (WORDS, "ar")
    assert rows["4-a"].lang == "en"
    assert f"newer-{CLAUSE.id}" in rows
    assert f"newer-{HEADING.id}" not in rows
    said = [
        paragraph for paragraph in Document(io.BytesIO(answer.content)).paragraphs if WORDS in paragraph.text
    ]
    assert len(said) == 1
    assert (
        said[0]._p.pPr.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}bidi") is not None
    )

    out = tmp_path / "ar.docx"
    call_command("export_edition", "1", "--lang", "ar", "--out", str(out), stdout=io.StringIO())
    kept = selectors.edition_by_label(1)
    assert out.read_bytes() == member.get("/en/protocol/v1/beside/ar.docx").content != exports.word(kept)
    text = acts.begin("ar", edition, FACTS, editor.actor, NOW)
    html = post(
        editor, f"{text.pk}/word/", file=SimpleUploadedFile("ar.docx", out.read_bytes())
    ).content.decode()
    assert texts.words_of(text) == {CLAUSE.id: WORDS, HEADING.id: TITLE}
    assert "carry no id" not in html
    for arguments in (("--lang", "ckb"), ("--lang", "ar", "--format", "json")):
        with pytest.raises(CommandError) as trouble:
            call_command("export_edition", "1", *arguments, "--out", str(out))
        assert trouble.value.returncode == 2
