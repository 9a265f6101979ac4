"""Files of the library go out with the pages that show them: no page that opens, no file (W1, W4)."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.documents.models import Document

from protocol_pages.models import MeetingIndexPage, MeetingPage, NewsIndexPage, NewsPage
from tests.personas import PersonaClient, outsider_client
from tests.protocol_pages.library import world

pytestmark = [pytest.mark.django_db, pytest.mark.rule("W1")]


def status(client: PersonaClient, file: Document) -> int:
    return int(client.get(file.url).status_code)


def link(file: Document) -> str:
    return f'<p><a linktype="document" id="{file.pk}">The minutes</a></p>'


def test_a_file_of_a_page_that_opens_is_given_out(member: PersonaClient) -> None:
    shown, linked, minutes = world.word("a", "a.docx"), world.word("b", "b.docx"), world.word("c", "c.docx")
    world.resource("A tool", document=shown)
    world.meeting("A meeting", minutes_document=minutes, minutes=link(linked))
    for file in (shown, linked, minutes):
        assert status(member, file) == status(outsider_client(), file) == 200


@pytest.mark.parametrize("way", ["closed", "unpublished", "draft", "newer draft", "on no page"])
def test_a_file_of_nothing_that_opens_is_as_if_it_were_not(
    member: PersonaClient, editor: PersonaClient, way: str
) -> None:
    file = world.word("minutes of a closed meeting", "minutes.docx")
    if way == "draft":
        page: Any = MeetingPage(title="Soon", begins_at=world.WHEN, minutes_document=file, live=False)
        MeetingIndexPage.objects.get().add_child(instance=page)
        page.save_revision()
    elif way == "newer draft":
        news = NewsPage(title="News", body="<p>Words</p>")
        NewsIndexPage.objects.get().add_child(instance=news)
        news.save_revision().publish()
        news.body = link(file)
        news.save_revision()
    elif way != "on no page":
        page = world.meeting("A meeting", minutes=link(file), minutes_document=file)
        page.unpublish() if way == "unpublished" else world.close(page)
    gone = member.get(f"/documents/{file.pk + 1000}/minutes.docx")
    answer = member.get(file.url)
    assert (answer.status_code, gone.status_code) == (404, 404)
    assert b"minutes of" not in answer.content
    assert status(editor, file) == 200
