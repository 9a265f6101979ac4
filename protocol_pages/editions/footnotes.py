"""Footnote marks inside a block's text: ``[n]``. Pure."""

import re

MARK = re.compile(r"\[(\d+)\]")


def split_marks(text: str) -> list[tuple[str, int | None]]:
    """The text cut after each mark: ``[("Sexual Exploitation", 1), (" and Abuse", 2), (" (SEA)", None)]``."""
    parts: list[tuple[str, int | None]] = []
    start = 0
    for match in MARK.finditer(text):
        parts.append((text[start : match.start()], int(match[1])))
        start = match.end()
    if text[start:]:
        parts.append((text[start:], None))
    return parts


def marks(text: str) -> list[int]:
    """The numbers of the footnotes that the text refers to, in order."""
    return [int(number) for number in MARK.findall(text)]


def without_marks(text: str) -> str:
    """The text without footnote marks, for letters and notices that do not carry the footnotes."""
    return MARK.sub("", text)
