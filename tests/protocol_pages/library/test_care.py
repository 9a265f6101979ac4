"""Pages stay correct: owners are asked, readers choose what is wrong, addresses are tried, two editors moderate."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from audit.actors import acting, system_actor
from audit.models import Event
from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import due, jobs, now
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.care import deadlines, links, selectors, services
from protocol_pages.care.models import CheckState, PageCheck, Trouble
from protocol_pages.models import (
    LinkState,
    MilestonesPage,
    NewsIndexPage,
    NewsPage,
    ReportingChannelsPage,
    ResourceIndexPage,
    ResourcePage,
)
from signatories.models import Person
from tests.personas import PersonaClient, persona_client, take_away
from tests.protocol_pages.library import world
from tests.protocol_pages.test_editing import form

pytestmark = pytest.mark.django_db


def owned(client: PersonaClient, **values: Any) -> ResourcePage:
    return world.resource("A page that is kept", owner=client.user, **values)


def test_a_reader_tells_a_problem_and_an_editor_settles_it(
    member: PersonaClient, editor: PersonaClient
) -> None:
    page = owned(editor)
    path = reverse("page-problem", args=[page.pk])
    html = member.get(path).content.decode()
    assert "<textarea" not in html, "no text field in which an incident could be described"
    assert 'type="text"' not in html[html.index("<main") :]
    assert member.post(path, {"trouble": "link"}).status_code == 302
    again = member.post(path, {"trouble": "link"}).content.decode()
    assert "This is known already" in again
    assert PageCheck.objects.count() == 1
    check = PageCheck.objects.get()
    assert any("1 problem" in str(row.what) for row in due.due_rows(editor.actor, now()))
    assert "A page that is kept" in editor.get("/en/care/").content.decode()
    settle = reverse("page-problem-settle", args=[check.pk])
    assert member.post(settle, {"action": "mend"}).status_code == 403
    refused = editor.post(settle, {"action": "dismiss", "note": ""}).content.decode()
    assert "Reason" in refused
    assert editor.post(settle, {"action": "mend", "note": ""}).status_code == 302
    check.refresh_from_db()
    assert check.state == CheckState.CORRECTED
    assert [row.history_actor for row in check.history.order_by("history_date")] == [
        member.user.label,
        editor.user.label,
    ]
    assert Event.objects.filter(action="page_check.report", outcome="refused").count() == 1


@pytest.mark.rule("W4")
def test_a_closed_page_has_no_problem_page(member: PersonaClient, editor: PersonaClient) -> None:
    closed = owned(editor)
    world.close(closed)
    nothing = member.get(reverse("page-problem", args=[999_999]))
    something = member.get(reverse("page-problem", args=[closed.pk]))
    assert (nothing.status_code, something.status_code) == (404, 404)
    assert member.post(reverse("page-problem", args=[closed.pk]), {"trouble": "link"}).status_code == 404
    assert PageCheck.objects.count() == 0


@pytest.mark.rule("W4")
def test_care_names_no_page_to_others_that_they_may_not_open(editor: PersonaClient) -> None:
    page = owned(editor, review_on=now().date(), external_url="https://x.example/")
    LinkState.objects.create(
        page=page, url=page.external_url, checked_at=now(), broken_since=now(), answer="404", failures=3
    )
    services.report(page, Trouble.LINK, editor.actor, now())
    services.settle(services.report(page, Trouble.FILE, editor.actor, now()), "mend", editor.actor, now())
    world.close(page)
    assert editor.get("/en/care/").content.decode().count("A page that is kept") >= 4
    for capacity in (Capacity.COORDINATOR, Capacity.AUDITOR):
        html = persona_client(capacity).get("/en/care/").content.decode()
        assert "A page that is kept" not in html
        assert "x.example" not in html


@pytest.mark.rule("D4")
def test_the_owner_is_asked_in_the_own_language(editor: PersonaClient) -> None:
    with acting(system_actor("test")):
        Person.objects.create(name="Eda Editor", email=editor.user.email, user=editor.user, language="ar")
    owned(editor, review_on=now().date())
    list(deadlines.ask_owners(now(), False))
    mail = Notice.objects.get(kind="library.review")
    assert (mail.language, "/ar/care/" in mail.text, "Please" in mail.text) == ("ar", True, False)


def test_the_owner_is_asked_on_the_day_and_confirms(editor: PersonaClient) -> None:
    at = now()
    page = owned(editor, review_on=at.date() - timedelta(days=1))
    owned(editor, slug="later", review_on=at.date() + timedelta(days=30))
    list(deadlines.ask_owners(at, False))
    list(deadlines.ask_owners(at, False))
    mail = Notice.objects.get(kind="library.review")
    assert mail.to == [editor.user.email]
    assert "kept" not in mail.subject + mail.text, "no title in a mail (D23)"
    assert (mail.language, "/en/care/" in mail.text) == ("en", True)
    assert any("still correct" in str(row.what) for row in due.due_rows(editor.actor, at))
    path = reverse("page-still-correct", args=[page.pk])
    assert editor.get(path).status_code == 200
    past = editor.post(path, {"next_on": "1/1/2020"}).content.decode()
    assert "choose a day that lies ahead" in past
    ahead = at.date() + timedelta(days=200)
    assert editor.post(path, {"next_on": f"{ahead.day}/{ahead.month}/{ahead.year}"}).status_code == 302
    assert [row.on for row in selectors.reviews(at) if row.page.pk == page.pk] == [ahead]
    assert not any("still correct" in str(row.what) for row in due.due_rows(editor.actor, at))


@pytest.mark.rule("D16")
def test_the_page_says_the_day_that_its_owner_gave_last(editor: PersonaClient, member: PersonaClient) -> None:
    at = now()
    page = owned(editor, review_on=date(2031, 3, 4))
    assert "4 March 2031" in member.get(page.get_url()).content.decode()
    services.confirm(page, date(2032, 5, 6), editor.actor, at)
    shown = member.get(page.get_url()).content.decode()
    assert "6 May 2032" in shown
    assert "4 March 2031" not in shown


def leaves_the_post(client: PersonaClient) -> None:
    """The capacity ends; the account stays open, and the group is only looked at when somebody signs in."""
    take_away(client.user)
    assert client.user.groups.filter(name=editors.GROUP).exists()


def test_a_page_whose_owner_edits_no_more_falls_to_the_editors(editor: PersonaClient) -> None:
    at, other = now(), second_editor()
    page = owned(other, review_on=at.date() - timedelta(days=1), external_url="https://x.example/")
    path = reverse("page-still-correct", args=[page.pk])
    assert editor.get(path).status_code == 404
    leaves_the_post(other)
    list(deadlines.ask_owners(at, False))
    assert not Notice.objects.exists(), "who may not open the list is not sent there"
    assert any("still correct" in str(row.what) for row in due.due_rows(editor.actor, at))
    assert path in editor.get("/en/care/").content.decode()
    ahead = at.date() + timedelta(days=200)
    assert editor.post(path, {"next_on": f"{ahead.day}/{ahead.month}/{ahead.year}"}).status_code == 302


def test_registers_and_how_to_report_are_looked_at_again_too(editor: PersonaClient) -> None:
    at = now()
    page = MilestonesPage(title="Milestones", review_on=at.date(), owner=editor.user)
    ResourceIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    ReportingChannelsPage.objects.update(review_on=at.date())
    asked = {row.page.title for row in selectors.reviews(at)}
    assert asked == {"Milestones", ReportingChannelsPage.objects.get().title}


def test_only_the_owner_says_that_a_page_is_still_correct(editor: PersonaClient) -> None:
    page = owned(editor)
    other = persona_client(Capacity.CONTENT_EDITOR)
    assert other.get(reverse("page-still-correct", args=[page.pk])).status_code == 404
    with pytest.raises(Refused):
        services.confirm(page, date(2099, 1, 1), other.actor, now())
    assert PageCheck.objects.count() == 0


def test_every_trouble_is_a_choice_and_nothing_else(member: PersonaClient, editor: PersonaClient) -> None:
    page = owned(editor)
    for wrong in ("", "somebody did something"):
        assert member.post(reverse("page-problem", args=[page.pk]), {"trouble": wrong}).status_code == 200
        with pytest.raises(Refused):
            services.report(page, wrong, member.actor, now())
    assert PageCheck.objects.count() == 0
    for value in Trouble.values:
        services.report(page, value, member.actor, now())
    assert PageCheck.objects.count() == len(Trouble.values)


# Addresses


class _Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        code = int(self.path.strip("/").split("-")[0])
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "/200" if "once" in self.path else self.path)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nothing on the screen."""


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "ok", "words"),
    [
        ("200", True, "200"),
        ("404", False, "404"),
        ("403", True, "403"),
        ("500", False, "500"),
        ("302-once", True, "200"),
        ("302-round", False, "too many redirects"),
    ],
)
def test_how_an_address_answers(web: str, path: str, ok: bool, words: str) -> None:
    assert links.ask(f"{web}/{path}", lambda host: True) == links.Answer(ok, words)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://169.254.169.254/x",
    ],
)
def test_the_own_network_is_never_asked(url: str) -> None:
    assert links.ask(url) == links.Answer(False, "no public address")


