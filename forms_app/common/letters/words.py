"""Words that a letter makes from facts: dates, periods, counts. Everything else stands in the template.

English and Arabic side by side instead of message catalogues: a letter's language is the letter's own, not
the reader's, and a stored letter must not change with a catalogue. The Arabic is a draft for a native
reviewer (D4). Digits are Western in both; months in Arabic carry both names in use in Iraq.
"""

from datetime import date

from intranet.papers.letterhead import Language

from .context import Completeness, ConsentCounts, Period

MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "ar": (
        *("كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو"),
        *("تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر"),
        "كانون الأول/ديسمبر",
    ),
}
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ar": ("الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"),
}
SPECIMEN: dict[Language, str] = {
    "en": "Specimen – every name and figure is invented",
    "ar": "نموذج – جميع الأسماء والأرقام مختلقة",
}
COUNTING_NOTE: dict[Language, str] = {
    "en": "Counted in reports received, reviewed to avoid double counting. 0 means that no report was received.",
    "ar": "وحدة العدّ هي البلاغ الوارد، بعد المراجعة تفادياً للعدّ المزدوج. ويعني الرقم 0 أنه لم يرد أي بلاغ.",
}

# Labels of the standard lists that an organization may be called by, too.
PUBLIC_LABELS = ("UN Volunteers", "United Nations Volunteers", "متطوعو الأمم المتحدة")
FIGURE_HEAD: dict[Language, str] = {"en": "Reports received", "ar": "البلاغات الواردة"}
LABEL_HEADS: dict[Language, dict[str, str]] = {
    "en": {"nature": "Nature of allegation", "personnel": "Category of personnel (alleged perpetrator)"},
    "ar": {"nature": "طبيعة الادعاء", "personnel": "فئة الأفراد (المنسوب إليهم الفعل)"},
}


def day_text(day: date, language: Language, weekday: bool = False) -> str:
    """A date in words: "10 March 2026", with its weekday "Tuesday 10 March 2026"."""
    text = f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"
    return f"{WEEKDAYS[language][day.weekday()]} {text}" if weekday else text


def period_text(period: Period, language: Language) -> str:
    """A period to the day, as a span in words (no dash: it swaps sides after Arabic text)."""
    first, last = period.first_day, period.last_day
    start = day_text(first, language)
    if language == "en":
        if first.year == last.year:
            start = f"{first.day} {MONTHS['en'][first.month - 1]}"
        return f"{start} to {day_text(last, 'en')}"
    if first.year == last.year:
        start = f"{first.day} {MONTHS['ar'][first.month - 1]}"
    return f"من {start} إلى {day_text(last, 'ar')}"


def period_short(period: Period, language: Language) -> str:
    """A period for a subject line: "2025", "March 2025", "January to June 2025"."""
    first, last = period.first_day, period.last_day
    if (first.month, last.month) == (1, 12) and first.year == last.year:
        return str(first.year)
    start, end = MONTHS[language][first.month - 1], MONTHS[language][last.month - 1]
    if (first.year, first.month) == (last.year, last.month):
        return f"{end} {last.year}"
    if first.year != last.year:
        start = f"{start} {first.year}"
    return f"{start} to {end} {last.year}" if language == "en" else f"{start} إلى {end} {last.year}"


def tables_phrase(count: int, language: Language) -> str:
    """How the sentence on what is released names the tables, at the start of a sentence."""
    if language == "ar":
        return {1: "الجدول الوطني أدناه", 2: "الجدولان الوطنيان أدناه"}.get(count, "الجداول الوطنية أدناه")
    numerals = {2: "two ", 3: "three ", 4: "four "}
    return "The national table below" if count == 1 else f"The {numerals.get(count, '')}national tables below"


def completeness_text(facts: Completeness, language: Language) -> str:
    """The completeness line: numbers of signatories, nobody named (D22). Nothing left out: one sentence."""
    counts = (facts.silent, facts.suspended, facts.missing)
    if language == "ar":
        reasons = ("لعدم الرد", "لتعليق التبادل", "لعدم ورود تقرير")
        left_out = [f"{count} {reason}" for count, reason in zip(counts, reasons, strict=True) if count]
        text = f"تتضمن البيانات تقارير {facts.included} من أصل {facts.signatories} من الجهات الموقِّعة."
        return f"{text} ولا تشمل: {'، '.join(left_out)}." if left_out else text
    reasons = ("without an answer", "suspended", "without a report")
    left_out = [f"{count} {reason}" for count, reason in zip(counts, reasons, strict=True) if count]
    text = f"{facts.included} of {facts.signatories} signatories are included."
    return f"{text} Not included: {', '.join(left_out)}." if left_out else text


def consents_text(facts: ConsentCounts, language: Language) -> str:
    """The answers of the round that the office decides on: numbers, nobody named."""
    if language == "ar":
        text = f"الجولة {facts.round_number}: أذنت {facts.authorized} من أصل {facts.asked} من المنظمات التي طُلب إذنها."
        more = f" واستُبعدت بيانات {facts.excluded_silent} لعدم الرد." if facts.excluded_silent else ""
        return text + more
    text = f"Round {facts.round_number}: {facts.authorized} of {facts.asked} organizations asked have authorized."
    one = facts.excluded_silent == 1
    more = f" The data of {facts.excluded_silent} that did not respond {'is' if one else 'are'} excluded."
    return text + more if facts.excluded_silent else text


def salutation(name: str, given: str, language: Language) -> str:
    """The opening line: as given, else from the name in English (none is known: to whom it is), a formula in Arabic."""
    if given:
        return given
    if language == "ar":
        return "تحية طيبة وبعد،"
    return f"Dear {name}," if name.strip() else "Dear Sir or Madam,"


def short_hash(sha256: str) -> str:
    """The first sixteen digits in fours, for the footer."""
    head = sha256[:16].lower()
    return " ".join(head[index : index + 4] for index in range(0, 16, 4))
