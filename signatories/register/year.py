"""My organization's year: one page for its Head of Agency, numbered and issued once a request.

What the protocol asks in a year lies in several slices; each above this floor registers its part (D8). The
paper is network practice, not protocol text. Years are calendar years of the network's time zone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db.models import Q
from django.utils.translation import gettext as _

from audit.actors import Actor
from intranet.access.roles import Capacity
from intranet.clock.wording import long_date, plain_date
from intranet.papers import services as papers
from intranet.papers.letterhead import Language
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Block, Facts, Heading, Paper, Table, Text
from intranet.workflow import registry
from intranet.workflow.machine import ALLOWED, Context, Decision
from intranet.workflow.runner import perform

from ..days import network_day
from ..models import Organization, ParticipationEntry, Post
from ..policy import OVERSEERS
from .rows import Row, register_on
from .timeline import Mark, mark_of

KIND = "organization_year"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: ``until`` is the year's last day, or today while the year runs."""

    organization: Organization
    year: int
    until: date
    now: datetime
    language: Language


Part = Callable[[Asked], tuple[Block, ...]]
_parts: list[tuple[int, Part]] = []


def register(part: Part, order: int = 50) -> None:
    """Called by a slice's ``ready``; ``part`` speaks the active language and holds no figures."""
    _parts.append((order, part))
    _parts.sort(key=lambda item: item[0])


def may_issue(actor: Actor, organization: Organization, now: datetime) -> Decision:
    """The Head of Agency, for the own organization."""
    own = actor.organization_id is not None and actor.organization_id == organization.pk
    if own and actor.capacity == Capacity.HEAD_OF_AGENCY and organization.may_sign:
        return ALLOWED
    return Decision(False, _("The year of an organization is issued to its own Head of Agency."), "D10")


def year_has_begun(context: Context) -> Decision:
    """There is nothing to say about a year that lies ahead, or before the organization joined."""
    year, organization = context.data["year"], context.obj
    if organization.active_from.year <= year <= network_day(context.now).year:
        return ALLOWED
    return Decision(False, _("Year: choose one in which the organization was in the network."), "D10")


def issue(context: Context) -> None:
    """The effect: the paper stands or falls with the act; the number counts within the organization."""
    organization, year, language = context.obj, context.data["year"], context.data["language"]
    today = network_day(context.now)
    asked = Asked(organization, year, min(today, date(year, 12, 31)), context.now, cast(Language, language))
    paper = papers.issue(
        KIND,
        lambda stamp: _paper(stamp, asked),
        about=organization,
        actor=context.actor,
        now=context.now,
        language=asked.language,
        act=f"{KIND}:{organization.pk}:{context.data['act']}",
        within=organization.pk,
        rule="D10",
    )
    context.result["event"] = {"year": year} | paper.evidence


def issued_to(organization: Organization) -> list[IssuedPaper]:
    """The years that were issued, newest first. One query."""
    return [paper for paper in papers.papers_about(organization) if paper.kind == KIND]


def years_of(organization: Organization, now: datetime) -> list[int]:
    """The years to choose from, newest first."""
    return list(range(network_day(now).year, organization.active_from.year - 1, -1))


def _paper(stamp: papers.Stamp, asked: Asked) -> Paper:
    row = next(iter(register_on(asked.until, only=asked.organization.pk)), None)
    name = row.names.name if row else asked.organization.name
    blocks: tuple[Block, ...] = (
        Text(_until(asked)),
        *_signature(row, asked),
        *_entries(asked),
        *(block for _order, part in _parts for block in part(asked)),
        *_posts(asked),
        Text(_("This paper is network practice, not protocol text. It holds no figures."), small=True),
    )
    head = Capacity.HEAD_OF_AGENCY.label
    return stamp.paper(
        _("The year %(year)s of the organization") % {"year": asked.year},
        blocks,
        addressee=(name, str(head)),
        sha256=row.signed.edition_sha256 if row and row.signed else "",
    )


