"""The life of an edition: drafts, D7's consequence before anybody decides, and a text that no route changes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Revision
from wagtail.snippets.models import get_snippet_models

from audit.actors import Actor, acting, system_actor
from audit.history import WrittenOnce
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.files.models import StoredFile
from intranet.files.store import LARGEST
from intranet.workflow import runner
from intranet.workflow.runner import Refused
from protocol_pages.editions import (
    blocks,
    consequence,
    deadlines,
    drafting,
    life,
    selectors,
    services,
)
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.canonical import canonical_text, fingerprint
from protocol_pages.editions.models import (
    DraftState,
    Edition,
    EditionBlock,
    EditionDraft,
    EditionFile,
)
from protocol_pages.editions.wordfile.read import read
from tests.personas import persona_client
from tests.signatories.doors import hidden

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 25)
LOADER = system_actor("adopt_protocol")
COORDINATOR = Actor(label="Layla Example", capacity="coordinator", verified_at=NOW)
EDITOR = Actor(label="Edna Example", capacity="content_editor", verified_at=NOW)
FOCAL_POINT = Actor(label="Omar Example", capacity="primary_focal_point", verified_at=NOW)
RECORD = drafting.Endorsement(
    "UNCT", TODAY, "Minutes 7", "All signatories", date(2026, 12, 1), no_document="Decided by correspondence"
)
MINUTES = ("minutes-7.pdf", b"%PDF-1.7 signed", "application/pdf")
PROTOCOL = blocks.read_protocol()


@pytest.fixture
def edition(db: None) -> Edition:
    return services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)


def changed(base: Edition, words: str = "within seven business days") -> list[Block]:
    """The base's text with other words in one block."""
    text = list(selectors.blocks_of(base))
    place = next(i for i, block in enumerate(text) if "7B.2" in block.addresses)
    text[place] = replace(text[place], text=f"{text[place].text} {words}")
    return text


def seal(draft: EditionDraft) -> str:
    return consequence.of(draft, bool(draft.minor_kind), selectors.latest_edition(), NOW).seal


def proposed(draft: EditionDraft, kind: str = "", at: datetime = NOW) -> EditionDraft:
    shown = consequence.of(draft, bool(kind), selectors.latest_edition(), NOW)
    return drafting.propose(draft, kind, "Longer answer time", shown.seal, COORDINATOR, at)


@pytest.fixture
def draft(edition: Edition) -> EditionDraft:
    return drafting.begin(changed(edition), COORDINATOR, NOW, base=edition, summary="Longer answer time")


def endorsed(draft: EditionDraft, record: drafting.Endorsement = RECORD) -> Edition:
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    return drafting.endorse(draft, record, seal(draft), COORDINATOR, NOW)


@pytest.mark.rule("§8")
def test_the_whole_life_of_an_edition(edition: Edition, draft: EditionDraft) -> None:
    assert (draft.label, draft.state) == ("2", DraftState.DRAFT)
    second = endorsed(draft)
    assert (second.label, second.scope, second.endorsed_by) == ("2", "All signatories", "UNCT")
    assert second.sha256 == fingerprint(canonical_text(changed(edition))) != edition.sha256
    assert selectors.edition_in_force(TODAY) == edition
    assert selectors.edition_in_force(date(2026, 12, 1)) == second
    every = selectors.editions()
    assert selectors.standing_on(second, every, TODAY) == DraftState.ENDORSED
    assert selectors.standing_on(edition, every, date(2026, 12, 1)) == DraftState.SUPERSEDED

    assert list(deadlines.note_life(NOW, dry_run=False)) == ["edition 1 is in force"]
    later = NOW + timedelta(days=6)
    assert list(deadlines.note_life(later, dry_run=True)) == [
        "edition 1 is superseded",
        "edition 2 is in force",
    ]
    list(deadlines.note_life(later, dry_run=False))
    assert list(deadlines.note_life(later, dry_run=False)) == []
    states = EditionDraft.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [DraftState.SUPERSEDED, DraftState.IN_FORCE]


@pytest.mark.rule("§8")
def test_nobody_puts_a_text_into_force_by_hand(edition: Edition) -> None:
    for action in ("take_effect", "supersede"):
        with pytest.raises(Refused) as refusal:
            runner.perform(edition.draft, action, COORDINATOR, NOW)
        assert refusal.value.code == "policy"
    assert EditionDraft.objects.get().state == DraftState.ENDORSED