def test_a_name_that_leads_inside_only_when_it_is_opened_is_not_asked(web: str) -> None:
    """A name may answer two questions in two ways: what counts is where the connection ends."""
    rebound = web.replace("127.0.0.1", "localhost")
    assert links.ask(f"{rebound}/200", lambda host: host == "localhost") == links.Answer(False, "no answer")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "gopher://x", "http://"])
def test_only_web_addresses_are_asked(url: str) -> None:
    assert links.ask(url, lambda host: True) == links.Answer(False, "not a web address")


def test_the_owner_hears_of_an_address_after_two_failures(editor: PersonaClient) -> None:
    page = owned(editor, external_url="https://example.org/gone")
    at = now()
    broken = lambda url: links.Answer(False, "404")  # noqa: E731
    assert links.due(at) == [page]
    assert links.check([page], at, broken) == []
    assert links.due(at) == []
    assert selectors.broken().count() == 0
    later = at + timedelta(days=1)
    assert links.due(later) == [page]
    [told] = links.check([page], later, broken)
    assert (told.failures, told.broken_since) == (2, at)
    assert "https://example.org/gone" in editor.get("/en/care/").content.decode()
    assert links.check([page], later + timedelta(days=1), lambda url: links.Answer(True, "200")) == []
    assert LinkState.objects.get().broken_since is None


