"""The facts of a letter under the names that a template may use."""

from datetime import date

from intranet.papers.bidi import LRM
from intranet.papers.letterhead import Letterhead
from intranet.papers.qr import qr_text

from .context import LetterContext, OfficeMemo, OwnDataNote, ReleaseLetter
from .fill import Scope
from .words import (
    SPECIMEN,
    completeness_text,
    consents_text,
    day_text,
    period_short,
    period_text,
    salutation,
    short_hash,
    tables_phrase,
)

MEMBER = {"en": "Member of the {}", "ar": "عضو في {}"}


def _head(head: Letterhead, language: str) -> Scope:
    own = {
        name: getattr(head, f"{name}_{language}") or getattr(head, f"{name}_en")
        for name in ("network", "office", "authorizing_office")
    }
    coordinator = head.coordinator_ar if language == "ar" and head.coordinator_ar else head.coordinator_en
    return {
        **{
            f"{name}_{code}": getattr(head, f"{name}_{code}")
            for name in ("network", "office", "descriptor")
            for code in ("en", "ar")
        },
        "network": own["network"],
        "office": own["office"],
        "authorizing_office": own["authorizing_office"],
        "coordinator_title": coordinator,
    }


def _wrapped(code: str, language: str) -> str:
    """A code that starts with a digit, kept in order inside Arabic text."""
    return f"{LRM}{code}{LRM}" if language == "ar" else code


def number_of(context: LetterContext) -> str:
    """The number that the letter is quoted by."""
    if isinstance(context, ReleaseLetter):
        return context.letter_number
    return context.note_number if isinstance(context, OwnDataNote) else context.request_number


def day_of(context: LetterContext) -> date:
    """The date of the letter."""
    if isinstance(context, ReleaseLetter):
        return context.letter_date
    return context.note_date if isinstance(context, OwnDataNote) else context.memo_date


def code_text(context: LetterContext) -> str:
    """What the square code holds: kind and number, request, date, full SHA-256 of the data set."""
    day, digest = day_of(context).isoformat(), context.data_set_sha256
    if isinstance(context, ReleaseLetter):
        return qr_text(
            "Letter", context.letter_number, "Request", context.request_number, day, "SHA-256", digest
        )
    kind = "Note" if isinstance(context, OwnDataNote) else "Request"
    return qr_text(kind, number_of(context), day, "SHA-256", digest)


def scope_of(context: LetterContext) -> Scope:
    """Every plain placeholder of this kind of letter. Blocks (tables, caveats, items) are put in apart."""
    language = context.language
    day, digest = day_of(context), context.data_set_sha256.lower()
    scope: Scope = {
        **_head(context.letterhead, language),
        "specimen": SPECIMEN[language] if context.specimen else "",
        "date": day_text(day, language),
        "date_long": day_text(day, language, weekday=True),
        "period": period_text(context.period, language),
        "period_short": period_short(context.period, language),
        "data_set_sha256": _wrapped(digest, language),
        "data_set_short": _wrapped(short_hash(digest), language),
    }
    if isinstance(context, OfficeMemo):
        return scope | _memo(context)
    person = context.recipient
    scope |= {
        "letter_number": number_of(context),
        "recipient_name": person.name,
        "recipient_title": person.title,
        "recipient_organization": person.organization,
        "recipient_address": person.address,
        "salutation": salutation(person.name, person.salutation, language),
        "purpose": context.purpose,
        "tables_phrase": tables_phrase(len(context.tables), language),
        "notes": context.notes,
        "edition_number": context.caveats.edition_number,
        "edition_date": day_text(context.caveats.endorsed_on, language),
        "signature": context.signature,
    }
    if isinstance(context, OwnDataNote):
        scope["organization"] = context.organization
        scope["member_of"] = MEMBER[language].format(scope["network"])
        return scope
    return scope | {
        "request_number": context.request_number,
        "requested_on": day_text(context.requested_on, language),
        "guaranteed_on": day_text(context.guaranteed_on, language),
        "completeness": completeness_text(context.completeness, language),
        "onward_rule": context.onward_rule,
        "authorization_capacity": context.authorization.capacity,
        "authorized_on": day_text(context.authorization.on, language),
    }


def _memo(context: OfficeMemo) -> Scope:
    comma = "، " if context.language == "ar" else "; "
    return {
        "request_number": context.request_number,
        "receiving_party": context.receiving_party,
        "table_names": comma.join(context.table_titles) + ".",
        "consents": consents_text(context.consents, context.language),
        "edition_number": context.edition_number,
        "edition_date": day_text(context.edition_endorsed_on, context.language),
    }
