"""One organization through time: every entry of its ledger and every post, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from audit.actors import Actor
from intranet.workflow import registry

from ..directory import how_it_came
from ..models import Answer, Organization, ParticipationEntry, Post


class Mark(StrEnum):
    """What an entry is worth."""

    HOLDS = "holds"
    WAITS = "waits"  # received outside, nobody has confirmed or denied it (D17)
    DENIED = "denied"  # somebody denied it, or this is the denial: without effect
    CONFIRMED = "confirmed"  # the record that a confirmation answers: the confirmation holds


@dataclass(frozen=True, slots=True)
class Moment:
    """One line: an entry of the ledger, or a post that began or ended."""

    on: date
    what: StrOrPromise
    mark: Mark = Mark.HOLDS
    entry: ParticipationEntry | None = None
    came: str = ""
    person: str = ""


def timeline(organization: Organization, actor: Actor, now: datetime, day: date) -> list[Moment]:
    """Everything up to ``day`` that ``actor`` may read, newest first; entries that lie ahead too. Two queries."""
    governed = registry.find("participationentry")
    assert governed is not None
    moments = []
    entries = ParticipationEntry.objects.filter(organization=organization)
    for entry in entries.select_related("file", "answers", "answer_entry").order_by("effective_on", "number"):
        entry.organization = organization
        if governed.may_view(actor, entry, now).allowed:
            came = how_it_came(entry)
            moments.append(Moment(entry.effective_on, entry.noun, mark_of(entry), entry, came))
    for post in Post.objects.filter(organization=organization).select_related("person"):
        if post.ends_on is not None and post.ends_on < post.begins_on:
            continue  # called off before it began
        words = {"post": post.get_capacity_display()}
        if post.begins_on <= day:
            moments.append(Moment(post.begins_on, _("%(post)s begins") % words, person=post.person.name))
        if post.ends_on is not None and post.ends_on <= day:
            moments.append(Moment(post.ends_on, _("%(post)s, last day") % words, person=post.person.name))
    moments.sort(key=lambda moment: moment.on)
    moments.reverse()
    return moments


def mark_of(entry: ParticipationEntry) -> Mark:
    """Whether an entry holds, waits, was denied, or was confirmed by another one."""
    if entry.in_effect:
        return Mark.HOLDS
    answer: ParticipationEntry | None = getattr(entry, "answer_entry", None)
    if entry.answer == Answer.DENIED or (answer is not None and answer.answer == Answer.DENIED):
        return Mark.DENIED
    return Mark.WAITS if answer is None else Mark.CONFIRMED