def test_the_job_asks_nobody_where_it_is_switched_off(editor: PersonaClient, settings: Any) -> None:
    owned(editor, external_url="https://example.org/")
    assert settings.LINK_CHECK is False
    jobs.run_due(now())
    assert LinkState.objects.count() == 0


def test_the_job_tells_the_owner(
    editor: PersonaClient, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LINK_CHECK = True
    page = owned(editor, external_url="https://example.org/")
    monkeypatch.setattr(
        links, "check", lambda pages, at: [LinkState(page=p, url="x", broken_since=at) for p in pages]
    )
    assert list(deadlines.ask_addresses(now(), True)) == ["1 addresses of the library asked"]
    assert Notice.objects.count() == 0
    list(deadlines.ask_addresses(now(), False))
    assert Notice.objects.get(kind="library.link").to == [editor.user.email]
    assert page.pk


# Two editors


def second_editor() -> PersonaClient:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    return client


def test_where_two_editors_are_named_the_second_one_publishes(
    editor: PersonaClient, member: PersonaClient
) -> None:
    other = second_editor()
    parent = NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent.pk])
    editor.post(add, form("moderated"))  # the button that one editor alone has
    page = NewsPage.objects.get(slug="page-moderated")
    assert not page.live
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    offered = editor.get(edit).content.decode()
    assert 'name="action-publish"' not in offered
    assert "Send to a second editor" in offered
    sent = form("moderated") | {"action-submit": "submit"}
    sent.pop("action-publish")
    assert editor.post(edit, sent).status_code == 302
    page = NewsPage.objects.get(pk=page.pk)
    task = page.current_workflow_task_state
    assert task is not None
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert editor.post(approve).status_code != 200
    assert not NewsPage.objects.get(pk=page.pk).live, "nobody approves their own page"
    asks = "1 page waits for your approval"
    assert asks in other.get(reverse("home")).content.decode()
    assert asks not in editor.get(reverse("home")).content.decode()
    buttons = other.get(edit).content.decode()
    assert "Approve and Publish" in buttons, "Wagtail's own words after ours"
    other.post(approve)
    assert asks not in other.get(reverse("home")).content.decode()
    assert NewsPage.objects.get(pk=page.pk).live
    assert TaskState.objects.get(pk=task.pk).finished_by == other.user
    assert "Title moderated" in member.get("/en/news/").content.decode()


def test_a_single_editor_publishes_at_once_and_the_library_needs_no_second(editor: PersonaClient) -> None:
    parent = NewsIndexPage.objects.get()
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent.pk])
    editor.post(add, form("alone"))
    page = NewsPage.objects.get(slug="page-alone")
    assert page.live
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for path in (add, edit):
        assert 'name="action-submit"' not in editor.get(path).content.decode(), (
            "there is nobody to send it to"
        )
    second_editor()
    for path in (add, edit):
        assert 'name="action-submit"' in editor.get(path).content.decode()
    assert world.resource("No moderation").permissions_for_user(editor.user).can_publish()
    assert not NewsPage.objects.get(slug="page-alone").permissions_for_user(editor.user).can_publish()


def test_who_left_the_post_is_no_second_editor(editor: PersonaClient) -> None:
    """Otherwise nobody could publish until that person signed in once more."""
    other = second_editor()
    parent = NewsIndexPage.objects.get().pk
    add = reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent])
    editor.post(add, form("two"))
    assert not NewsPage.objects.get(slug="page-two").live
    leaves_the_post(other)
    editor.post(add, form("one"))
    assert NewsPage.objects.get(slug="page-one").live


def test_a_page_that_waits_for_who_left_is_published_by_who_is_left(editor: PersonaClient) -> None:
    other = second_editor()
    parent = NewsIndexPage.objects.get().pk
    sent = form("waits") | {"action-submit": "submit"}
    sent.pop("action-publish")
    editor.post(reverse("wagtailadmin_pages:add", args=["protocol_pages", "newspage", parent]), sent)
    page = NewsPage.objects.get(slug="page-waits")
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=[page.pk, "approve", page.current_workflow_task_state.pk]
    )
    editor.post(approve)
    assert not NewsPage.objects.get(pk=page.pk).live
    leaves_the_post(other)
    editor.post(approve)
    assert NewsPage.objects.get(pk=page.pk).live


def test_bulk_publishing_is_no_way_around(editor: PersonaClient) -> None:
    second_editor()
    page = NewsPage(title="Draft", slug="draft", live=False)
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    editor.post(f"{bulk}?id={page.pk}", {"include_descendants": ""})
    assert not Page.objects.get(pk=page.pk).live
