"""One job of the text in the browser, with real codes: read, cite, compare with what I endorsed, comment, close."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from audit.actors import system_actor
from protocol_pages.editions import consequence, drafting
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.models import Edition
from protocol_pages.reviews import services
from protocol_pages.reviews.models import ReviewComment, ReviewCycle
from tests.e2e import axe
from tests.e2e.test_endorse import sign_in
from tests.services.browser import follow
from tests.signatories.network import NOW, Network, endorse, found_network

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECOND = datetime(2026, 1, 20, 9, 0, tzinfo=UTC)
OPENED = datetime(2026, 1, 25, 9, 0, tzinfo=UTC)
WORDS = "Seven business days are given to answer."


@pytest.fixture
def network() -> Network:
    """Alpha endorsed edition 1; edition 2 is in force since; the review of 2026 runs on it."""
    call_command("adopt_protocol", verbosity=0)
    first = editions.editions()[0]
    founded = found_network()
    founded.member("alpha")
    endorse(founded, "alpha", first, NOW)
    second = _second(first, founded)
    services.open_cycle(2026, system_actor("run_due"), OPENED)
    assert ReviewCycle.objects.get().edition == second
    return founded


def _second(first: Edition, network: Network) -> Edition:
    keeper = replace(network.coordinator, verified_at=SECOND)
    text = [
        replace(block, text=f"{block.text} {WORDS}") if block.id == "7b-2" else block
        for block in editions.blocks_of(first)
    ]
    draft = drafting.begin(text, keeper, SECOND, base=first, summary="Longer answer time")

    def seal() -> str:
        return consequence.of(draft, False, editions.latest_edition(), SECOND).seal

    draft = drafting.propose(draft, "", "Longer answer time", seal(), keeper, SECOND)
    draft = drafting.open_review(draft, keeper, SECOND)
    record = drafting.Endorsement(
        "UNCT", SECOND.date(), "Minutes 7", "All", date(2026, 1, 20), no_document="Decided by correspondence"
    )
    return drafting.endorse(draft, record, seal(), keeper, SECOND)


@pytest.mark.rule("§8")
@pytest.mark.rule("D7")
def test_read_cite_compare_comment_and_close(
    new_page: Callable[..., Any], network: Network, tmp_path: Path
) -> None:
    focal_point = new_page()
    sign_in(focal_point, network, "alpha.first", "en")
    read_and_cite(focal_point)
    compare_since_endorsed(focal_point)
    comment(focal_point)
    keeper = new_page(phone=True)
    network.people["coordinator"] = network.coordinator_person
    sign_in(keeper, network, "coordinator", "en")
    close_the_review(keeper, tmp_path)


def read_and_cite(page: Any) -> None:
    """By its words to the clause, how the network does it, and the address that never breaks."""
    page.goto("/en/protocol/")
    assert page.locator("details.my-tasks").inner_text().startswith("My open tasks by clause")
    assert axe.faults(page) == []
    page.get_by_label("Find in the protocol").fill("senior management")
    follow(page, page.get_by_role("button", name="Find", exact=True))
    follow(page, page.get_by_role("link", name="§7B.2", exact=True))
    assert page.url.endswith("/en/protocol/v2/7b/2/")
    page.locator("details.duty summary").click()
    assert "within 5 business days each" in page.locator("details.duty").inner_text()
    page.locator("details.cite summary").click()
    cited = page.locator("details.cite code").inner_text()
    assert "§7B.2" in cited
    page.goto("/en/" + cited.rsplit("/en/", 1)[1])
    assert WORDS in page.locator("main").inner_text()


def compare_since_endorsed(page: Any) -> None:
    """From the own page of taking part to the words that came since."""
    page.goto("/en/take-part/")
    follow(page, page.locator("a[href*='/protocol/compare/']").first)
    assert page.url.endswith("/en/protocol/compare/v1..v2/")
    assert [text.strip() for text in page.locator("ins").all_inner_texts()] == [WORDS]
    assert "Added" in page.locator("[id='7b-2'] .visually-hidden").first.text_content()


def comment(page: Any) -> None:
    """On a clause, with today's words already there to be changed."""
    page.goto("/en/review/2026/")
    follow(page, page.locator("a[href$='/clause/7b-2/']"))
    assert WORDS in page.input_value("#id_proposed_text")
    follow(page, "main form button[type=submit]")
    assert page.locator("#error-summary a").count() == 2  # kind, comment
    page.check("input[name=kind][value=substance]")
    page.fill("#id_comment", "Seven days are too long for donors.")
    page.fill("#id_proposed_text", "Five business days are given to answer.")
    follow(page, "main form button[type=submit]")
    made = ReviewComment.objects.get()
    assert made.proposed_text == "Five business days are given to answer."
    page.goto("/en/review/2026/")
    assert page.locator(f"a[href$='{reverse('review-comment', args=[made.pk])[3:]}']").count() == 1


def close_the_review(page: Any, folder: Path) -> None:
    """No comment without a disposition, no end without who decided, when, and the minutes."""
    page.goto("/en/review/2026/close/")
    page.fill("#id_decided_by", "UNCT")
    page.fill("#id_decided_on", "25/1/2026")
    page.check("input[name=outcome][value=confirmed]")
    minutes = folder / "minutes.txt"
    minutes.write_text("They met.")
    page.set_input_files("#id_minutes", str(minutes))
    follow(page, "main form button[type=submit]")
    assert "File: send a PDF, a Word document" in page.inner_text("#error-summary")
    minutes = minutes.rename(folder / "minutes.pdf")
    minutes.write_bytes(b"%PDF-1.7 they met")
    page.set_input_files("#id_minutes", str(minutes))
    follow(page, "main form button[type=submit]")
    assert "Comments without a disposition are left." in page.inner_text("#error-summary")
    page.goto("/en/review/2026/")
    follow(page, page.locator("main a[href*='/review/comments/']").first)
    follow(page, page.locator("a[href$='/disposition/']"))
    page.check("input[name=disposition][value=not_accepted]")
    page.fill("#id_reason", "Organizations in the field need the time.")
    follow(page, "main form button[type=submit]")
    page.goto("/en/review/2026/close/")
    page.fill("#id_decided_by", "UNCT")
    page.fill("#id_decided_on", "25/1/2026")
    page.check("input[name=outcome][value=confirmed]")
    page.set_input_files("#id_minutes", str(minutes))
    assert axe.faults(page) == []
    follow(page, "main form button[type=submit]")
    assert page.url.endswith("/en/review/2026/")
    assert ReviewCycle.objects.get().state == "closed"
    link = page.get_by_role("link", name="minutes.pdf")
    with page.expect_download() as waited:
        link.click()
    assert Path(waited.value.path()).read_bytes() == b"%PDF-1.7 they met"
