"""What the ladder writes to people (D23): the written request in full, everything else one line and a link.

No figure and no other organization stands in any of these texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from audit.ledger import Subject
from forms_app.common import figures
from forms_app.common.letters.context import Period as LetterPeriod
from forms_app.common.letters.words import period_text
from intranet.clock import wording
from intranet.notices import outbox
from intranet.notices.models import Notice
from intranet.workflow.registry import subject_of
from signatories import telling
from signatories.models import Organization, Person
from signatories.selectors import Contacts, contacts, coordination_people, office_people

from .models import Ask, DataRequest, Round
from .people import today


def link(name: str, *args: object) -> str:
    """The full address of a page, in the language that is active."""
    return f"{settings.BASE_URL}{reverse(name, args=args)}"


def _language(people: Sequence[Person]) -> str:
    return "ar" if people and people[0].language == "ar" else "en"


def day_in_words(day: date) -> str:
    """A date with its weekday in the active language."""
    return wording.long_date(day)


def months_in_words(request: DataRequest) -> str:
    """The period asked, in the active language."""
    period = request.period
    if period is None:
        return ""
    language = "ar" if translation.get_language() == "ar" else "en"
    return period_text(LetterPeriod(period.first, period.last), language)  # type: ignore[arg-type]


def addressees(found: Contacts) -> tuple[list[Person], list[Person]]:
    """To both focal points, copy to the Head of Agency; to her alone where no focal point is named."""
    to = list(found.focal_points)
    head = [found.head_of_agency] if found.head_of_agency is not None else []
    if not to:
        return head, []
    return to, [person for person in head if person not in to]


def write_request(ask: Ask, request: DataRequest, round_: Round, found: Contacts, now: datetime) -> Notice:
    """§7B.1: the written request to one organization, with the five items in full."""
    to, cc = addressees(found)
    return _write_full(ask, request, round_, to, cc, now, kind="request", rule="§7B.1")


def write_follow_up(ask: Ask, request: DataRequest, round_: Round, found: Contacts, now: datetime) -> Notice:
    """§7B.2: the follow-up with senior management, copy to the focal points."""
    to = list(found.management)
    cc = [person for person in found.focal_points if person not in to]
    return _write_full(ask, request, round_, to, cc, now, kind="follow_up", rule="§7B.2")


def _write_full(
    ask: Ask,
    request: DataRequest,
    round_: Round,
    to: Sequence[Person],
    cc: Sequence[Person],
    now: datetime,
    *,
    kind: str,
    rule: str,
) -> Notice:
    language = _language(to)
    with translation.override(language):
        labels = figures.provider().table_labels()
        rows = {code: figures.provider().row_labels(code) for code in request.tables}
        facts: dict[str, Any] = {
            "request": request,
            "guarantee": request.guarantee,
            "organization": ask.organization,
            "round": round_,
            "tables": [
                {"title": labels.get(code, code), "rows": list(rows[code].values())}
                for code in request.tables
            ],
            "period": months_in_words(request),
            "last_day": day_in_words(ask.clock_last_day),
            "signed_on": day_in_words(request.guarantee.signed_on) if request.guarantee else "",
            "link": link("ask-answer", ask.pk),
            "kind": kind,
        }
        subject = _("Please answer by %(day)s: request %(reference)s") % {
            "day": day_in_words(ask.clock_last_day),
            "reference": request.reference,
        }
        text = render_to_string("data_requests/mail/request.txt", facts)
    notice = outbox.write(
        outbox.Letter(
            kind=f"data_requests.{kind}",
            to=[person.email for person in to],
            cc=[person.email for person in cc],
            subject=subject,
            text=text,
            rule=rule,
            language=language,
            organization_id=ask.organization_id,
        ),
        now,
        Subject("ask", str(ask.pk), request.reference),
    )
    assert notice is not None
    return notice


def take_back(asks: Iterable[Ask], now: datetime) -> None:
    """Written requests that still wait for the mail server, and that nobody shall answer any more."""
    ids = [str(ask.pk) for ask in asks]
    outbox.take_back("ask", ids, ("data_requests.request", "data_requests.follow_up"), now)


def tell(
    people: Iterable[Person],
    sentence: Callable[[], str],
    page: str,
    now: datetime,
    about: DataRequest | Ask,
    *,
    kind: str,
    rule: str,
    of: UUID | None = None,
    organization: Organization | None = None,
    once: str | None = None,
) -> None:
    """One line and a link to the people of one organization or office, each in the own language.

    ``sentence``: asked for once a language, whoever acts. ``page``: named URL of ``of``, else of ``about``.
    """
    telling.tell(
        f"data_requests.{kind}",
        people,
        lambda: telling.Words(sentence(), sentence(), reverse(page, args=[of or about.pk])),
        now,
        rule=rule,
        about=subject_of(about),
        organization=organization,
        once=once,
    )


def tell_the_organization(
    ask: Ask,
    sentence: Callable[[], str],
    now: datetime,
    *,
    kind: str,
    rule: str,
    people: Iterable[Person] | None = None,
    page: str = "ask-answer",
    of: UUID | None = None,
) -> None:
    """One line to everybody of an organization, or to some ``people`` of it, with its own part of the request."""
    told = contacts(ask.organization, today(now), now).everybody if people is None else people
    tell(told, sentence, page, now, ask, kind=kind, rule=rule, of=of, organization=ask.organization)


def tell_coordination(
    request: DataRequest,
    sentence: Callable[[], str],
    now: datetime,
    *,
    kind: str,
    rule: str,
    once: str | None = None,
) -> None:
    """One line to the Coordinator and the acting one, with the board's address."""
    people = coordination_people(today(now), now)
    tell(people, sentence, "request-board", now, request, kind=kind, rule=rule, once=once)


def tell_office(
    request: DataRequest,
    sentence: Callable[[], str],
    page: str,
    now: datetime,
    *,
    kind: str,
    rule: str,
    of: UUID | None = None,
) -> None:
    """One line to the people of the DSRSG/HC/RC office; ``of``: the page's object, else the request."""
    tell(office_people(today(now), now), sentence, page, now, request, kind=kind, rule=rule, of=of)
