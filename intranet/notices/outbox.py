"""Writing and delivering notices (D23).

``write`` runs inside the act's transaction. ``deliver_due`` runs after commit, from the job: it claims
one row at a time with SKIP LOCKED, so several nodes may run it. If the machine dies between the mail
server's yes and our commit, the mail may go twice, with the same Message-ID; never not at all.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from audit.ledger import Subject

from .models import STUCK_AFTER, Attempt, Notice, ToldOtherwise

log = logging.getLogger(__name__)

PRIVATE_LINK = "{private-link}"  # stands in a stored text for a link that is made when the mail leaves
_link_makers: dict[str, Callable[[Notice], str]] = {}
_sent_again_elsewhere: set[str] = set()


def private_link(kind: str, maker: Callable[[Notice], str]) -> None:
    """Register who makes the private link of a kind of notice; the outbox itself never holds one."""
    _link_makers[kind] = maker


def sends_again_itself(*kinds: str) -> None:
    """Register kinds of notices whose slice repeats them by an act of its own (a clock starts anew)."""
    _sent_again_elsewhere.update(kinds)


@dataclass(frozen=True, slots=True)
class Letter:
    """What to write. ``once``: a second notice with the same text here is not written (idempotent jobs)."""

    kind: str
    to: Sequence[str]
    subject: str
    text: str
    cc: Sequence[str] = ()
    rule: str = ""
    language: str = "en"
    organization_id: UUID | None = None
    once: str | None = None


def write(letter: Letter, now: datetime, about: Subject | None = None) -> Notice | None:
    """Put a notice into the outbox; None when ``once`` was already written.

    Raises ValueError when nobody is addressed or a subject or address carries a line break.
    """
    addresses = [*letter.to, *letter.cc]
    if not letter.to:
        raise ValueError(f"Notice {letter.kind}: nobody is addressed")
    for text in [letter.subject, *addresses]:
        if "\n" in text or "\r" in text:
            raise ValueError(f"Notice {letter.kind}: a line break in a subject or an address")
    for address in addresses:
        if "@" not in parseaddr(address)[1]:
            raise ValueError(f"Notice {letter.kind}: {address!r} is not an address")
    if letter.once is not None and Notice.objects.filter(once=letter.once).exists():
        return None
    about = about or Subject()
    return Notice.objects.create(
        kind=letter.kind,
        written_at=now,
        organization_id=letter.organization_id,
        to=list(letter.to),
        cc=list(letter.cc),
        subject=letter.subject[:200],
        text=letter.text,
        language=letter.language,
        rule=letter.rule,
        object_type=about.type,
        object_id=about.id,
        once=letter.once,
        next_attempt_at=now,
    )


def message(notice: Notice) -> EmailMessage:
    """The mail of a notice: plain text, complete, no figures; Message-ID is the row's id."""
    text = notice.text
    if PRIVATE_LINK in text and notice.kind in _link_makers:
        text = text.replace(PRIVATE_LINK, _link_makers[notice.kind](notice))
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
    return EmailMessage(
        subject=notice.subject,
        body=text,
        to=notice.to,
        cc=notice.cc,
        headers={
            "Message-ID": f"<{notice.pk}@{domain}>",
            "Content-Language": notice.language,
            "Auto-Submitted": "auto-generated",
        },
    )


@dataclass(frozen=True, slots=True)
class Delivered:
    """Counts of one run."""

    sent: int
    failed: int


def deliver_due(now: datetime, limit: int = 500) -> Delivered:
    """Try every notice whose time has come, each in its own transaction."""
    sent = failed = 0
    tried: list[UUID] = []
    while len(tried) < limit:
        with transaction.atomic():
            notice = (
                Notice.objects.select_for_update(skip_locked=True)
                .filter(delivered_at__isnull=True, next_attempt_at__lte=now)
                .exclude(pk__in=tried)
                .order_by("next_attempt_at")
                .first()
            )
            if notice is None:
                break
            tried.append(notice.pk)
            if _try(notice, now):
                sent += 1
            else:
                failed += 1
    return Delivered(sent, failed)


def _try(notice: Notice, now: datetime) -> bool:
    error, final = "", False
    refused: Iterable[str] = ()
    mail = message(notice)
    try:
        mail.send()
        refused = getattr(mail, "refused", ())  # some of several (intranet.notices.smtp)
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        error, final = f"address refused: {refusal.recipients}", all(code >= 500 for code in codes)
        refused = refusal.recipients if final else ()
    except smtplib.SMTPResponseException as answer:
        error, final = f"{answer.smtp_code} {answer.smtp_error!r}", answer.smtp_code >= 550
        refused = mail.recipients() if final else ()
    except (OSError, smtplib.SMTPException) as trouble:
        error = f"{type(trouble).__name__}: {trouble}"
    notice.attempts += 1
    notice.last_error = error[:300]
    if not error:
        notice.delivered_at, notice.next_attempt_at = now, None
    else:
        log.warning("Notice %s was not delivered: attempt %s", notice.pk, notice.attempts)
        notice.bounced_at = now if final else None
        notice.next_attempt_at = None if final else notice.retry_at(now)
    notice.refused = sorted({*notice.refused, *(address.lower() for address in refused)})
    notice.save()
    Attempt.objects.create(notice=notice, at=now, ok=not error, error=error[:300])
    return not error


