"""“How the network does this”: notes that slices put under the blocks that oblige somebody.

A note is network practice, not protocol text, and the reader labels it so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django_stubs_ext import StrOrPromise

from intranet.access.roles import EVERYBODY, Capacity

from .blocks import normal_address


@dataclass(frozen=True)
class Note:
    """``address``: the block's address ("7B.1"). ``text``: one or two sentences. ``who`` must act, ``when``: by when,
    in a few words. ``url_name``: a page without arguments where it is done, with ``link`` as its words; shown only to
    ``capacities``."""

    address: str
    text: StrOrPromise
    url_name: str = ""
    link: StrOrPromise = ""
    capacities: frozenset[Capacity] = EVERYBODY
    who: StrOrPromise = ""
    when: StrOrPromise = ""


_notes: list[Note] = []


def register(*notes: Note) -> None:
    """Called by each slice's ``AppConfig.ready``."""
    _notes.extend(notes)


def notes_for(addresses: Iterable[str]) -> list[Note]:
    """The notes of a block, in the order in which slices registered them."""
    wanted = {normal_address(address) for address in addresses}
    return [note for note in _notes if normal_address(note.address) in wanted]


def version() -> str:
    """Changes when the registered notes change: part of the key under which a rendered text is kept."""
    facts = [
        (n.address, str(n.text), n.url_name, str(n.link), sorted(n.capacities), str(n.who), str(n.when))
        for n in _notes
    ]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:12]
