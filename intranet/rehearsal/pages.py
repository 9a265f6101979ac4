"""A few pages that an editor has published, so that the demo's library is not empty."""

from __future__ import annotations

from wagtail.models import Page

from intranet.access import editors
from intranet.access.models import User
from intranet.access.roles import Capacity
from protocol_pages.models import (
    GuidanceIndexPage,
    GuidancePage,
    NewsIndexPage,
    NewsPage,
    ResourceIndexPage,
    ResourceKind,
    ResourcePage,
)

from . import demo_library
from .stage import Stage


def publish_pages(stage: Stage) -> None:
    """Guidance, resources and news, published by the demo's editor with Wagtail's own history."""
    account = stage.members["coordination", Capacity.CONTENT_EDITOR].user
    editors.synchronize(account, stage.now)
    editor = User.objects.get(pk=account.pk)
    for parent, page in _pages():
        parent.add_child(instance=page)
        page.save_revision(user=editor).publish(user=editor)
    demo_library.fill(stage, editor)


def _pages() -> list[tuple[Page, Page]]:
    guidance = GuidanceIndexPage.objects.get()
    resources = ResourceIndexPage.objects.get()
    news = NewsIndexPage.objects.get()
    kind = ResourceKind.values[0]
    return [
        (
            guidance,
            GuidancePage(
                title="What counts as received (example)",
                summary="Every report that reached your organization in the month, by whatever way.",
                body="<p>Count a report in the month in which it reached you. A report that you already sent to the "
                "inter-agency e-mail or hotline stays in your total and is named again in its own line, so that the "
                "network counts it once.</p>",
                clause="6.1",
            ),
        ),
        (
            guidance,
            GuidancePage(
                title="Answering a request for data (example)",
                summary="What each of the three answers does, and why silence is never consent.",
                body="<p>Authorize, do not authorize, or say that you need to ask. No clock turns silence into an "
                "authorization.</p>",
                clause="7B.2",
            ),
        ),
        (
            resources,
            ResourcePage(
                title="Induction for new focal points (example)",
                summary="A half-day course outline with exercises.",
                kind=kind,
                year=2025,
                author="Example network",
                country="Iraq",
                also_available_in="Arabic",
                size="12 pages",
            ),
        ),
        (
            resources,
            ResourcePage(
                title="دليل تعريفي لجهات التنسيق (مثال)",
                language="ar",
                summary="مخطط دورة تدريبية لنصف يوم.",
                kind=kind,
                year=2025,
                author="Example network",
                country="Iraq",
                also_available_in="English",
                size="12 pages",
                slug="induction-ar-example",
            ),
        ),
        (
            news,
            NewsPage(
                title="Next network meeting (example)",
                summary="The monthly meeting takes place on the first Tuesday.",
                body="<p>Trends of the last quarter and the annual review stand on the agenda.</p>",
            ),
        ),
    ]