@pytest.mark.rule("D7")
def test_a_substantive_text_is_not_endorsed_without_its_review(draft: EditionDraft) -> None:
    proposed(draft)
    with pytest.raises(Refused, match="goes through a review"):
        drafting.endorse(draft, RECORD, seal(draft), COORDINATOR, NOW)
    assert Edition.objects.count() == 1


@pytest.mark.rule("D7")
def test_a_typing_error_makes_a_minor_edition_without_a_review(edition: Edition, draft: EditionDraft) -> None:
    proposed(draft, "typing_error")
    minor = drafting.endorse(draft, RECORD, seal(draft), COORDINATOR, NOW)
    assert (minor.label, minor.minor_kind) == ("1.1", "typing_error")


@pytest.mark.rule("D7")
def test_nobody_decides_without_the_consequence_as_it_stands(
    draft: EditionDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = consequence.of(draft, False, selectors.latest_edition(), NOW).seal
    monkeypatch.setattr(consequence, "_counts", [lambda now: 4])
    shown = consequence.of(draft, False, selectors.latest_edition(), NOW)
    assert shown.lines[0] == "4 signatories are asked to endorse edition 2."
    assert "the endorsement that it gave before binds" in shown.lines[1]  # of whichever edition that was
    for stale in ("", old, consequence.of(draft, True, selectors.latest_edition(), NOW).seal):
        with pytest.raises(Refused, match="Read it again"):
            drafting.propose(draft, "", "Longer", stale, COORDINATOR, NOW)
    draft.refresh_from_db()
    assert draft.state == DraftState.DRAFT
    drafting.propose(draft, "", "Longer", shown.seal, COORDINATOR, NOW)
    drafting.open_review(draft, COORDINATOR, NOW)
    with pytest.raises(Refused, match="Read it again"):
        drafting.endorse(draft, RECORD, "", COORDINATOR, NOW)


@pytest.mark.rule("D3")
def test_a_text_without_a_caveat_says_what_follows_before_anybody_decides(
    edition: Edition, draft: EditionDraft
) -> None:
    assert not any("lacks a caveat" in line for line in consequence.of(draft, False, edition, NOW).lines)
    draft.blocks = [row for row in draft.blocks if row["id"] != "c2"]
    assert any("lacks a caveat" in line for line in consequence.of(draft, False, edition, NOW).lines)


@pytest.mark.rule("D7")
def test_a_draft_never_undoes_what_was_endorsed_meanwhile(edition: Edition, draft: EditionDraft) -> None:
    other = drafting.begin(changed(edition, "Other."), COORDINATOR, NOW, base=edition, summary="Other")
    second = endorsed(other)
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    with pytest.raises(Refused, match="changed since this draft was begun"):
        drafting.endorse(draft, replace(RECORD), seal(draft), COORDINATOR, NOW)
    drafting.send_back(draft, COORDINATOR, NOW, "Taking edition 2 in")
    drafting.write(draft, changed(second), COORDINATOR, NOW, base=second)
    assert endorsed(draft).label == "3"


@pytest.mark.rule("D7")
def test_what_was_endorsed_meanwhile_is_taken_into_the_draft(edition: Edition, draft: EditionDraft) -> None:
    """On the screen: the later edition's changes come in, the own stay, and what both changed is named."""
    page = drafting.open_page(draft, EDITOR, NOW)
    other = drafting.begin(selectors.blocks_of(edition), COORDINATOR, NOW, base=edition, summary="Other")
    text = [
        replace(b, text=f"{b.text} Other.") if b.id in ("5", "7b-2") else b for b in changed(edition, "x")
    ]
    drafting.write(other, text, COORDINATOR, NOW)
    url = reverse("protocol-draft-newer", args=[draft.pk])
    with time_machine.travel(NOW, tick=False):
        editor = persona_client(Capacity.CONTENT_EDITOR)
        assert editor.get(url).status_code == 404, "it starts from the latest text"
        second = endorsed(other)
        assert url in editor.get(reverse("protocol-draft", args=[draft.pk])).content.decode()
        shown = editor.get(url).content.decode()
        assert "Edition 2 was endorsed since" in shown
        assert "look at them: §7B.2" in shown
        assert persona_client(Capacity.MEMBER).get(url).status_code == 403
        assert editor.post(url, {"submission_key": str(uuid4())}).status_code == 302
        late = editor.post(url, {"submission_key": str(uuid4())}).content.decode()
        assert "starts from the latest text already" in late
    draft.refresh_from_db()
    after = {block.id: block.text for block in selectors.blocks_of_draft(draft)}
    assert (draft.base, draft.label) == (second, "3")
    assert after["5"].endswith(" Other.")
    assert after["7b-2"].endswith("within seven business days")
    assert len(after) == len(selectors.blocks_of(second))
    page.refresh_from_db()
    stands = {
        child.value["block_id"]: child.value["text"] for child in page.get_latest_revision_as_object().body
    }
    assert stands == after, "a page of before would undo it"
    assert endorsed(draft).label == "3"


@pytest.mark.rule("D7")
def test_words_on_the_page_are_not_lost_when_another_edition_is_taken_in(
    edition: Edition, draft: EditionDraft
) -> None:
    page = drafting.open_page(draft, EDITOR, NOW)
    newest = page.get_latest_revision_as_object()
    newest.body[0].value["text"] = "Another first line"
    newest.save_revision()
    endorsed(drafting.begin(changed(edition, "Other."), COORDINATOR, NOW, base=edition, summary="Other"))
    with pytest.raises(Refused, match="Take them in first"):
        drafting.take_in(draft, EDITOR, NOW)
    drafting.take_page(draft, EDITOR, NOW)
    assert selectors.blocks_of_draft(drafting.take_in(draft, EDITOR, NOW))[0].text == "Another first line"


@pytest.mark.rule("D10")
def test_what_was_written_before_the_review_stays_with_those_who_draft(draft: EditionDraft) -> None:
    secret = changed(draft.base, "Nobody shall read this.")
    drafting.write(draft, secret, COORDINATOR, NOW)
    drafting.write(draft, changed(draft.base), COORDINATOR, NOW)
    proposed(draft)
    drafting.send_back(draft, COORDINATOR, NOW, "The office objects to a word")
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    with time_machine.travel(NOW, tick=False):
        address = reverse("history", args=["editiondraft", draft.pk])
        versions = reverse("history-versions", args=["editiondraft", draft.pk])
        for capacity, seen in ((Capacity.MEMBER, False), (Capacity.CONTENT_EDITOR, True)):
            client = persona_client(capacity)
            told = client.get(f"{address}?what=all").content.decode()
            assert ("The office objects" in told) is seen
            assert "Open its review" in told
            pair = client.get(f"{versions}?old=1&new=2&everything=1")
            assert ("Nobody shall read this." in told + pair.content.decode()) is seen
            whole = client.get(f"{versions}?everything=1").content.decode()
            assert "within seven business days" in whole


@pytest.mark.rule("D2")
def test_labels_without_a_page_get_into_no_draft(edition: Edition, draft: EditionDraft) -> None:
    """Frozen with an edition, they would break every page of it for ever."""
    for change, words in (({"addresses": ("4.a-bis",)}, "no page can have it"), ({"id": "a/b"}, "stable id")):
        text = changed(edition)
        with pytest.raises(Refused, match=words):
            drafting.write(draft, [*text[:9], replace(text[9], **change), *text[10:]], EDITOR, NOW)
    assert Event.objects.filter(action="edition_draft.write", outcome="refused").count() == 2


def test_an_endorsement_is_recorded_whole_or_not(draft: EditionDraft) -> None:
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    changes: list[tuple[dict[str, Any], str]] = [
        ({"endorsed_by": " "}, "name the body"),
        ({"scope": ""}, "for whom"),
        ({"endorsed_on": date(2026, 11, 26)}, "in the future"),
        ({"effective_from": date(2026, 11, 24)}, "before it was endorsed"),
    ]
    for change, words in changes:
        with pytest.raises(Refused, match=words):
            drafting.endorse(draft, replace(RECORD, **change), seal(draft), COORDINATOR, NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.endorsed_by, Edition.objects.count()) == (DraftState.IN_REVIEW, "", 1)


@pytest.mark.rule("D11")
def test_endorsing_asks_for_a_fresh_code(draft: EditionDraft) -> None:
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    with pytest.raises(Refused) as refusal:
        drafting.endorse(draft, RECORD, seal(draft), replace(COORDINATOR, verified_at=None), NOW)
    assert refusal.value.code == "step_up"


def test_the_same_text_is_not_proposed(edition: Edition) -> None:
    draft = drafting.begin_from(edition, EDITOR, NOW)
    with pytest.raises(Refused, match="word for word"):
        proposed(draft)


def test_an_editor_writes_and_decides_nothing(edition: Edition) -> None:
    draft = drafting.begin(changed(edition), EDITOR, NOW, base=edition, summary="Longer")
    drafting.write(draft, changed(edition, "again"), EDITOR, NOW)
    with pytest.raises(Refused) as refusal:
        drafting.propose(draft, "", "Longer", seal(draft), EDITOR, NOW)
    assert refusal.value.code == "policy"
    with pytest.raises(Refused):
        drafting.begin(changed(edition), FOCAL_POINT, NOW, base=edition, summary="Mine")
    assert EditionDraft.objects.count() == 2


@pytest.mark.rule("§8")
def test_the_page_is_a_workshop_and_gives_its_blocks_back(draft: EditionDraft) -> None:
    page = drafting.open_page(draft, EDITOR, NOW)
    assert drafting.open_page(draft, EDITOR, NOW) == page
    assert not page.live
    before = selectors.blocks_of_draft(draft)
    newest = page.get_latest_revision_as_object()
    newest.body[0].value["text"] = "Another first line"
    newest.save_revision()
    draft.refresh_from_db()
    assert selectors.blocks_of_draft(draft) == before
    drafting.take_page(draft, EDITOR, NOW)
    draft.refresh_from_db()
    after = selectors.blocks_of_draft(draft)
    assert after[0] == replace(before[0], text="Another first line")
    assert after[1:] == before[1:]


@pytest.mark.rule("D16")
def test_the_page_of_a_draft_is_published_deleted_or_copied_by_nobody(draft: EditionDraft) -> None:
    page = drafting.open_page(draft, EDITOR, NOW)
    editor = persona_client(Capacity.CONTENT_EDITOR)
    with time_machine.travel(NOW, tick=False):
        shown = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'name="action-publish"' not in shown
        for name in ("delete", "copy", "move", "unpublish", "view_draft"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            assert editor.get(address).status_code in (302, 403), name
            assert editor.post(address).status_code in (302, 403, 405), name
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert (page.live, EditionDraft.objects.filter(page=page).count()) == (False, 1)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.sampled_from(["propose", "review", "back", "discard", "write", "endorse"]), max_size=7)
)
def test_no_history_of_acts_freezes_a_text_that_was_not_reviewed(edition: Edition, acts: list[str]) -> None:
    """Random lives: an edition appears only by an endorsement out of a review, with exactly the draft's text."""
    with transaction.atomic():
        draft = drafting.begin(changed(edition), COORDINATOR, NOW, base=edition, summary="Longer")
        steps: dict[str, Callable[[], Any]] = {
            "propose": lambda: proposed(draft),
            "review": lambda: drafting.open_review(draft, COORDINATOR, NOW),
            "back": lambda: drafting.send_back(draft, COORDINATOR, NOW, "Again"),
            "discard": lambda: drafting.discard(draft, COORDINATOR, NOW, "Not now"),
            "write": lambda: drafting.write(draft, changed(edition, "once more"), COORDINATOR, NOW),
            "endorse": lambda: drafting.endorse(draft, RECORD, seal(draft), COORDINATOR, NOW),
        }
        for act in acts:
            draft.refresh_from_db()
            before = draft.state
            try:
                steps[act]()
            except Refused:
                continue
            assert act != "endorse" or before == DraftState.IN_REVIEW
        draft.refresh_from_db()
        frozen = Edition.objects.filter(draft=draft).first()
        assert (frozen is not None) == (draft.state == DraftState.ENDORSED)
        assert frozen is None or frozen.sha256 == life.sha256_of(draft)
        transaction.set_rollback(True)


