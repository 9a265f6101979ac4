"""The facts of the release letter and of the office's memo, gathered for ``forms_app.common.letters`` (§7B.7).

Caveats come from the edition in force, never from code (D3). No person and no organization of the network
is named; the counting unit is reports received.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from django.utils import translation
from django.utils.translation import gettext as _

from forms_app.common import figures
from forms_app.common.letter_templates import selectors as letter_templates
from forms_app.common.letters.assemble import (
    letter_completeness,
    letter_period,
    letter_tables,
    release_caveats,
)
from forms_app.common.letters.context import (
    Authorization,
    Caveats,
    Completeness,
    ConsentCounts,
    OfficeMemo,
    Period,
    Recipient,
    ReleaseLetter,
)
from forms_app.common.letters.render import file_name, render
from forms_app.common.letters.verify import named, sender_phrases
from intranet.network.models import NetworkSettings
from intranet.papers.bidi import strip_marks
from intranet.papers.letterhead import Language
from intranet.papers.sender import letterhead
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.models import Edition
from signatories.models import Organization
from signatories.selectors import signatories_on

from . import people
from .conditions import five_items
from .models import Ask, DataRequest
from .models.requests import FIVE_ITEMS
from .picture import Picture

ONWARD_RULE = "7B.6"


@dataclass(frozen=True)
class Letter:
    """A finished letter. ``caveats_sha256`` covers the caveat paragraphs, one a line."""

    name: str
    content: bytes
    context: ReleaseLetter
    caveats_sha256: str
    edition: Edition


def _language(request: DataRequest) -> Language:
    return cast(Language, request.letter_language)


def _period(request: DataRequest) -> Period:
    period = request.period
    assert period is not None
    return letter_period(period)


def silent_count(picture: Picture) -> int:
    """Organizations left out because they did not respond, since the last full round; a number only."""
    ids: set[str] = set()
    for round_ in picture.rounds:
        ids = ids | set(round_.silent) if round_.kind == "second" else set()
    return Ask.objects.filter(pk__in=ids).values("organization_id").distinct().count()


def completeness(picture: Picture) -> Completeness:
    """The completeness line: numbers only (D22)."""
    period = picture.request.period
    assert period is not None
    assert picture.current is not None
    found = figures.provider().completeness(
        period, picture.current.organizations(), people.today(picture.now)
    )
    room = found.signatories - found.included - found.missing - found.suspended
    return letter_completeness(found, silent=max(0, min(silent_count(picture), room)))


def _caveats(edition: Edition) -> Caveats:
    return release_caveats(editions.blocks_of(edition), edition.label, edition.endorsed_on)


def release_context(picture: Picture, number: str, now: datetime) -> ReleaseLetter:
    """The facts of the letter as they stand; for the preview too. LookupError while a part is missing."""
    request, settings = picture.request, picture.settings
    if picture.edition is None or picture.current is None or picture.live is None:
        raise LookupError(_("There is nothing to put into a letter yet."))
    if request.guarantee is None or not five_items(picture).allowed:
        raise LookupError(_("The five items are not complete."))
    language = _language(request)
    decision = picture.authorization
    arabic = language == "ar"
    head = letterhead(settings)
    return ReleaseLetter(
        language=language,
        letterhead=head,
        letter_number=number,
        request_number=request.reference,
        letter_date=people.today(now),
        recipient=Recipient(
            name=request.contact_name,
            title=request.contact_title,
            organization=request.requester_organization,
            address=tuple(line for line in request.contact_address.splitlines() if line.strip()),
        ),
        purpose=request.purpose,
        period=_period(request),
        requested_on=request.received_on,
        guaranteed_on=request.guarantee.signed_on,
        tables=letter_tables(picture.live, figures.provider(), language),
        completeness=completeness(picture),
        caveats=_caveats(picture.edition),
        onward_rule=editions.clause(picture.edition, ONWARD_RULE).text,
        authorization=Authorization(
            on=decision.decided_on if decision is not None else people.today(now),
            capacity=head.authorizing_office_ar if arabic else head.authorizing_office_en,
        ),
        data_set_sha256=picture.live.sha256,
        signature=(
            (settings.coordinator_title_ar, settings.letterhead_name_ar)
            if arabic
            else (settings.coordinator_title, settings.letterhead_name)
        ),
    )


def forbidden_names(now: datetime, asked: list[Organization]) -> tuple[str, ...]:
    """Names and short names of everybody whose data may be in it: none may stand in the file (§7B.5)."""
    found = {o.pk: o for o in [*signatories_on(people.today(now)), *asked]}.values()
    names = {text for o in found for text in (o.name_en, o.name_ar, o.name_ckb, o.acronym) if text.strip()}
    return tuple(sorted(names))


AS_WRITTEN = ("requester_organization", "contact_name", "contact_title", "contact_address", "purpose")


def signatory_in_it(request: DataRequest, now: datetime) -> tuple[str, str] | None:
    """Which text of the request, printed in the letter as it was written, names which signatory of today (§7B.5)."""
    names = forbidden_names(now, [])
    exempt = sender_phrases(letterhead(NetworkSettings.current()))
    for field in AS_WRITTEN:
        found = named(strip_marks(getattr(request, field)), names, exempt)
        if found is not None:
            return str(request._meta.get_field(field).verbose_name), found  # type: ignore[union-attr]
    return None


def build(picture: Picture, number: str, now: datetime) -> Letter:
    """The letter's bytes, verified. Raises LetterFault or LookupError with a sentence."""
    context = release_context(picture, number, now)
    assert picture.current is not None
    assert picture.edition is not None
    asked = [f.ask.organization for f in picture.current.asks]
    template = letter_templates.content(context.kind, context.language)
    content = render(context, template, forbidden_names(now, asked))
    digest = hashlib.sha256("\n".join(context.caveats.paragraphs).encode()).hexdigest()
    return Letter(file_name(context), content, context, digest, picture.edition)


def memo_context(picture: Picture, now: datetime, language: Literal["en", "ar"] = "en") -> OfficeMemo:
    """The memo that the office signs on paper (D20): items, shape, answers in numbers, data-set hash."""
    request, current = picture.request, picture.current
    if current is None or picture.edition is None:
        raise LookupError(_("The organizations have not been asked."))
    provider = figures.provider()
    with translation.override(language):
        titles = provider.table_labels()
        guarantee = request.guarantee
        assert guarantee is not None
        items = [
            (str(request._meta.get_field(name).verbose_name), getattr(request, name))  # type: ignore[union-attr]
            for name in FIVE_ITEMS
        ]
        items.append((_("v. Written guarantee of the receiving party"), guarantee.text))
        tables = tuple(str(titles.get(code, code)) for code in request.tables)
    return OfficeMemo(
        language=language,
        letterhead=letterhead(picture.settings),
        request_number=request.reference,
        memo_date=people.today(now),
        receiving_party=request.requester_organization,
        items=tuple(items),
        table_titles=tables,
        period=_period(request),
        consents=ConsentCounts(
            asked=len(current.asks),
            authorized=len(current.authorized(now)),
            excluded_silent=silent_count(picture),
            round_number=current.round.number,
        ),
        edition_number=picture.edition.label,
        edition_endorsed_on=picture.edition.endorsed_on,
        data_set_sha256=current.round.data_set_sha256,
    )


def memo(picture: Picture, now: datetime, language: Literal["en", "ar"] = "en") -> tuple[str, bytes]:
    """File name and bytes of the memo."""
    context = memo_context(picture, now, language)
    return file_name(context), render(context, letter_templates.content(context.kind, context.language))
