"""What is due from a reader, by the clause that asks for it. Personal: it never enters the shared body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from intranet.clock import due

from .blocks import Block, normal_address

MOST = 5  # rows of one clause in the reader; the clause's own page has them all


@dataclass(frozen=True, slots=True)
class Tasks:
    """The open tasks under one block. ``more``: how many are left out here."""

    block: Block
    label: str
    rows: tuple[due.DueRow, ...]
    more: int


def under(request: HttpRequest, addresses: Iterable[str], now: datetime) -> list[due.DueRow]:
    """What is due from the reader under these addresses, their parts included. ``now``: UTC."""
    wanted = [normal_address(address) for address in addresses]
    return [row for row in _mine(request, now) if any(_belongs(row.why, address) for address in wanted)]


def by_clause(request: HttpRequest, text: Sequence[Block], now: datetime) -> list[Tasks]:
    """What is due from the reader, each row under the nearest block that asks for it, in the order of the text."""
    places = {normal_address(address): (block, address) for block in text for address in block.addresses}
    found: dict[str, list[due.DueRow]] = {}
    for row in _mine(request, now):
        address = next((a for a in _from_part_to_whole(row.why) if a in places), "")
        if address:
            found.setdefault(address, []).append(row)
    order = {address: place for place, address in enumerate(places)}
    return [
        Tasks(places[key][0], f"§{places[key][1]}", tuple(rows[:MOST]), max(0, len(rows) - MOST))
        for key, rows in sorted(found.items(), key=lambda item: order[item[0]])
    ]


def _mine(request: HttpRequest, now: datetime) -> list[due.DueRow]:
    actor = getattr(request, "actor", None)
    return due.due_rows(actor, now) if actor is not None else []


def _belongs(why: str, address: str) -> bool:
    return f"{normal_address(why.partition(' ')[0])}.".startswith(f"{address}.")


def _from_part_to_whole(why: str) -> Iterable[str]:
    """ "§7B.0.i" → "7b.0.i", "7b.0", "7b"; nothing for a decision or for practice."""
    address = normal_address(why.partition(" ")[0]) if why.startswith("§") else ""
    while address:
        yield address
        address = address.rpartition(".")[0]