# Frozen: routes of change


def _facts(edition: Edition) -> tuple[Any, ...]:
    stored = Edition.objects.get(pk=edition.pk)
    rows = [row.as_block() for row in EditionBlock.objects.filter(edition=stored)]
    kept = EditionFile.objects.get(edition=stored)
    assert fingerprint(canonical_text(rows)) == stored.sha256
    assert hashlib.sha256(bytes(kept.data)).hexdigest() == kept.sha256
    return stored.title, stored.canonical_text, stored.sha256, stored.effective_from, rows, bytes(kept.data)


def _sql(statement: str) -> Callable[[Edition], None]:
    def run(edition: Edition) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def _save(edition: Edition) -> None:
    edition.title = "Other"
    with acting(COORDINATOR):
        edition.save()


def _save_block(edition: Edition) -> None:
    row = edition.block_rows.first()
    row.text = "Other"
    with acting(COORDINATOR):
        row.save()


def _save_file(edition: Edition) -> None:
    kept = edition.word_file
    kept.data = b"Other"
    with acting(COORDINATOR):
        kept.save()


def _upsert(edition: Edition) -> None:
    row = edition.block_rows.first()
    row.text = "Other"
    EditionBlock.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=["text"]
    )


REFUSED: dict[str, tuple[type[Exception], Callable[[Edition], Any]]] = {
    "save of the edition": (WrittenOnce, _save),
    "save of a block": (WrittenOnce, _save_block),
    "save of the Word file": (WrittenOnce, _save_file),
    "delete": (WrittenOnce, lambda edition: edition.delete()),
    "queryset update": (WrittenOnce, lambda e: EditionBlock.objects.filter(edition=e).update(text="Other")),
    "queryset delete": (WrittenOnce, lambda e: EditionFile.objects.filter(edition=e).delete()),
    "bulk update": (WrittenOnce, lambda e: Edition.objects.bulk_update([e], ["title"])),
    "upsert of rows": (DatabaseError, _upsert),
    "SQL update of the text": (DatabaseError, _sql("UPDATE editions_edition SET canonical_text = 'Other'")),
    "SQL update of the bytes": (DatabaseError, _sql("UPDATE editions_editionfile SET data = 'x'::bytea")),
    "SQL delete of a block": (DatabaseError, _sql("DELETE FROM editions_editionblock")),
    "SQL truncate": (DatabaseError, _sql("TRUNCATE editions_editionfile")),
    "switching the trigger off": (
        DatabaseError,
        _sql("ALTER TABLE editions_edition DISABLE TRIGGER audit_append_only"),
    ),
    "replication role": (DatabaseError, _sql("SET session_replication_role = replica")),
    "SQL update of the history": (DatabaseError, _sql("UPDATE editions_historicaledition SET title = 'x'")),
    "another text under its number": (
        CommandError,
        lambda edition: _adopt_another(),
    ),
    "writing into the endorsed draft": (
        Refused,
        lambda e: drafting.write(e.draft, changed(e), COORDINATOR, NOW),
    ),
    "adopting the draft again": (Refused, lambda edition: services.adopt(edition.draft, LOADER, NOW)),
    "returning the endorsed draft": (
        Refused,
        lambda edition: drafting.send_back(edition.draft, COORDINATOR, NOW, "Undo"),
    ),
    "discarding the endorsed draft": (
        Refused,
        lambda edition: drafting.discard(edition.draft, COORDINATOR, NOW, "Undo"),
    ),
}


