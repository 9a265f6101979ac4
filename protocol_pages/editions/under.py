"""What stands under a block: who acts by when, the acts and screens that the code registers for its addresses, or one
honest sentence where nobody is asked for anything here.

Written notes are ``notes.NOTES``; acts, screens and jobs are read from the transition tables, the navigation and the
jobs, by their clause. Nothing personal is here: it goes into a text that many people share.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intranet.access import navigation
from intranet.access.policy import opens, policy_at
from intranet.clock.due import jobs
from intranet.workflow.registry import governed_objects

from . import notes, practice
from .blocks import Block, normal_address

_RULE = re.compile(r"§(\d+[A-Za-z]?(?:\.[0-9A-Za-z]+)?)")


@dataclass(frozen=True, slots=True)
class Duty:
    """A note of network practice as shown: text, who by when, and a link where this capacity may follow it."""

    text: str
    url: str
    link: str
    who: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Under:
    """All that stands under one block. ``acts``: as their buttons say; ``screens``: (address, name) that the
    capacity may open; ``watched``: jobs remind by themselves; ``silence``: the sentence where nothing is asked."""

    duties: tuple[Duty, ...]
    acts: tuple[str, ...] = ()
    screens: tuple[tuple[str, str], ...] = ()
    watched: bool = False
    silence: str = ""


def of(block: Block, capacity: str, also: Iterable[Block] = ()) -> Under:
    """What stands under ``block`` for a capacity, in the language that is active. ``also``: its footnotes."""
    addresses = [*block.addresses, *(address for note in also for address in note.addresses)]
    duties = tuple(_duties(addresses, capacity))
    wanted = {normal_address(address) for address in addresses}
    acts = tuple(dict.fromkeys(_acts(wanted)))
    if not duties and not acts:
        return Under((), silence=str(silence(block)))
    linked = {duty.url for duty in duties}
    screens = tuple(row for row in _screens(wanted, capacity) if row[0] not in linked)
    return Under(duties, acts, screens, any(address_of(job.rule) in wanted for job in jobs()))


def silence(block: Block) -> str:
    """The sentence for a block that asks for nothing here: by its address, else by its kind."""
    wanted = {normal_address(address) for address in block.addresses}
    for text, addresses, kinds in notes.SILENT:
        if wanted & {normal_address(address) for address in addresses} or block.kind in kinds:
            return str(text)
    return _("Nothing is written here yet about how the network does this.")


@cache
def address_of(rule: str) -> str:
    """The address that a rule names, normal: "§9.i fn5" → "9.i"; empty for decisions and traps."""
    found = _RULE.match(rule)
    return normal_address(found[1]) if found else ""


def _duties(addresses: Iterable[str], capacity: str) -> Iterable[Duty]:
    seen: set[str] = set()
    for note in practice.notes_for(addresses):
        if str(note.text) in seen:  # one block may carry several addresses of one note
            continue
        seen.add(str(note.text))
        url = open_to(note.url_name, capacity) if capacity in note.capacities else ""
        yield Duty(str(note.text), url, str(note.link), str(note.who), str(note.when))


def _acts(wanted: set[str]) -> Iterable[str]:
    for governed in governed_objects():
        rows = governed.machine.transitions if governed.machine else ()
        yield from (str(row.label) for row in rows if address_of(row.rule) in wanted)


def _screens(wanted: set[str], capacity: str) -> Iterable[tuple[str, str]]:
    for entry in navigation.entries():
        url = open_to(entry.url_name, capacity) if capacity in entry.capacities else ""
        policy = policy_at(url) if url else None
        if policy is not None and address_of(policy.rule) in wanted:
            yield url, str(entry.label)


def open_to(url_name: str, capacity: str) -> str:
    """The page's address if its own policy opens it to the capacity, else ""."""
    if not url_name:
        return ""
    try:
        url = reverse(url_name)
    except NoReverseMatch:
        return ""
    return url if opens(url, capacity) else ""


_versions: dict[str, tuple[list[practice.Note], int, str]] = {}


def version() -> str:
    """Changes when what stands under the blocks changes: part of the key under which a rendered text is kept.

    Worked out once for each language and set of notes: it is asked for at each reading.
    """
    written, language = practice.every_note(), get_language() or ""
    kept = _versions.get(language)
    if kept is None or kept[0] is not written or kept[1] != len(written):
        facts = [
            [
                (
                    n.address,
                    str(n.text),
                    n.url_name,
                    str(n.link),
                    sorted(n.capacities),
                    str(n.who),
                    str(n.when),
                )
                for n in written
            ],
            [(str(text), addresses, kinds) for text, addresses, kinds in notes.SILENT],
            [
                (row.rule, str(row.label))
                for governed in governed_objects()
                for row in (governed.machine.transitions if governed.machine else ())
            ],
            [job.rule for job in jobs()],
            [(entry.url_name, str(entry.label), sorted(entry.capacities)) for entry in navigation.entries()],
        ]
        kept = (written, len(written), hashlib.sha256(repr(facts).encode()).hexdigest()[:12])
        _versions[language] = kept
    return kept[2]
