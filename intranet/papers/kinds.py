"""Which kinds of papers there are: floors above register theirs, each with the letters of its number (D8)."""

from __future__ import annotations

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class PaperKind:
    """``name``: code like ``endorsement``; ``prefix``: letters of the number, like ``EC``; ``label``: for people."""

    name: str
    prefix: str
    label: StrOrPromise


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> None:
    """Called by a slice's ``ready``. A name or a prefix that is taken is a mistake."""
    if any(kind.name == other.name or kind.prefix == other.prefix for other in _kinds.values()):
        raise ValueError(f"paper kind {kind.name} ({kind.prefix}) is registered twice")
    _kinds[kind.name] = kind


def kind_of(name: str) -> PaperKind:
    """The kind with this name; LookupError if nobody registered it."""
    if name not in _kinds:
        raise LookupError(f"no paper kind {name!r}")
    return _kinds[name]
