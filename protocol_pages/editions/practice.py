"""“How the network does this”: notes that slices put under the blocks that oblige somebody.

A note is network practice, not protocol text, and the reader labels it so.
"""

from __future__ import annotations

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


def every_note() -> list[Note]:
    """All of them, in the order in which slices registered them."""
    return _notes
