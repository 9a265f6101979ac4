"""An invented letter of each kind, for trying a replaced template. Its caveats are not the protocol's."""

from datetime import date

from intranet.papers.letterhead import Language, Letterhead

from .context import (
    Authorization,
    Caveat,
    Caveats,
    Completeness,
    ConsentCounts,
    DataTable,
    Kind,
    LetterContext,
    OfficeMemo,
    OwnDataNote,
    Period,
    Recipient,
    ReleaseLetter,
)

_HEAD = Letterhead(
    network_en="Trial network",
    network_ar="شبكة تجريبية",
    office_en="Trial office",
    office_ar="مكتب تجريبي",
    coordinator_en="Trial coordinator",
    coordinator_ar="منسق تجريبي",
)
_DAY = date(2026, 3, 10)
_PERIOD = Period(date(2025, 1, 1), date(2025, 12, 1))
_TABLES = (
    DataTable("Trial table one", "Label", "Figure", (("Row one", 3), ("Row two", 0)), 3),
    DataTable("Trial table two", "Label", "Figure", (("Row three", 1), ("Row four", 2), ("Row five", 4)), 7),
)
_PERSON = Recipient("Trial Person", "Trial title", "Trial receiver", ("Trial town",))
_DIGEST = "0123456789abcdef" * 4
_MADE = date(2022, 1, 31)
_CAVEATS = Caveats(
    "1",
    _MADE,
    (
        Caveat("Trial caveat one."),
        Caveat("Trial caveat two, for:", ("trial purpose one;", "trial purpose two.")),
        Caveat("Trial caveat three."),
    ),
)


def trial_context(kind: Kind, language: Language) -> LetterContext:
    """A complete invented context."""
    if kind == "memo":
        return OfficeMemo(
            language=language,
            letterhead=_HEAD,
            request_number="DR-TRIAL",
            memo_date=_DAY,
            receiving_party="Trial receiver",
            items=tuple((f"Trial item {number}", f"Trial text {number}.") for number in range(1, 6)),
            table_titles=tuple(table.title for table in _TABLES),
            period=_PERIOD,
            consents=ConsentCounts(asked=5, authorized=5),
            edition_number="1",
            edition_endorsed_on=_MADE,
            data_set_sha256=_DIGEST,
            specimen=True,
        )
    if kind == "own_data":
        return OwnDataNote(
            language=language,
            letterhead=_HEAD,
            organization="Trial organization",
            note_number="OD-TRIAL",
            note_date=_DAY,
            recipient=_PERSON,
            purpose="Trial purpose",
            period=_PERIOD,
            tables=_TABLES,
            caveats=Caveats("1", _MADE, (Caveat("Trial caveat of section 7A."),)),
            data_set_sha256=_DIGEST,
            signature=("Trial title",),
            notes=("Trial note.",),
            specimen=True,
        )
    return ReleaseLetter(
        language=language,
        letterhead=_HEAD,
        letter_number="RL-TRIAL",
        request_number="DR-TRIAL",
        letter_date=_DAY,
        recipient=_PERSON,
        purpose="Trial purpose",
        period=_PERIOD,
        requested_on=_DAY,
        guaranteed_on=_DAY,
        tables=_TABLES,
        completeness=Completeness(5, 6, silent=1),
        caveats=_CAVEATS,
        onward_rule="Trial rule on onward sharing.",
        authorization=Authorization(_DAY, "Trial authorizing office"),
        data_set_sha256=_DIGEST,
        signature=("Trial title",),
        notes=("Trial note.",),
        specimen=True,
    )
