"""The library's first content, as data: what the seeds know of tools, milestones, initiatives, figures, terms.

Facts, titles and addresses come from the sources that each entry names; descriptions are our own words. What is
there already stays as editors left it: an entry is loaded once, by its address in the page tree or its name.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from audit import ledger
from audit.actors import Actor, acting
from intranet.clock.days import network_day

from .base import LOOKED_AT_AGAIN
from .models import InitiativesPage, KeyFiguresPage, MilestonesPage, ResourceIndexPage, ResourcePage
from .reference import GlossaryTerm, ResourceTheme

FILE = Path(__file__).with_name("data") / "library.json"
_KINDS = {"milestones": MilestonesPage, "initiatives": InitiativesPage, "key_figures": KeyFiguresPage}


def load(actor: Actor, now: datetime, owner: Any = None) -> dict[str, int]:
    """Load what is missing; how many of each kind were made. ``owner``: the account that keeps the pages."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    with transaction.atomic():
        with acting(actor, "first content of the library") as written:
            made = {
                "themes": sum(_named(ResourceTheme, "name", row) for row in data["themes"]),
                "terms": sum(_named(GlossaryTerm, "term", row) for row in data["glossary"]),
            }
        index = ResourceIndexPage.objects.get()
        made["resources"] = sum(_resource(index, row, now, owner) for row in data["resources"])
        made["registers"] = sum(_register(index, row, now, owner) for row in data["pages"])
        if any(made.values()):
            ledger.record(
                now=now,
                actor=actor,
                action="library.load",
                subject=ledger.Subject("library", "", "library"),
                clause="D16",
                data=made,
                rows=written.rows,
            )
    return made


def _named(model: Any, name: str, row: dict[str, Any]) -> bool:
    if model.objects.filter(**{name: row[name]}).exists():
        return False
    model.objects.create(**row)
    return True


def _resource(index: Any, row: dict[str, Any], now: datetime, owner: Any) -> bool:
    values = dict(row)
    theme, tags, first = values.pop("theme"), values.pop("tags"), values.pop("translation_of")
    if index.get_children().filter(slug=values["slug"]).exists():
        return False
    page = ResourcePage(
        **values,
        theme=ResourceTheme.objects.filter(name=theme).first(),
        translation_of=ResourcePage.objects.filter(slug=first).first() if first else None,
    )
    page.tags.set(ResourceTheme.objects.filter(name__in=tags))
    return _publish(index, page, now, owner)


def _register(index: Any, row: dict[str, Any], now: datetime, owner: Any) -> bool:
    values = dict(row)
    kind, entries = _KINDS[values.pop("kind")], values.pop("entries")
    if index.get_children().filter(slug=values["slug"]).exists():
        return False
    page = kind(**values)
    page.entries = json.dumps([{"type": name, "value": value} for name, value in entries])
    return _publish(index, page, now, owner)


def _publish(index: Any, page: Any, now: datetime, owner: Any) -> bool:
    page.owner = owner
    page.review_on = network_day(now) + LOOKED_AT_AGAIN
    index.add_child(instance=page)
    page.save_revision(user=owner).publish(user=owner)
    return True
