"""The hand-over as a paper: the same facts as on the page, in the paper's language (``intranet.papers``)."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from intranet.clock import wording
from intranet.clock.due import DueRow, WaitingRow
from intranet.clock.handover import Line
from intranet.network.models import NetworkSettings
from intranet.papers.paper import Block, Facts, Heading, Items, Paper, Table, Text
from intranet.papers.services import Stamp

from ..leaving.selectors import HandOver as Page
from .selectors import StateOfPlay

KIND = "hand_over"


def of_person(stamp: Stamp, page: Page, now: datetime) -> Paper:
    """A leaver's page: posts, what is open, whom to turn to."""
    blocks: list[Block] = [
        Facts(
            (
                (_("Person"), page.person.name),
                (_("Organization"), page.organization.name),
                (_("Access ends"), _when(page.leaves_at, page.ends_on)),
                (_("As of"), _moment(now)),
            )
        )
    ]
    if page.speaks:
        blocks.append(Text(_speaks()))
    for part in page.parts:
        blocks.append(Heading(str(part.post.get_capacity_display())))
        if part.next_holder is not None:
            blocks.append(Text(_("Goes over to %s.") % part.next_holder.name))
        elif not part.may_stay_vacant:
            blocks.append(
                Text(
                    _(
                        "Vacant. Until somebody is named, the other people of the organization find the same items."
                    )
                )
            )
        blocks += _due(part.due, _("What is open"), _("Nothing is open in this post."))
        if part.waiting:
            blocks.append(_waiting(part.waiting))
    blocks.append(Heading(_("Who to turn to")))
    rows = tuple((c.person.name, str(c.what), c.person.email) for c in page.contacts)
    head = (_("Person"), _("Post"), _("E-mail"))
    blocks.append(
        Table(_("Who to turn to"), head, rows, captioned=False) if rows else Text(_("Nobody is named."))
    )
    blocks.append(Heading(_("For whoever comes next")))
    blocks.append(
        Items(
            (
                _("Nothing has to be moved: the items belong to the organization and the post."),
                _("Use the invitation, choose a password, set up an authenticator app."),
                _("Home shows the same rows, the nearest day first."),
            )
        )
    )
    title = _("Hand-over: %(name)s, %(organization)s") % {
        "name": page.person.name,
        "organization": page.organization.name,
    }
    return stamp.paper(title, tuple(blocks))


def of_network(stamp: Stamp, state: StateOfPlay, now: datetime) -> Paper:
    """The whole network: what comes first, then each part."""
    blocks: list[Block] = [
        Facts(
            (
                (_("As of"), _moment(now)),
                *((str(post.get_capacity_display()), post.person.name) for post in state.holders),
            )
        ),
        Heading(_("What the successor does first")),
        *_due(state.first, _("The nearest day first"), _("Nothing is due from the Coordinator.")),
    ]
    for part in state.parts:
        blocks.append(Heading(str(part.title)))
        blocks.append(_lines(part.title, part.lines) if part.lines else Text(str(part.nothing)))
    return stamp.paper(_("Hand-over of the coordination: the state of play"), tuple(blocks))


def _speaks() -> str:
    return _(
        "This person speaks as signer of the organization. The right stays with the person, in writing, until a "
        "successor of the signer is recorded."
    )


def _due(rows: list[DueRow], caption: str, nothing: str) -> list[Block]:
    if not rows:
        return [Text(nothing)]
    head = (_("What"), _("Clause"), _("Due"), _("Status"))
    table = tuple(
        (
            f"{row.what}\n{row.detail}" if row.detail else str(row.what),
            _clause(row.why),
            _day(row.last_day),
            str(row.state),
        )
        for row in rows
    )
    return [Table(caption, head, table, widths=(42, 12, 24, 22))]


def _waiting(rows: list[WaitingRow]) -> Table:
    head = (_("What"), _("Waits on"), _("Ends"))
    table = tuple((str(row.what), str(row.waits_on), _day(row.last_day)) for row in rows)
    return Table(_("Waiting on others"), head, table)


def _lines(caption: object, lines: tuple[Line, ...]) -> Table:
    head = (_("What"), _("State"), _("Next"), _("Until"))
    table = tuple(
        (str(line.what), str(line.state), str(line.next), _day(line.last_day) if line.last_day else "")
        for line in lines
    )
    return Table(str(caption), head, table, captioned=False)


def _clause(why: str) -> str:
    return _("practice") if why == "practice" else why


def _day(day: date | None) -> str:
    return wording.plain_date(day) if day is not None else _("no set limit")


def _moment(instant: datetime) -> str:
    return wording.moment(instant, NetworkSettings.current().zone())


def _when(instant: datetime | None, day: date | None) -> str:
    if instant is not None:
        return _moment(instant)
    return wording.plain_date(day) if day is not None else _("no leaving is recorded")