def _adopt_another() -> None:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "other.json"
        words = blocks.DATA_FILE.read_text(encoding="utf-8").replace("5 business days", "3 business days")
        path.write_text(words, encoding="utf-8")
        call_command("adopt_protocol", file=path, stdout=io.StringIO())


@pytest.mark.rule("D14")
def test_a_frozen_edition_resists_every_route_of_change(edition: Edition) -> None:
    before = _facts(edition)
    assert len(REFUSED) >= 12
    for route, (refusal, attempt) in REFUSED.items():
        with pytest.raises(refusal), transaction.atomic():
            attempt(Edition.objects.get(pk=edition.pk))
        assert _facts(edition) == before, route


@pytest.mark.rule("D14")
def test_what_happens_to_page_and_draft_later_harms_no_edition(draft: EditionDraft) -> None:
    """Purging and editing revisions, publishing and rewriting the page, even a raw change of the draft's row."""
    page = drafting.open_page(draft, EDITOR, NOW)
    for words in ("one", "two"):
        page.body[0].value["text"] = words
        page.save_revision()
    second = endorsed(draft)
    before = _facts(second)
    call_command("purge_revisions", verbosity=0)
    assert Revision.objects.for_instance(page).count() < 3
    page.body = []
    page.save_revision().publish()
    page.unpublish()
    draft.refresh_from_db()
    draft.blocks, draft.title = [], "Other"
    with acting(COORDINATOR):
        draft.save()
    assert _facts(second) == before
    assert selectors.edition_in_force(second.effective_from).title == second.title