def _undelivered() -> QuerySet[Notice]:
    """Notices that did not arrive, were not sent again to another address, and that nobody told otherwise."""
    return Notice.objects.filter(delivered_at__isnull=True, sent_again_at__isnull=True, told__isnull=True)


def stuck_rows() -> QuerySet[Notice]:
    """Notices that need a person, oldest first: refused for good, or failed several times."""
    needs_a_person = Q(attempts__gte=STUCK_AFTER) | Q(bounced_at__isnull=False)
    return _undelivered().filter(needs_a_person).order_by("written_at")


def stuck() -> list[Notice]:
    """The same, read. One query."""
    return list(stuck_rows())


def came_back(object_type: str) -> Exists:
    """In a query of rows of that type: whether a notice about the row was refused for good."""
    about_it = Notice.objects.filter(
        object_type=object_type, object_id=Cast(OuterRef("pk"), CharField()), bounced_at__isnull=False
    )
    return Exists(about_it)


def waiting_count() -> int:
    """How many notices are not delivered yet, those told by another channel left out."""
    return _undelivered().count()


def told_otherwise(limit: int = 50) -> list[ToldOtherwise]:
    """Notices told by another channel and still undelivered, newest first."""
    rows = ToldOtherwise.objects.filter(notice__delivered_at__isnull=True).select_related("notice")
    return list(rows.order_by("-at")[:limit])


def about(object_type: str, object_id: str) -> list[Notice]:
    """All notices written about one object, oldest first."""
    return list(Notice.objects.filter(object_type=object_type, object_id=object_id).order_by("written_at"))


def try_again(notice: Notice, now: datetime) -> None:
    """The same addresses once more: the next run delivers it. For a repaired address see ``send_again``."""
    Notice.objects.filter(Q(pk=notice.pk), delivered_at__isnull=True).update(
        next_attempt_at=now, bounced_at=None, attempts=F("attempts"), refused=[]
    )


def take_back(object_type: str, object_ids: Iterable[str], kinds: Iterable[str], now: datetime) -> None:
    """What has not left does not leave any more: the act that it tells of was overtaken. The rows stay."""
    overtaken = Notice.objects.filter(object_type=object_type, object_id__in=list(object_ids), kind__in=kinds)
    overtaken.filter(delivered_at__isnull=True, sent_again_at__isnull=True).update(
        next_attempt_at=None, sent_again_at=now
    )


def refused_addresses() -> QuerySet[Any, Any]:
    """Addresses, in small letters, that the mail server refused and that nobody repaired: a subquery."""
    each = Func(F("refused"), function="jsonb_array_elements_text", output_field=CharField())
    each.set_returning = True
    return Notice.objects.exclude(refused=[]).order_by().annotate(address=each).values_list("address")


def send_again(was: str, now_is: str, now: datetime) -> int:
    """After a repair: a copy of each mail that ``was`` refused goes to ``now_is``; returns how many.

    Call inside the act's transaction. Mails with a private link or about an account never go to another
    address than the account's own. What reached nobody and is repeated by an act of its slice is left to it.
    """
    old, copies = was.lower(), 0
    for notice in Notice.objects.select_for_update().filter(refused__contains=[old]).order_by("written_at"):
        reached_nobody = notice.delivered_at is None
        left_to_slice = reached_nobody and notice.kind in _sent_again_elsewhere
        bound = old != now_is.lower() and _is_bound_to_its_address(notice)
        if not bound and not left_to_slice:
            copies += 1
            Notice.objects.create(
                **{name: getattr(notice, name) for name in _COPIED},
                written_at=now,
                to=[now_is],
                next_attempt_at=now,
            )
        notice.refused = [address for address in notice.refused if address != old]
        if not notice.refused and reached_nobody and not left_to_slice:
            notice.sent_again_at, notice.next_attempt_at = now, None
        notice.save()
    return copies


_COPIED = ("kind", "organization_id", "subject", "text", "language", "rule", "object_type", "object_id")


def _is_bound_to_its_address(notice: Notice) -> bool:
    return PRIVATE_LINK in notice.text or notice.kind.startswith("access.")
