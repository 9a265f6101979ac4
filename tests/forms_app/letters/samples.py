"""Invented letters around the real caveats: the texts come from the protocol's own file, never from code."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from forms_app.common.letters.context import (
    Authorization,
    Caveat,
    Caveats,
    Completeness,
    ConsentCounts,
    DataTable,
    Language,
    OfficeMemo,
    OwnDataNote,
    Period,
    Recipient,
    ReleaseLetter,
)
from forms_app.common.letters.words import COUNTING_NOTE
from intranet.papers.letterhead import Letterhead

SEED = Path(__file__).resolve().parents[2] / "protocol_pages" / "seed_000.txt"
DIGEST = hashlib.sha256(b"an invented data set").hexdigest()


def seed_text() -> str:
    """The protocol as one line: emphasis marks removed, broken lines joined."""
    return re.sub(r"\s+", " ", SEED.read_text(encoding="utf-8").replace("*", ""))


def between(start: str, end: str) -> str:
    """The protocol's words from `start` up to `end`, both included."""
    text = seed_text()
    first = text.rindex(start)
    return text[first : text.index(end, first) + len(end)]


C1 = between("The data is only from reported cases.", "authorization of the Iraq PSEA Network Members.")
C2 = between("The aggregate data is based on", "Members for the purposes of:")
PURPOSES = tuple(
    between(*ends)
    for ends in (
        ("SEA prevention and response program", "implementing partners."),
        ("Identification of programming", "delivery gaps."),
        ("Prioritization of actions", "next steps."),
        ("Improved service", "delivery."),
        ("Policy and", "advocacy."),
        ("Resource mobilization", "."),
    )
)
C3 = between("The data shared should be accompanied", "in the future”.")
RULE_6 = between("A party that has been authorized", "for final approval.")
# The caveat of §7A.2 runs over a page end, where footnote 4 stands between its two halves.
CAVEAT_7A = re.sub(
    r" ⁴ Password to be revealed only to the PSEA Coordinator",
    "",
    between("The data shared is only from reported cases, and is", "SEA statistics in the future."),
)

HEAD = Letterhead(
    network_en="Iraq PSEA Network",
    network_ar="شبكة الحماية من الاستغلال والانتهاك الجنسيين – العراق",
    office_en="Office of the PSEA Coordinator",
    office_ar="مكتب تنسيق الحماية من الاستغلال والانتهاك الجنسيين",
    descriptor_en="Protection from Sexual Exploitation and Abuse",
    coordinator_ar="منسق الحماية من الاستغلال والانتهاك الجنسيين",
    authorizing_office_en="DSRSG/HC/RC office",
    authorizing_office_ar="مكتب DSRSG/HC/RC",
)
CAVEATS = Caveats.of_release(
    edition_number="1", endorsed_on=date(2022, 1, 31), c1=C1, c2_intro=C2, purposes=PURPOSES, c3=C3
)
NATURE, PERSONNEL = (24, 11, 6, 5), (8, 0, 9, 17, 0, 5, 7)
_LABELS: dict[Language, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("Allegations reported, by nature of allegation", "Nature of allegation", "Reports received"),
        ("Sexual exploitation", "Sexual abuse", "Other", "Unknown"),
        ("Allegations reported, by category of personnel", "Category of personnel (alleged perpetrator)"),
        (
            *("UN staff", "UN Volunteers", "Contractors and consultants"),
            "Implementing partner personnel, non-governmental",
            *("Implementing partner personnel, government", "Other", "Unknown"),
        ),
    ),
    "ar": (
        ("الادعاءات المبلَّغ عنها بحسب طبيعة الادعاء", "طبيعة الادعاء", "البلاغات الواردة"),
        ("استغلال جنسي", "انتهاك جنسي", "أخرى", "غير معروفة"),
        ("الادعاءات المبلَّغ عنها بحسب فئة الأفراد", "فئة الأفراد (المنسوب إليهم الفعل)"),
        (
            *("موظفو الأمم المتحدة", "متطوعو الأمم المتحدة", "المتعاقدون والخبراء الاستشاريون"),
            "أفراد الشركاء المنفذين (منظمات غير حكومية)",
            *("أفراد الشركاء المنفذين (جهات حكومية)", "أخرى", "غير معروفة"),
        ),
    ),
}