def _until(asked: Asked) -> str:
    words = {"day": long_date(asked.until, asked.language)}
    if asked.until < date(asked.year, 12, 31):
        return _("The year is still running; this is how it stands on %(day)s.") % words
    return _("This is how the year stood at its end, on %(day)s.") % words


def _signature(row: Row | None, asked: Asked) -> tuple[Block, ...]:
    if row is None:
        return (Text(_("The organization was not in the network on this day.")),)
    facts: list[tuple[str, str]] = [(_("State"), str(row.standing.label))]
    if row.signed is not None:
        signed = row.signed
        facts += [
            (_("Edition endorsed"), signed.edition_label),
            (_("Endorsed on"), plain_date(signed.effective_on, asked.language)),
            (_("Signed as"), signed.signer_title),
            (_("Its text, SHA-256"), signed.edition_sha256),
        ]
    if row.left_on is not None:
        facts.append((_("Withdrawn on"), plain_date(row.left_on, asked.language)))
    return (Heading(_("Participation")), Facts(tuple(facts)))


def _entries(asked: Asked) -> tuple[Block, ...]:
    entries = (
        ParticipationEntry.objects.filter(
            organization=asked.organization,
            effective_on__range=(date(asked.year, 1, 1), asked.until),
        )
        .select_related("answers", "answer_entry")
        .order_by("effective_on", "number")
    )
    lines = []
    for entry in entries:
        entry.organization = asked.organization
        mark = mark_of(entry)
        if mark == Mark.CONFIRMED or not _for_all(entry, asked.now):
            continue  # the confirmation is a line of its own
        word = "" if mark == Mark.HOLDS else _mark_word(mark)
        how = entry.get_received_how_display() if entry.received_outside else ""
        lines.append((plain_date(entry.effective_on, asked.language), str(entry.noun), how, word))
    if not lines:
        return ()
    head = (_("Day"), _("Entry of the ledger"), _("Received"), _("Mark"))
    return (Table(_("What was recorded in the year"), head, tuple(lines), widths=(22, 36, 22, 20)),)


def _for_all(entry: ParticipationEntry, now: datetime) -> bool:
    """Whether everybody who may download the paper may read the entry itself."""
    governed = registry.find("participationentry")
    assert governed is not None
    return all(governed.may_view(Actor("", capacity), entry, now).allowed for capacity in OVERSEERS)


def _mark_word(mark: Mark) -> str:
    return _("waits for a confirmation") if mark == Mark.WAITS else _("denied")


def _posts(asked: Asked) -> tuple[Block, ...]:
    first = date(asked.year, 1, 1)
    posts = (
        Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=first))
        .filter(organization=asked.organization, begins_on__lte=asked.until)
        .select_related("person")
    )
    order = list(Capacity)
    lines = []
    for post in sorted(posts, key=lambda item: (order.index(Capacity(item.capacity)), item.begins_on)):
        if post.ends_on is not None and post.ends_on < post.begins_on:
            continue  # called off before it began
        until = plain_date(post.ends_on, asked.language) if post.ends_on else _("further notice")
        begins = plain_date(post.begins_on, asked.language)
        lines.append((str(post.get_capacity_display()), post.person.name, begins, until))
    heading = Heading(_("Posts"))
    if not lines:
        return (heading, Text(_("Nobody held a post of the organization in this year.")))
    head = (_("Post"), _("Person"), _("From"), _("Until"))
    return (heading, Table(_("Posts held in the year"), head, tuple(lines), widths=(27, 29, 22, 22)))


def request_year(
    organization: Organization,
    year: int,
    language: str,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> IssuedPaper:
    """Issue the year to the Head of Agency; the same form sent twice gives the same paper. Raises Refused."""
    data: dict[str, Any] = {"year": year, "language": language, "act": str(key or uuid4())}
    done = perform(organization, "issue_year", actor, now, data=data, key=key)
    assert done.event is not None
    return IssuedPaper.objects.select_related("word", "pdf").get(pk=done.event.data["paper"])
