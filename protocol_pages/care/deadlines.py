"""Editors' rows on Home and the jobs of the library: texts of files, addresses, pages to look at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from audit.actors import Actor
from intranet.access.attempts import language_of
from intranet.access.models import User
from intranet.clock import pulse
from intranet.clock.days import network_day
from intranet.clock.due import DueRow, Job, Standing
from intranet.notices.outbox import Letter, write

from .. import moderation, texts
from ..models import PageText
from . import links, selectors
from .policy import EDITORS

MOST_TEXTS = 100  # pages of one run


def counts(actor: Actor, now: datetime) -> dict[str, Any]:
    """For content editors: ``page_problems``, ``broken_addresses``, ``pages_sent_in``."""
    if actor.capacity not in EDITORS:
        return {}
    return {
        "page_problems": pulse.number_of(selectors.open_problems()),
        "broken_addresses": pulse.number_of(selectors.broken()),
        "pages_sent_in": pulse.number_of(moderation.sent_by_others(actor.user_id)),
    }


def due_from(actor: Actor, now: datetime) -> Iterable[DueRow]:
    """Rows for content editors: pages to approve, problems told, broken addresses, pages to look at again."""
    if actor.capacity not in EDITORS:
        return
    sent_in = pulse.number("pages_sent_in", actor, now)
    problems = pulse.number("page_problems", actor, now)
    broken = pulse.number("broken_addresses", actor, now)
    today = network_day(now)
    asked = [row for row in selectors.reviews(now) if row.on <= today]
    mine = [row for row in asked if row.keeper is None or row.keeper.pk == actor.user_id]
    old = len(mine)
    care, look = reverse("page-care"), _("To be looked at")
    for number, what, url, state, standing in (
        (
            sent_in,
            ngettext("%s page waits for your approval", "%s pages wait for your approval", sent_in),
            reverse("wagtailadmin_home"),
            _("Waiting for you"),
            Standing.SOON,
        ),
        (
            problems,
            ngettext("%s problem with a page was told", "%s problems with pages were told", problems),
            care,
            look,
            Standing.SOON,
        ),
        (
            broken,
            ngettext(
                "%s address in the library does not open",
                "%s addresses in the library do not open",
                broken,
            ),
            care,
            look,
            Standing.SOON,
        ),
        (
            old,
            ngettext("%s page: is it still correct?", "%s pages: are they still correct?", old),
            care,
            look,
            Standing.OPEN,
        ),
    ):
        if number:
            yield DueRow(
                what=what % number,
                url=url,
                why="practice",
                last_day=None,
                state=state,
                standing=standing,
                do=_("Show"),
            )


def read_texts(now: datetime, dry_run: bool) -> Iterable[str]:
    """Pages whose words were never kept (restored, for example), or whose file is another by now."""
    unread = ~Q(pk__in=PageText.objects.values("page")) | Q(pk__in=selectors.of_changed_files())
    waiting = list(Page.objects.live().type(*selectors.text_pages()).filter(unread).specific()[:MOST_TEXTS])
    if not dry_run:
        for page in waiting:
            texts.keep(page.pk, page.spoken())
    if waiting:
        yield f"{len(waiting)} pages made ready for search"


def ask_addresses(now: datetime, dry_run: bool) -> Iterable[str]:
    """Addresses of resources, each once a week; the owner is told after two failures in a row."""
    if not settings.LINK_CHECK:
        return
    waiting = links.due(now)
    if not waiting:
        return
    if not dry_run:
        for state in links.check(waiting, now):
            _tell(
                selectors.keeper_of(state.page_id, now),
                "library.link",
                state.page_id,
                state.broken_since,
                now,
            )
    yield f"{len(waiting)} addresses of the library asked"


def ask_owners(now: datetime, dry_run: bool) -> Iterable[str]:
    """One mail a page and day on which its owner said to ask again."""
    today = network_day(now)
    asked = 0
    for row in selectors.reviews(now):
        if row.on <= today and row.keeper is not None:
            asked += 1 if dry_run else _tell(row.keeper, "library.review", row.page.pk, row.on, now)
    if asked:
        yield f"{asked} owners asked whether a page is still correct"


def _tell(owner: User | None, kind: str, page: int, mark: date | datetime | None, now: datetime) -> int:
    """One line and a link, no title (D23), in the owner's language. Without an owner Home tells every editor."""
    if owner is None:
        return 0
    language = language_of(owner)
    with translation.override(language):
        if kind == "library.link":
            subject, line = _("An address in the library"), _("An address on a page of yours does not open.")
        else:
            subject, line = _("A page of yours"), _("Please say whether a page of yours is still correct.")
        link = settings.BASE_URL.rstrip("/") + reverse("page-care")
    letter = Letter(
        kind=kind,
        to=[owner.email],
        subject=subject,
        text=f"{line}\n\n{link}\n",
        rule="D16",
        language=language,
        once=f"{kind}:{page}:{mark.isoformat() if mark else ''}",
    )
    return int(write(letter, now) is not None)


JOBS = (
    Job("library-texts", "practice", read_texts),
    Job("library-links", "practice", ask_addresses),
    Job("library-reviews", "D16", ask_owners),
)