def tables(language: Language) -> tuple[DataTable, ...]:
    """The two tables of D31 with invented figures; two cells are 0."""
    (title_1, head_1, unit), rows_1, (title_2, head_2), rows_2 = _LABELS[language]
    return (
        DataTable(title_1, head_1, unit, tuple(zip(rows_1, NATURE, strict=True)), sum(NATURE)),
        DataTable(title_2, head_2, unit, tuple(zip(rows_2, PERSONNEL, strict=True)), sum(PERSONNEL)),
    )


def recipient(language: Language) -> Recipient:
    """An invented receiving party."""
    if language == "ar":
        return Recipient(
            "السيدة الدكتورة ليلى مروان المحترمة", "مديرة البرامج", "صندوق ميريديان للإغاثة، بغداد"
        )
    return Recipient(
        "Dr Leila Marwan", "Director of Programmes", "Meridian Relief Fund", ("Baghdad",), "Dear Dr Marwan,"
    )


def release(language: Language = "en", **changes: Any) -> ReleaseLetter:
    """A release letter like the one in the design's pictures."""
    arabic = language == "ar"
    letter = ReleaseLetter(
        language=language,
        letterhead=HEAD,
        letter_number="RL-2026-003",
        request_number="DR-2026-004",
        letter_date=date(2026, 3, 10),
        recipient=recipient(language),
        purpose="تخطيط أنشطة الوقاية لعام 2026."
        if arabic
        else "To plan prevention work in our 2026 programme.",
        period=Period(date(2025, 1, 1), date(2025, 12, 1)),
        requested_on=date(2026, 1, 12),
        guaranteed_on=date(2026, 1, 12),
        tables=tables(language),
        completeness=Completeness(9, 11, silent=1, suspended=1),
        caveats=CAVEATS,
        onward_rule=RULE_6,
        authorization=Authorization(date(2026, 3, 5), "مكتب DSRSG/HC/RC" if arabic else "DSRSG/HC/RC office"),
        data_set_sha256=DIGEST,
        signature=("منسق الحماية", "شبكة الحماية – العراق")
        if arabic
        else ("PSEA Coordinator", "Iraq PSEA Network"),
        notes=(COUNTING_NOTE[language],),
        specimen=True,
    )
    return replace(letter, **changes)


def own_data(language: Language = "en", **changes: Any) -> OwnDataNote:
    """A cover note of an invented member for its own statistics."""
    name = "منظمة الإغاثة المثال (مختلقة)" if language == "ar" else "Example Relief (invented)"
    note = OwnDataNote(
        language=language,
        letterhead=HEAD,
        organization=name,
        note_number="OD-2026-001",
        note_date=date(2026, 3, 10),
        recipient=recipient(language),
        purpose="التقرير السنوي إلى الجهة المانحة." if language == "ar" else "Annual report to our donor.",
        period=Period(date(2025, 1, 1), date(2025, 12, 1)),
        tables=tables(language),
        caveats=Caveats("1", date(2022, 1, 31), (Caveat(CAVEAT_7A),)),
        data_set_sha256=DIGEST,
        signature=("جهة التنسيق", name) if language == "ar" else ("PSEA Focal Point", name),
        notes=(COUNTING_NOTE[language],),
        specimen=True,
    )
    return replace(note, **changes)


ITEMS = (
    ("Reason/purpose for the request", "Planning of prevention work in our 2026 programme in Iraq."),
    ("What the information will be used for", "To decide where to place two outreach teams."),
    (
        "How the information will be used",
        "Read by four people, kept encrypted, destroyed by 31 December 2026.",
    ),
    ("How it will be fed back", "A note to every data gathering organization by 30 June 2026."),
    (
        "Written guarantee",
        "We will not disseminate the report to any other party or use it for another purpose.",
    ),
)


def memo(language: Language = "en", **changes: Any) -> OfficeMemo:
    """A memo for the office to sign on paper."""
    made = OfficeMemo(
        language=language,
        letterhead=HEAD,
        request_number="DR-2026-004",
        memo_date=date(2026, 3, 4),
        receiving_party="Meridian Relief Fund",
        items=ITEMS,
        table_titles=tuple(table.title for table in tables(language)),
        period=Period(date(2025, 1, 1), date(2025, 12, 1)),
        consents=ConsentCounts(asked=9, authorized=9, excluded_silent=1, round_number=2),
        edition_number="1",
        edition_endorsed_on=date(2022, 1, 31),
        data_set_sha256=DIGEST,
        specimen=True,
    )
    return replace(made, **changes)