@pytest.mark.rule("D16")
def test_no_admin_offers_an_edition(edition: Edition) -> None:
    for model in (Edition, EditionBlock, EditionFile, EditionDraft):
        assert model not in admin.site._registry
        assert model not in get_snippet_models()
    assert apps.get_app_config("editions").get_model("EditionFile") is EditionFile


@pytest.mark.rule("D1")
def test_the_frozen_word_file_is_the_text_and_the_same_bytes_for_ever(edition: Edition) -> None:
    client = persona_client(Capacity.MEMBER)
    url = reverse("protocol-frozen-word", args=[edition.slug])
    first, again = client.get(url), client.get(url)
    assert first.content == again.content
    assert first["X-Content-SHA256"] == hashlib.sha256(first.content).hexdigest()
    assert canonical_text(read(first.content).after.text) == edition.canonical_text
    assert Client().get(url).status_code == 302


def test_an_edition_of_before_gets_its_word_file_once(edition: Edition, monkeypatch: Any) -> None:
    from protocol_pages.editions import adoption

    monkeypatch.setattr(adoption, "keep_word_file", lambda edition, now: None)
    draft = drafting.begin(changed(edition), COORDINATOR, NOW, base=edition, summary="Longer")
    second = endorsed(draft)
    monkeypatch.undo()
    assert persona_client(Capacity.MEMBER).get(f"/en/protocol/{second.slug}/frozen.docx").status_code == 404
    assert list(deadlines.freeze_word_files(NOW, dry_run=True)) == ["the Word file of edition 2 is frozen"]
    list(deadlines.freeze_word_files(NOW, dry_run=False))
    assert list(deadlines.freeze_word_files(NOW, dry_run=False)) == []
    assert canonical_text(read(bytes(second.word_file.data)).after.text) == second.canonical_text


