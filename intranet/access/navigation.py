"""The top-level navigation: slices register sections and their pages, the same words for every role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor

from .roles import EVERYBODY, Capacity


@dataclass(frozen=True)
class Entry:
    """``section``: one of SECTIONS; an entry with ``main`` is what the section's own link opens."""

    section: str
    label: StrOrPromise
    url_name: str
    capacities: frozenset[Capacity] = EVERYBODY
    order: int = 50
    main: bool = False


SECTION_LABELS: dict[str, StrOrPromise] = {
    "home": _("Home"),
    "protocol": _("Protocol"),
    "reporting": _("Reporting"),
    "requests": _("Data requests"),
    "network": _("Network"),
    "oversight": _("Oversight"),
}
SECTIONS = tuple(SECTION_LABELS)
_entries: list[Entry] = []


def register(*entries: Entry) -> None:
    """Called by each slice's AppConfig.ready."""
    for entry in entries:
        if entry.section not in SECTIONS:
            raise ValueError(f"{entry.section!r} is not a section")
        _entries.append(entry)


def entries() -> Iterable[Entry]:
    """All entries, in order of section and ``order``."""
    return sorted(_entries, key=lambda e: (SECTIONS.index(e.section), e.order))


def for_actor(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Sections that the actor may open: ``section, label, url, current, pages`` (label, url, current)."""
    sections: list[dict[str, Any]] = []
    for name in SECTIONS:
        mine = [e for e in entries() if e.section == name and actor.capacity in e.capacities]
        if not mine:
            continue
        head = next((e for e in mine if e.main), mine[0])
        urls = [(e.label, reverse(e.url_name)) for e in mine]
        pages = [{"label": label, "url": url, "current": path == url} for label, url in urls]
        current = any(path == url or (url.count("/") > 2 and path.startswith(url)) for _name, url in urls)
        sections.append(
            {
                "section": name,
                "label": SECTION_LABELS[name],
                "url": reverse(head.url_name),
                "current": current,
                "pages": pages,
            }
        )
    return sections
