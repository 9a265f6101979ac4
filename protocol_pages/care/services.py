"""Acts of care on a published page. Everything goes through the runner; all raise ``runner.Refused``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from wagtail.models import Page

from audit.actors import Actor
from intranet.clock.days import network_day
from intranet.workflow.runner import perform

from .models import PageCheck


def confirm(page: Page, next_on: date, actor: Actor, now: datetime, key: UUID | None = None) -> PageCheck:
    """The owner says that the page is still correct and when to ask again (a date, network's time zone)."""
    today = network_day(now)
    return _checked(
        perform(_of(page), "confirm", actor, now, data={"next_on": next_on, "today": today}, key=key)
    )


def report(page: Page, trouble: str, actor: Actor, now: datetime, key: UUID | None = None) -> PageCheck:
    """A reader says what is wrong; ``trouble``: a value of ``models.Trouble``."""
    return _checked(perform(_of(page), "report", actor, now, data={"trouble": trouble}, key=key))


def settle(
    check: PageCheck, action: str, actor: Actor, now: datetime, note: str = "", key: UUID | None = None
) -> PageCheck:
    """An editor has looked; ``action``: "mend" or "dismiss" (with the reason)."""
    return _checked(perform(check, action, actor, now, note, key=key))


def _of(page: Page) -> PageCheck:
    return PageCheck(page=page.pk, title=page.title)


def _checked(outcome: Any) -> PageCheck:
    assert isinstance(outcome.obj, PageCheck)
    return outcome.obj
