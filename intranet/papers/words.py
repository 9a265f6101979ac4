"""The fixed words of a paper, in its own language whatever the reader's is. The Arabic is a draft (D4)."""

from __future__ import annotations

import re
import unicodedata

from .bidi import LRM, RLM, clean, has_rtl
from .letterhead import Language, Letterhead

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "number": "Number",
        "date": "Date",
        "page": "Page",
        "of": " of ",
        "page_word": "Page ",
        "dot": "  ·  ",
        "hash": "Text, SHA-256 ",
        "verify": "To verify, compare this file at:",
        "doubt": "If in doubt, quote the number to the {}.",
        "code": "Square code: the address where this paper is verified",
        "specimen": "Specimen – every name and figure is invented",
    },
    "ar": {
        "number": "الرقم",
        "date": "التاريخ",
        "page": "الصفحة",
        "of": " من ",
        "page_word": "الصفحة ",
        "dot": "\u200f  ·  \u200f",
        "hash": "بصمة النص SHA-256 ",
        "verify": "للتحقق قارنوا هذا الملف على العنوان:",
        "doubt": "عند الشك اذكروا الرقم لدى {}.",
        "code": "رمز مربع: العنوان الذي يُتحقق فيه من هذه الورقة",
        "specimen": "نموذج – جميع الأسماء والأرقام مختلقة",
    },
}


def plain(text: str) -> str:
    """A text as it may stand in a file: one kind of line end, no tabs, no control or override characters."""
    text = clean(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(
        char
        for char in text
        if char == "\n" or not (unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff")
    )


def lines(text: str) -> list[str]:
    """The lines of a text that are not empty."""
    return [line for line in plain(text).split("\n") if line.strip()]


_CLAUSE = re.compile(r"(\(?)(§\d\w*(?:\.\w+)*(?: fn\d+)?)(\)?)")
_AFTER_A_NAME = re.compile(r"(?<=[A-Za-z0-9]), (?=\d{1,2} [\u0600-\u06ff])")


def kept(text: str, rtl: bool) -> str:
    """What runs left to right inside a right-to-left text, held together by marks: full stop and digits stay.

    That is a text without Arabic, whole; in one with Arabic the numbers of clauses, which end in Latin letters.
    An Arabic date after a Latin name keeps its day by its month: "Name, 26 November" is not read "26 Name, November".
    """
    if not rtl or not text:
        return text
    if not has_rtl(text):
        return f"{LRM}{text}{LRM}"
    return _AFTER_A_NAME.sub(f",{RLM} ", _CLAUSE.sub(_one_clause, text))


def _one_clause(found: re.Match[str]) -> str:
    opening, clause, closing = found.groups()
    return f"{RLM + opening if opening else ''}{LRM}{clause}{LRM}{closing + RLM if closing else ''}"


def short_hash(sha256: str) -> str:
    """The first 16 digits in fours."""
    return " ".join(re.findall("....", sha256[:16].lower()))


def coordinator(head: Letterhead, language: Language) -> str:
    """The Coordinator's title in the paper's language."""
    return (head.coordinator_ar if language == "ar" else "") or head.coordinator_en


def sender(head: Letterhead, language: Language) -> tuple[str, str, str]:
    """Network, office and descriptor in the paper's language, English where there is none."""
    if language == "ar":
        return (head.network_ar or head.network_en, head.office_ar or head.office_en, head.descriptor_ar)
    return head.network_en, head.office_en, head.descriptor_en
