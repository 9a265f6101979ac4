"""Text of two directions: cut into runs, as Word needs it.

A run of Arabic carries `rtl`; codes, Latin words and digits stand in runs of their own without it and with
English as their language, or a reader's Word setting may turn the digits into Arabic-Indic ones.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

LRM, RLM = "\u200e", "\u200f"
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile(f"[{LRM}{RLM}]")


def strip_marks(text: str) -> str:
    """The text without direction marks: what a reader compares."""
    return _MARKS.sub("", text)


def clean(text: str) -> str:
    """The text without invisible overrides and embeddings that could turn a sentence round."""
    return _CONTROLS.sub("", text)


def has_rtl(text: str) -> bool:
    """Whether any character runs right to left."""
    return any(_strong(char) == "R" for char in text)


def mostly_rtl(text: str) -> bool:
    """Whether more characters run right to left than left to right: the direction of a line of its own."""
    kinds = [_strong(char) for char in text]
    return kinds.count("R") > kinds.count("L")


def held(text: str) -> str:
    """A left-to-right text as it may stand inside Arabic: marks at both ends keep its full stop at its end."""
    if not text or has_rtl(text) or (_strong(text[0]) == "L" and _strong(text[-1]) == "L"):
        return text
    return f"{LRM}{text}{LRM}"


@lru_cache(maxsize=2048)
def _strong(char: str) -> str:
    kind = unicodedata.bidirectional(char)
    if kind in ("R", "AL", "AN"):
        return "R"
    if kind in ("L", "EN"):
        return "L"
    return "M" if kind == "NSM" else "N"


def segments(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """Cut `text` into (piece, is right-to-left), joined they are the text again.

    `rtl` is the direction of the paragraph: neutral characters between pieces of different direction, and
    at both ends, follow it.
    """
    if not rtl and text.isascii():
        return [(text, False)] if text else []
    base = "R" if rtl else "L"
    kinds = [_strong(char) for char in text]
    for index, kind in enumerate(kinds):
        if kind == "M":
            kinds[index] = kinds[index - 1] if index else base
    index = 0
    while index < len(kinds):
        if kinds[index] != "N":
            index += 1
            continue
        end = index
        while end < len(kinds) and kinds[end] == "N":
            end += 1
        before = kinds[index - 1] if index else base
        after = kinds[end] if end < len(kinds) else base
        kinds[index:end] = [before if before == after else base] * (end - index)
        index = end
    out: list[tuple[str, bool]] = []
    position = 0
    for kind, group in groupby(kinds):
        length = len(list(group))
        out.append((text[position : position + length], kind == "R"))
        position += length
    return out
