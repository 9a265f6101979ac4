"""Where editions and the library meet another act, another day, or bad input."""

from __future__ import annotations

import pytest
import time_machine
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused
from protocol_pages.editions import drafting, services
from protocol_pages.editions.models import Edition, EditionDraft
from tests.personas import persona_client

from .test_life import COORDINATOR, LOADER, NOW, PROTOCOL, RECORD, changed, proposed, seal

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
