"""The reader: addresses that never break, footnotes in place, search, weight, review line, speed habits."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from audit import ledger
from audit.actors import Actor, system_actor
from intranet.access.roles import Capacity
from intranet.clock import due
from intranet.workflow.registry import governed_objects
from protocol_pages.editions import blocks, frame, practice, reader, selectors, services, under, views
from protocol_pages.editions.blocks import Block
from protocol_pages.editions.models import Edition
from tests.personas import PersonaClient, give, persona_client

NOW = datetime(2026, 2, 3, 8, 0, tzinfo=UTC)
LOADER = system_actor("adopt_protocol")
PROTOCOL = blocks.read_protocol()


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "now", lambda: NOW)
    cache.clear()


@pytest.fixture
def edition(db: None) -> Edition:
    return services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)


@pytest.fixture
def member(edition: Edition) -> PersonaClient:
    return persona_client(Capacity.MEMBER)


class Words(HTMLParser):
    """The words of a page's governed blocks, and counts of elements, ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.ids: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        found = dict(attrs)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if "href" in found else []
        self.inline += [f"{tag} {name}" for name in found if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag in ("script", "style") and "src" not in found else []


def read(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def parsed(html: str) -> Words:
    words = Words()
    words.feed(html)
    return words


def plain(html: str) -> str:
    """The page's text with footnote links as [n], white space collapsed."""
    marked = re.sub(r'<sup class="fn"><a[^>]*>(\d)</a></sup>', r"[\1]", html)
    text = re.sub(r"<[^>]+>", "", marked)
    for code, sign in (("&#x27;", "'"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(code, sign)
    return " ".join(text.split())


def test_every_block_stands_on_the_page_word_for_word(member: PersonaClient) -> None:
    page = plain(read(member, "/en/protocol/"))
    for block in PROTOCOL.blocks:
        assert block.text in page, block.id


def test_page_is_light_without_script_and_every_anchor_exists(member: PersonaClient) -> None:
    html = read(member, "/en/protocol/")
    page = parsed(html)
    assert len(html.encode()) <= 110_000
    assert page.count <= 2500
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        if link.startswith("#"):
            assert link[1:] in page.ids, link


def test_contents_lists_all_nine_sections(member: PersonaClient) -> None:
    html = read(member, "/en/protocol/")
    contents = html[html.index('class="toc"') : html.index('class="governed"')]
    numbers = re.findall(r'<a href="#[^"]+">([0-9AB])\.', contents)
    assert numbers == ["1", "2", "3", "4", "5", "6", "7", "A", "B", "8", "9"]
    assert "(without a title in the document)" in contents


@pytest.mark.rule("D6")
def test_review_line_says_not_recorded_for_each_year(member: PersonaClient) -> None:
    page = plain(read(member, "/en/protocol/"))
    assert (
        "Review due each 31 January. Not recorded: 2023, 2024, 2025, 2026. Next review due 31 January 2027."
        in page
    )
    assert "overdue" not in page.casefold()


def test_endorsement_and_dates_are_shown(member: PersonaClient) -> None:
    page = plain(read(member, "/en/protocol/v1/"))
    assert "Edition 1, in force since 31 January 2022. Endorsed by the UNCT on 31 January 2022." in page


@pytest.mark.parametrize("path", ["v1/7b/3", "v1/9/b", "v1/c3", "v1/7b/0/iv", "v1/fn5", "v1/7b"])
def test_fixed_clause_addresses(member: PersonaClient, edition: Edition, path: str) -> None:
    page = plain(read(member, f"/en/protocol/{path}/"))
    assert selectors.clause(edition, path.removeprefix("v1/")).text in page


def test_every_address_has_a_page_and_a_short_link(member: PersonaClient) -> None:
    for block in PROTOCOL.blocks:
        for address in block.addresses:
            path = reader.address_path(address)
            assert member.get(f"/en/protocol/v1/{path}/").status_code == 200, address
            response = member.get(f"/en/c/{address.lower()}")
            assert (response.status_code, response["Location"]) == (302, f"/en/protocol/v1/{path}/"), address


def test_short_link_works_without_language(member: PersonaClient) -> None:
    response = member.get("/c/7b.3", follow=True)
    assert response.redirect_chain[-1][0] == "/en/protocol/v1/7b/3/"


def test_current_clause_leads_to_the_edition_in_force_and_the_fixed_one_stays(
    member: PersonaClient, edition: Edition
) -> None:
    changed = [
        replace(block, text=block.text.replace("5 business days", "7 business days"))
        for block in PROTOCOL.blocks
    ]
    second = replace(PROTOCOL, number=2, effective_from=date(2026, 2, 1), blocks=tuple(changed))
    services.adopt(services.bring_in(second, LOADER, NOW), LOADER, NOW)
    assert member.get("/en/protocol/7b/2/")["Location"] == "/en/protocol/v2/7b/2/"
    assert "5 business days" in read(member, "/en/protocol/v1/7b/2/")
    assert "7 business days" in read(member, "/en/protocol/v2/7b/2/")
    assert "7 business days" in read(member, "/en/protocol/")
    then = read(member, "/en/protocol/on/2025-06-01/")
    assert "5 business days" in then
    assert "7 business days" not in then


@pytest.mark.parametrize(
    "path", ["v2/", "v1/7b/99/", "7b/99/", "on/2022-01-30/", "on/2025-02-30/", "v0/", "v1.1/", "v2.txt"]
)
def test_what_does_not_exist_is_404(member: PersonaClient, path: str) -> None:
    read(member, f"/en/protocol/{path}", 404)


def test_before_the_first_edition_the_page_says_so(member: PersonaClient) -> None:
    page = plain(read(member, "/en/protocol/on/2022-01-30/", 404))
    assert "No edition was in force on 30 January 2022." in page


@pytest.mark.django_db
def test_fresh_installation_says_that_nothing_is_adopted() -> None:
    page = plain(read(persona_client(Capacity.MEMBER), "/en/protocol/"))
    assert "No edition has been adopted here yet." in page


@pytest.mark.rule("D1")
def test_plain_text_is_what_the_fingerprint_is_made_of(member: PersonaClient, edition: Edition) -> None:
    response = member.get("/en/protocol/v1.txt")
    assert response.content == edition.canonical_text.encode()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["ETag"] == f'"{edition.sha256}"'
    again = member.get("/en/protocol/v1.txt", headers={"If-None-Match": f'"{edition.sha256}"'})
    assert (again.status_code, again.content) == (304, b"")


def test_search_inside_needs_no_script(member: PersonaClient) -> None:
    html = read(member, "/en/protocol/?q=Senior MANAGEMENT")
    page = plain(html)
    assert "1 clause found" in page
    assert selectors.clause(selectors.edition_by_label(1), "7B.2").text in page
    assert "<mark>" in html
    assert "1 clause found" in plain(read(member, "/en/protocol/?q=7B.6"))
    nothing = plain(read(member, "/en/protocol/?q=unicorn"))
    assert "0 clauses found" in nothing
    assert "Try one word" in nothing


def test_search_input_is_data_never_markup(member: PersonaClient) -> None:
    html = read(member, "/en/protocol/", 200)
    hostile = member.get("/en/protocol/", {"q": '"><script>x</script>' + "z" * 5000}).content.decode()
    assert "<script>x" not in hostile
    assert len(hostile) < len(html)
    assert "<mark>&lt;" not in hostile


def test_footnotes_stand_in_place(member: PersonaClient) -> None:
    html = read(member, "/en/protocol/")
    block = html[html.index('id="9-i"') :]
    assert block.index('href="#fn5"') < block.index('id="fn5"') < block.index('id="end"')


def test_protocol_stays_left_to_right_english_on_an_arabic_page(member: PersonaClient) -> None:
    html = read(member, "/ar/protocol/")
    assert '<html lang="ar" dir="rtl"' in html
    assert 'lang="en" dir="ltr">The PSEA Coordinator will remove' in html
    assert html.count('<div dir="ltr" class="block') > 40
    assert "2022" in html
    assert "كانون الثاني/يناير" in html


@pytest.mark.rule("D8")
def test_notes_of_practice_are_labelled_and_linked_only_for_those_who_may(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = practice.Note(
        "7B.1", "One act for all <b>organizations</b>.", "home", "The board", frozenset({Capacity.OFFICE})
    )
    monkeypatch.setattr(practice, "_notes", [note])
    office = read(persona_client(Capacity.OFFICE), "/en/protocol/v1/")
    member = read(persona_client(Capacity.MEMBER), "/en/protocol/v1/")
    for html in (office, member):
        assert "One act for all &lt;b&gt;organizations" in html
        assert "Network practice, not protocol text." in html
    assert "The board" in office
    assert "The board" not in member


def test_every_block_in_force_says_how_the_network_does_it(edition: Edition) -> None:
    """A written note with who and by when wherever the code acts; else one honest sentence (issue 4, 5)."""
    unsaid = under.silence(Block("new", "paragraph", 0, "", "", (), "en", "New words"))
    acting_on = {
        under.address_of(row.rule)
        for governed in governed_objects()
        for row in (governed.machine.transitions if governed.machine else ())
    }
    for block in selectors.blocks_of(edition):
        found = under.of(block, Capacity.COORDINATOR)
        assert bool(found.silence) is not bool(found.duties), block.id
        assert found.silence != unsaid, block.id
        assert all(duty.who and duty.when for duty in found.duties), block.id
        if acting_on & set(map(blocks.normal_address, block.addresses)):
            assert found.duties, block.id
            assert found.acts, block.id


def test_under_a_block_stand_acts_and_pages_of_its_clause(edition: Edition) -> None:
    by_address = {address: block for block in selectors.blocks_of(edition) for address in block.addresses}
    with translation.override("en"):
        review = under.of(by_address["8"], Capacity.COORDINATOR)
        assert "Record the decision and close the review" in review.acts
        assert review.watched
        report = under.of(by_address["6.1"], Capacity.PRIMARY_FOCAL_POINT)
        assert report.duties[0].link == "My organization's reports"
        released = under.of(by_address["7B.7"], Capacity.OFFICE)
        assert [name for _, name in released.screens] == ["Receiving parties"]
        outside = under.of(by_address["9.c"], Capacity.COORDINATOR)
        assert "outside this site" in outside.silence


def test_only_the_text_in_force_asks_anybody_for_anything(member: PersonaClient, edition: Edition) -> None:
    services.adopt_annex(["Agency"], date(2026, 1, 1), LOADER, NOW)
    earlier, today = read(member, "/en/protocol/v1/"), read(member, "/en/protocol/v1.1/")
    assert 'class="duty"' in today
    assert 'class="duty"' not in earlier
    assert "my-tasks" not in earlier
    assert 'class="duty"' not in read(member, "/en/protocol/v1/?q=survivor")
    assert 'class="duty"' in read(member, "/en/protocol/v1.1/7b/2/")


def test_my_open_tasks_stand_by_clause_outside_the_shared_body(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    asked: list[str] = []
    rows = [
        due.DueRow(f"Task {n} of {{who}}", f"/en/task/{n}/", why, None, "open", due.Standing.OPEN, "Do it")
        for n, why in enumerate(["§9.i fn5", "§7B.2", *["§6.1"] * 7, "§7B", "D17", "practice"])
    ]

    def mine(actor: Actor, at: datetime) -> list[due.DueRow]:
        asked.append(actor.label)
        return [replace(row, what=str(row.what).format(who=actor.label)) for row in rows]

    monkeypatch.setattr(due, "due_rows", mine)
    first = persona_client(Capacity.PRIMARY_FOCAL_POINT, first_name="Amal", last_name="Example")
    second = persona_client(Capacity.PRIMARY_FOCAL_POINT, first_name="Basma", last_name="Example")
    html = read(first, "/en/protocol/")
    tasks, body = html.split('<div class="reader">')
    assert re.findall(r'<a href="#[^"]+"><bdi>(§[^<]+)', tasks) == ["§6.1", "§7B", "§7B.2", "§9.i"]
    assert 'href="#7b-2"' in tasks
    assert tasks.count("/en/task/") == 5 + 3
    assert "2 more" in tasks
    assert "Task" not in body
    assert "D17" not in tasks
    assert "Basma" in read(second, "/en/protocol/")
    with django_assert_max_num_queries(10):
        read(first, "/en/protocol/")
    assert asked == ["Amal Example", "Basma Example"]
    ledger.record(now=NOW, actor=LOADER, action="month.send")
    assert "Amal" in read(first, "/en/protocol/")
    assert asked[2:] == ["Amal Example"]
    rows.clear()
    ledger.record(now=NOW, actor=LOADER, action="month.send")
    assert "Nothing is due from you under any clause" in read(first, "/en/protocol/")


def test_body_is_rendered_once_for_each_language_and_capacity(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[tuple[str, str]] = []
    real: Callable[..., Any] = reader._render_body
    monkeypatch.setattr(
        reader, "_render_body", lambda e, c, *rest: rendered.append((e.label, c)) or real(e, c, *rest)
    )
    one, two = persona_client(Capacity.MEMBER), persona_client(Capacity.MEMBER)
    office = persona_client(Capacity.OFFICE)
    for client in (one, two, one):
        read(client, "/en/protocol/")
    assert rendered == [("1", "member")]
    read(office, "/en/protocol/")
    read(one, "/ar/protocol/")
    assert rendered == [("1", "member"), ("1", "office"), ("1", "member")]


def test_nothing_personal_is_in_the_shared_body(member: PersonaClient, edition: Edition) -> None:
    with translation.override("en"):
        body = str(reader.body(edition, "member"))
    html = read(member, "/en/protocol/")
    assert body in html
    assert "csrf" not in body
    assert member.user.label not in body
    assert member.user.email not in body


def test_reading_costs_few_queries(member: PersonaClient, django_assert_max_num_queries: Any) -> None:
    read(member, "/en/protocol/")
    with django_assert_max_num_queries(9):
        read(member, "/en/protocol/")


@pytest.mark.rule("D10")
@pytest.mark.parametrize(
    "path", ["/en/protocol/", "/en/protocol/v1.txt", "/en/c/7b.3", "/en/protocol/v1/7b/3/"]
)
def test_anonymous_people_are_sent_to_the_door_and_back(edition: Edition, path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 302
    assert "/account/login/?next=" in response["Location"]


def test_the_second_reading_renders_no_template(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    client = persona_client(Capacity.MEMBER)
    first = read(client, "/en/protocol/")
    monkeypatch.setattr(frame, "render_to_string", None)
    again = read(client, "/en/protocol/")
    assert plain(first) == plain(again)


def test_a_frame_is_one_persons_and_its_token_is_never_kept(edition: Edition) -> None:
    first = persona_client(Capacity.OFFICE, first_name="Amal", last_name="Example")
    second = persona_client(Capacity.OFFICE, first_name="Basma", last_name="Example")
    give(second.user, Capacity.MEMBER)
    pages = [read(client, "/en/protocol/") for client in (first, first, second, second, first)]
    tokens = [re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page) for page in pages]
    assert all(len(found) == 1 and len(found[0]) == 64 for found in tokens)
    assert len({found[0] for found in tokens}) == len(tokens)
    bare = [page.replace(found[0], "") for page, found in zip(pages, tokens, strict=True)]
    assert bare[0] == bare[1] == bare[4]
    assert bare[2] == bare[3] != bare[0]
    assert "Change capacity" in bare[2]
    assert "Change capacity" not in bare[0]


def test_a_remembered_frame_follows_a_new_capacity_and_a_new_edition(edition: Edition) -> None:
    client = persona_client(Capacity.MEMBER)
    assert "Change capacity" not in read(client, "/en/protocol/")
    give(client.user, Capacity.OFFICE)
    assert "Change capacity" in read(client, "/en/protocol/")
    second = replace(PROTOCOL, number=2, effective_from=date(2026, 2, 1))
    services.adopt(services.bring_in(second, LOADER, NOW), LOADER, NOW)
    assert "Edition 2, in force since 1 February 2026" in plain(read(client, "/en/protocol/"))


def test_signing_out_from_a_remembered_page_works(edition: Edition) -> None:
    from django.conf import settings as configured

    client = persona_client(Capacity.MEMBER)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies[configured.SESSION_COOKIE_NAME] = client.cookies[configured.SESSION_COOKIE_NAME].value
    read(strict, "/en/protocol/")
    page = read(strict, "/en/protocol/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    action = re.search(r'<form method="post" action="([^"]+)"', page)
    assert token
    assert action
    assert strict.post(action[1]).status_code == 403
    assert strict.post(action[1], {"csrfmiddlewaretoken": token[1]}).status_code == 302
    assert strict.get("/en/protocol/").status_code == 302


def test_arabic_in_the_text_runs_from_right_to_left(db: None) -> None:
    words = "لا تُنشر أي أسماء في التقارير."
    rows = [
        replace(block, text=words, lang="ar", marks=()) if block.id in ("7b-5", "s5") else block
        for block in PROTOCOL.blocks
    ]
    services.adopt(services.bring_in(replace(PROTOCOL, blocks=tuple(rows)), LOADER, NOW), LOADER, NOW)
    page = persona_client(Capacity.MEMBER).get("/en/protocol/").content.decode()
    assert re.search(rf'<p lang="ar" dir="rtl">(<span[^>]*>[^<]*</span>)?{words}', page)
    assert re.search(r'<h[23] id="s5" lang="ar" dir="rtl">', page)
