"""Where editions and the library meet another act, another day, or bad input."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions import drafting, life, selectors, services
from protocol_pages.editions.models import Edition, EditionDraft
from tests.personas import persona_client

from .test_life import COORDINATOR, LOADER, NOW, PROTOCOL, RECORD, changed, endorsed, proposed, seal

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)


@pytest.fixture
def draft(edition: Edition) -> EditionDraft:
    return drafting.begin(changed(edition), COORDINATOR, NOW, base=edition, summary="Longer answer time")


@pytest.mark.rule("D7")
def test_nobody_decides_on_other_words_than_were_shown(draft: EditionDraft) -> None:
    """While one keeper's form is open, another returns the draft and it comes back with other words."""
    first = seal(draft)
    drafting.write(draft, changed(draft.base, "Other words."), COORDINATOR, NOW)
    with pytest.raises(Refused, match="Read it again"):
        drafting.propose(draft, "", "Longer", first, COORDINATOR, NOW)
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    shown = seal(draft)
    drafting.send_back(draft, COORDINATOR, NOW, "A word")
    drafting.write(draft, changed(draft.base, "Words that nobody saw."), COORDINATOR, NOW)
    proposed(draft)
    drafting.open_review(draft, COORDINATOR, NOW)
    with pytest.raises(Refused, match="Read it again"):
        drafting.endorse(draft, RECORD, shown, COORDINATOR, NOW)
    assert drafting.endorse(draft, RECORD, seal(draft), COORDINATOR, NOW).label == "2"


def test_an_endorsement_that_would_be_refused_is_not_offered(edition: Edition, draft: EditionDraft) -> None:
    with time_machine.travel(NOW, tick=False):
        keeper = persona_client(Capacity.COORDINATOR)
        address = reverse("protocol-draft", args=[draft.pk])
        endorse = reverse("protocol-draft-endorse", args=[draft.pk])
        proposed(draft)
        html = keeper.get(address).content.decode()
        assert endorse not in html
        assert "A substantive edition goes through a review before it is endorsed." in html
        drafting.open_review(draft, COORDINATOR, NOW)
        assert endorse in keeper.get(address).content.decode()
        same = drafting.begin_from(edition, COORDINATOR, NOW)
        html = keeper.get(reverse("protocol-draft", args=[same.pk])).content.decode()
        assert "Text: it is the same, word for word." in html
        assert reverse("protocol-draft-propose", args=[same.pk]) not in html


SIGNS = "\u202eevil\u202c, zero\u200b width, soft\u00adhyphen, \ufeffmark, \u2066isolate\u2069, bell\x07, none\uffff"


@pytest.mark.rule("D1")
def test_signs_that_nobody_sees_do_not_come_into_a_text(edition: Edition, draft: EditionDraft) -> None:
    """They come along from web pages, and no Word file gives them back: the endorsement broke off on them."""
    drafting.write(draft, changed(edition, SIGNS), COORDINATOR, NOW)
    second = endorsed(draft)
    said = next(b.text for b in selectors.blocks_of(second) if "7B.2" in b.addresses)
    assert said.endswith("evil, zero width, softhyphen, mark, isolate, bell, none")


def test_signs_on_the_page_are_no_words_that_wait(edition: Edition, draft: EditionDraft) -> None:
    page = drafting.open_page(draft, COORDINATOR, NOW)
    newest = page.get_latest_revision_as_object()
    newest.body[0].value["text"] = "Another first\u200b line"
    newest.save_revision()
    endorsed(drafting.begin(changed(edition, "Other."), COORDINATOR, NOW, base=edition, summary="Other"))
    drafting.take_page(draft, COORDINATOR, NOW)
    assert (
        selectors.blocks_of_draft(drafting.take_in(draft, COORDINATOR, NOW))[0].text == "Another first line"
    )


@pytest.mark.rule("D1")
def test_a_text_that_no_word_file_holds_is_refused_with_its_block(
    draft: EditionDraft, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As drafts of before may hold such signs."""
    monkeypatch.setattr(life, "clean", lambda text: text)
    drafting.write(draft, changed(draft.base, "zero\u200b width"), COORDINATOR, NOW)
    with pytest.raises(Refused, match="no Word file gives back block 7b-2"):
        endorsed(draft)
    assert not Edition.objects.filter(number=2).exists()


def test_a_page_is_made_only_while_the_text_may_change(draft: EditionDraft) -> None:
    proposed(draft)
    with pytest.raises(Refused, match="only while it is a draft"):
        drafting.open_page(draft, COORDINATOR, NOW)
    with time_machine.travel(NOW, tick=False):
        answer = persona_client(Capacity.COORDINATOR).post(reverse("protocol-draft-page", args=[draft.pk]))
    assert "only while it is a draft" in answer.content.decode()
    assert answer.status_code in (403, 409)
