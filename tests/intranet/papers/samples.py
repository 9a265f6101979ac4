"""Invented papers of both languages with every kind of block."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from intranet.papers.letterhead import Language, Letterhead
from intranet.papers.paper import Block, Facts, Heading, Items, Paper, Quote, Table, Text

HEAD = Letterhead(
    network_en="Iraq PSEA Network",
    network_ar="شبكة الحماية من الاستغلال والانتهاك الجنسيين – العراق",
    office_en="Office of the PSEA Coordinator",
    office_ar="مكتب تنسيق الحماية من الاستغلال والانتهاك الجنسيين",
    descriptor_en="Protection from Sexual Exploitation and Abuse",
    coordinator_ar="منسق الحماية من الاستغلال والانتهاك الجنسيين",
)
SHA = "ab12" * 16
VERIFY = "https://intranet.example.org/en/papers/verify/6f1d8f3e-2f60-4b0a-9d35-0d8d3c1be7aa/"
LONG_EN = "International Association for the Protection of Displaced Families and Host Communities (invented)"
LONG_AR = "الجمعية الدولية لحماية الأسر النازحة والمجتمعات المضيفة في المحافظات الشمالية والجنوبية (مختلقة)"
ROWS = tuple(
    (f"Organization {n} – منظمة {n}", f"{n}", "Signatory", f"{n % 28 + 1} March 2026") for n in range(1, 61)
)


def blocks(language: Language) -> tuple[Block, ...]:
    """Every kind of block, with mixed directions in each."""
    if language == "ar":
        return (
            Text(
                "تشهد الشبكة أن المنظمة المذكورة أدناه أيدت البروتوكول (Edition 1.2) في 31 كانون الثاني/يناير 2026."
            ),
            Facts((("المنظمة", LONG_AR), ("الاسم بالإنكليزية", LONG_EN), ("الطبعة", "1.2"), ("البصمة", SHA))),
            Heading("ما تلتزم به المنظمة"),
            Items(
                ("تقديم التقرير الشهري قبل 7 من كل شهر.", "Share the standards.", "إبلاغ WHO و UNICEF."), True
            ),
            Quote(
                "It is the right of the participating member to withdraw.", "المادة §9.i من البروتوكول", "en"
            ),
            Quote("يحق للمنظمة المشاركة أن تنسحب.", "", "ar"),
            Items(("بند أول", "بند ثانٍ: 80069999")),
            Table("سجل الموقعين", ("المنظمة", "العدد", "الحالة", "التاريخ"), ROWS, frozenset({1})),
            Text("ملاحظة: هذه ممارسة للشبكة وليست من نص البروتوكول.", small=True),
        )
    return (
        Text(
            "The network certifies that the organization below endorsed the protocol.\nSecond line of منظمة."
        ),
        Facts((("Organization", LONG_EN), ("Name in Arabic", LONG_AR), ("Edition", "1.2"), ("SHA-256", SHA))),
        Heading("What the organization takes on"),
        Items(("A report every month.", "The standards, shared.", "إبلاغ الموظفين (staff)."), True),
        Quote(
            "It is the right of the participating member to withdraw.", "Clause §9.i of the protocol", "en"
        ),
        Quote("يحق للمنظمة المشاركة أن تنسحب.", "Arabic translation", "ar"),
        Items(("first < point & more", "second point")),
        Items(("counts", "from one again"), True),
        Table("Register of signatories", ("Organization", "No.", "State", "Since"), ROWS, frozenset({1})),
        Text("Network practice, not protocol text.", small=True),
    )


def sample(language: Language = "en", **changes: Any) -> Paper:
    """A certificate with everything a paper can have."""
    arabic = language == "ar"
    paper = Paper(
        kind="sample",
        language=language,
        letterhead=HEAD,
        number="EC-2026-001",
        day=date(2026, 3, 10),
        title="شهادة إقرار البروتوكول" if arabic else "Certificate of endorsement",
        blocks=blocks(language),
        addressee=(LONG_AR, "بغداد") if arabic else (LONG_EN, "Baghdad"),
        signed_under=("منسق الشبكة", "مكتب DSRSG/HC/RC")
        if arabic
        else ("PSEA Coordinator", "DSRSG/HC/RC office"),
        sha256=SHA,
        verify=VERIFY,
        specimen=True,
    )
    return replace(paper, **changes)