# The signed document


@pytest.mark.rule("§8")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"no_document": " "}, "add the file, or write why there is none"),
        ({"file": MINUTES}, "leave it empty"),
        (
            {"file": ("minutes.png", b"\x89PNG\r\n\x1a\n", "image/png"), "no_document": ""},
            "send a PDF or a Word",
        ),
    ],
)
def test_an_endorsement_has_its_document_or_a_reason(
    draft: EditionDraft, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        endorsed(draft, replace(RECORD, **given))
    assert (Edition.objects.count(), StoredFile.objects.count()) == (1, 0)


@pytest.mark.rule("§8")
def test_the_signed_document_is_read_by_every_member_and_stays_with_the_text(draft: EditionDraft) -> None:
    with time_machine.travel(NOW, tick=False):
        keeper, member = persona_client(Capacity.COORDINATOR), persona_client(Capacity.MEMBER)
        proposed(draft, "typing_error")
        url = reverse("protocol-draft-endorse", args=[draft.pk])
        record = {
            "endorsed_by": "UNCT",
            "endorsed_on": "25/11/2026",
            "document_ref": "Minutes 7",
            "scope": "All signatories",
            "effective_from": "1/12/2026",
            "seal": keeper.get(url).context["form"].initial["seal"],
        }
        for name, content, sentence in (
            ("minutes.png", b"\x89PNG\r\n\x1a\n", "File: send a PDF or a Word document (.docx)."),
            ("minutes.pdf", b"MZ program", "its content is not what its name says"),
            ("minutes.pdf", b"%PDF-" + bytes(LARGEST), "larger than 10 MB"),
            ("minutes.docx", b"PK\x03\x04 no archive", "damaged or not a Word document"),
        ):
            sent = keeper.post(url, record | {"file": SimpleUploadedFile(name, content)})
            assert sentence in sent.content.decode(), name
        assert (Edition.objects.count(), StoredFile.objects.count()) == (1, 0)
        sent = keeper.post(url, record | {"file": SimpleUploadedFile(MINUTES[0], MINUTES[1])})
        assert sent.status_code == 302
        stored = StoredFile.objects.get()
        address = reverse("file", args=[stored.pk])
        page = member.get(reverse("protocol-draft", args=[draft.pk])).content.decode()
        assert address in page
        assert "minutes-7.pdf" in page
        assert address in member.get(reverse("protocol-editions")).content.decode()
        answer = member.get(address)
        assert (answer.status_code, answer.content) == (200, MINUTES[1])
    minor = Edition.objects.get(minor=1)
    assert (minor.document, minor.no_document) == (stored, "")
    event = Event.objects.get(action="edition_draft.endorse", outcome="done")
    assert event.data["document"] == stored.sha256
    annex = services.adopt_annex(["Agency"], date(2027, 1, 1), LOADER, NOW)
    assert annex.document == stored, "a new annex rests on the same endorsement"


# Doors


def test_the_screens_lead_through_a_life(edition: Edition) -> None:
    with time_machine.travel(NOW, tick=False):
        keeper, member = persona_client(Capacity.COORDINATOR), persona_client(Capacity.MEMBER)
        begin = hidden(keeper.get(reverse("protocol-editions")))
        for _twice in (1, 2):
            keeper.post(reverse("protocol-draft-begin"), begin)
        draft = EditionDraft.objects.get(state="draft")
        address = reverse("protocol-draft", args=[draft.pk])
        assert member.get(address).status_code == 404
        drafting.write(draft, changed(edition), COORDINATOR, NOW)
        shown = keeper.get(reverse("protocol-draft-propose", args=[draft.pk]))
        text = shown.content.decode()
        assert "Nobody is asked to endorse again." in text
        assert "asked to endorse edition 2" in text
        fields = {name: shown.context["form"].initial[name] for name in ("seal_minor", "seal_substantive")}
        sent = {"minor_kind": "", "summary": "Longer answer time"} | fields
        url = reverse("protocol-draft-propose", args=[draft.pk])
        assert keeper.post(url, sent | {"summary": ""}).status_code == 200
        assert keeper.post(url, sent).status_code == 302
        review = reverse("protocol-draft-review", args=[draft.pk])
        assert keeper.post(review, {"submission_key": str(uuid4())}).status_code == 302
        assert "Longer answer time" in member.get(address).content.decode()
        assert member.get(reverse("protocol-draft-endorse", args=[draft.pk])).status_code == 403
        endorse = reverse("protocol-draft-endorse", args=[draft.pk])
        asked = keeper.get(endorse)
        record = {
            "endorsed_by": "UNCT",
            "endorsed_on": "25/11/2026",
            "document_ref": "Minutes 7",
            "scope": "All signatories",
            "effective_from": "1/12/2026",
            "no_document": "Decided by correspondence",
        }
        stale = keeper.post(endorse, record | {"seal": "stale"})
        assert "Read it again" in stale.content.decode()
        assert asked.context["form"].initial["seal"] in stale.content.decode()
        assert (
            keeper.post(endorse, record | {"seal": asked.context["form"].initial["seal"]}).status_code == 302
        )
        listed = member.get(reverse("protocol-editions")).content.decode()
        assert "Edition 2" in listed
        assert "Minutes 7" in listed
    assert Event.objects.filter(action="edition_draft.endorse", outcome="done").count() == 1


def test_the_list_of_editions_stays_flat(edition: Edition, django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        drafting.begin(changed(edition, str(number)), EDITOR, NOW, base=edition, summary="One more")
        services.adopt_annex([f"Agency {number}"], date(2022, 2, 1), LOADER, NOW)
    keeper = persona_client(Capacity.COORDINATOR)
    keeper.get(reverse("protocol-editions"))
    with django_assert_max_num_queries(12):
        assert keeper.get(reverse("protocol-editions")).status_code == 200
