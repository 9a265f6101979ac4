"""Rows that the tests of one file start from, written once: each test works in a savepoint above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

T = TypeVar("T")
PREFIX = "first_"  # of the names of fixtures that yield a file's rows
_open: list[transaction.Atomic] = []


def written_once(blocker: DjangoDbBlocker, build: Callable[[], T]) -> Iterator[T]:
    """For a fixture of a file: what ``build`` writes is there for its tests and rolled back after them.

    Hand each test a copy of what is yielded: a test may change the objects, and only their rows come back.
    """
    with blocker.unblock():
        _open.append(transaction.atomic())
        _open[-1].__enter__()
        try:
            made = build()
        except BaseException:
            roll_back()
            raise
    yield made
    with blocker.unblock():
        roll_back()


def roll_back() -> None:
    """End what is open; a test that commits gets another database and begins with nothing."""
    while _open:
        transaction.set_rollback(True)
        _open.pop().__exit__(None, None, None)
