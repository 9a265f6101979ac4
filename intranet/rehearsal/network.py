"""The invented network: every organization and person is labelled as an example (D41, trap 38)."""

from __future__ import annotations

from dataclasses import dataclass

LABEL = "(example)"


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented organization; ``kind`` is a code of signatories, ``region`` of the calendar."""

    key: str
    name_en: str
    name_ar: str
    kind: str
    region: str = ""


ORGANIZATIONS: tuple[Invented, ...] = (
    Invented("agency-a", "Example Agency A", "الوكالة المثال أ", "un_agency"),
    Invented("agency-b", "Example Agency B", "الوكالة المثال ب", "un_agency"),
    Invented("agency-c", "Example Agency C", "الوكالة المثال ج", "un_agency"),
    Invented("agency-d", "Example Agency D", "الوكالة المثال د", "un_agency"),
    Invented("agency-e", "Example Agency E", "الوكالة المثال هـ", "un_agency"),
    Invented("al-nahda", "Al-Nahda Relief (example)", "إغاثة النهضة (مثال)", "partner_ngo"),
    Invented("tigris-aid", "Tigris Aid (example)", "عون دجلة (مثال)", "partner_ngo"),
    Invented("zagros", "Zagros Development (example)", "زاغروس للتنمية (مثال)", "partner_ngo"),
    Invented("palm", "Palm Grove Health (example)", "صحة بستان النخيل (مثال)", "partner_ngo"),
    Invented("two-rivers", "Two Rivers Shelter (example)", "مأوى الرافدين (مثال)", "partner_ngo"),
    Invented("marshland", "Marshland Water (example)", "مياه الأهوار (مثال)", "partner_ngo"),
    Invented(
        "directorate", "Directorate of Services (example)", "مديرية الخدمات (مثال)", "partner_government"
    ),
)

_GIVEN = (
    "Amina", "Bassam", "Chnar", "Dara", "Eman", "Faris", "Ghada", "Hiwa", "Iman", "Jamal", "Kawthar", "Laith",
    "Mariam", "Nizar", "Orhan", "Parwin", "Qasim", "Rania", "Salam", "Tara", "Uday", "Vian", "Warda", "Yusuf",
    "Zaid", "Ahlam", "Basma", "Daban", "Evan", "Firas", "Gulan", "Hadeel", "Ismail", "Jihan", "Karwan", "Lana",
    "Muna", "Naz", "Omar", "Payam", "Rebin", "Sahar", "Talib", "Umniya", "Waleed", "Yara", "Zhyan", "Anwar",
)  # fmt: skip


def person_name(number: int) -> str:
    """An invented name, always labelled."""
    return f"{_GIVEN[number % len(_GIVEN)]} Example-{number + 1}"


def more(count: int) -> tuple[Invented, ...]:
    """The first ``count`` organizations; beyond the twelve, numbered ones (benchmarks)."""
    extra = tuple(
        Invented(f"org-{n}", f"Example Organization {n}", f"المنظمة المثال {n}", "partner_ngo")
        for n in range(len(ORGANIZATIONS) + 1, count + 1)
    )
    return (ORGANIZATIONS + extra)[:count]
