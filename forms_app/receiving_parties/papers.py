"""The two letters to a receiving party. The caveat comes from the edition in force, never from code (D3).

The reason stands in no letter, and neither does any organization of the network (§7B.5). Numbers count within
the suspension: none tells a party how many others were suspended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actors import Actor
from intranet.clock.wording import long_date
from intranet.papers import kinds, services
from intranet.papers.kinds import PaperKind
from intranet.papers.letterhead import Language
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Block, Facts, Items, Paper, Quote, Text
from intranet.papers.services import Stamp
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import ClauseNotFound
from signatories.days import network_day

from .models import PartySuspension

SUSPENDED, LIFTED = "party_suspension", "party_lifting"
KINDS = (
    PaperKind(SUSPENDED, "PS", gettext_lazy("Letter of suspension to a receiving party")),
    PaperKind(LIFTED, "PL", gettext_lazy("Letter of lifting to a receiving party")),
)


@dataclass(frozen=True, slots=True)
class Case:
    """What a letter says. ``caveat``: word for word from the edition; empty without an edition in force."""

    party: str
    address: tuple[str, ...]
    release: str
    from_on: date
    caveat: str
    caveat_source: str
    lifted_on: date | None = None


def register() -> None:
    """The kinds of papers that this slice issues."""
    for kind in KINDS:
        kinds.register(kind)


def issue_letter(row: PartySuspension, kind: str, actor: Actor, now: datetime) -> IssuedPaper:
    """Number, make and store the letter; inside an effect of the runner. Raises Refused."""
    case = facts_of(row, now)
    build = suspension_letter if kind == SUSPENDED else lifting_letter
    return services.issue(
        kind,
        lambda stamp: build(stamp, case),
        about=row,
        actor=actor,
        now=now,
        language=cast(Language, row.letter_language),
        within=row.pk,
        rule="§7B.7",
    )


def caveat_on(day: date) -> tuple[str, str]:
    """The caveat C3 of the edition in force, word for word, and where it stands; empty without an edition."""
    try:
        edition = editions.edition_in_force(day)
        return editions.caveats_7b7(edition).c3, _("Protocol, edition %s, section 7") % edition.label
    except (editions.NoEdition, ClauseNotFound, LookupError):
        return "", ""


def facts_of(row: PartySuspension, now: datetime) -> Case:
    """The facts of a suspension, and the caveat of the edition in force."""
    caveat, source = caveat_on(network_day(now))
    return Case(
        party=row.party,
        address=tuple(line for line in row.address.splitlines() if line.strip()),
        release=row.release_number,
        from_on=row.from_on,
        caveat=caveat,
        caveat_source=source,
        lifted_on=row.lifted_on,
    )


def _case_facts(case: Case) -> Facts:
    rows = [
        (_("Release"), case.release),
        (_("Suspended from"), long_date(case.from_on)),
    ]
    if case.lifted_on is not None:
        rows.append((_("Lifted on"), long_date(case.lifted_on)))
    return Facts(tuple(rows))


def _signed(stamp: Stamp) -> tuple[str, str]:
    head = stamp.letterhead
    if stamp.language == "ar":
        return head.authorizing_office_ar, head.coordinator_ar or head.coordinator_en
    return head.authorizing_office_en, head.coordinator_en


def suspension_letter(stamp: Stamp, case: Case) -> Paper:
    """From the network to the party. Pure: facts in, paper out."""
    blocks: list[Block] = [
        Text(
            _(
                "Your organization received consolidated statistics of this network under caveats in writing. They "
                "were not complied with. The sharing of statistics on sexual exploitation and abuse with your "
                "organization is therefore suspended until further notice."
            )
        ),
        _case_facts(case),
    ]
    if case.caveat:
        blocks += [
            Text(_("The caveat that came with the statistics reads:")),
            Quote(case.caveat, case.caveat_source),
        ]
    blocks.append(
        Items(
            (
                _("Requests of your organization that are open are on hold."),
                _("What was shared with your organization may not be passed on to any other party."),
                _("Whoever asks your organization for this data is to be directed to the PSEA Coordinator."),
            )
        )
    )
    blocks.append(Text(_("The suspension ends when it is lifted in writing."), small=True))
    return _to_the_party(stamp, case, _("Suspension of sharing"), tuple(blocks))


def lifting_letter(stamp: Stamp, case: Case) -> Paper:
    """From the network to the party. Pure: facts in, paper out."""
    blocks = (
        Text(_("The suspension of sharing statistics with your organization is lifted.")),
        _case_facts(case),
        Items(
            (
                _("Requests that are on hold are taken up again by the PSEA Coordinator, one by one."),
                _("Each of them needs the authorization of the organizations and of the office anew."),
                _("The caveats of everything that was shared before go on to bind."),
            )
        ),
    )
    return _to_the_party(stamp, case, _("Lifting of a suspension of sharing"), blocks)


def _to_the_party(stamp: Stamp, case: Case, title: str, blocks: tuple[Block, ...]) -> Paper:
    """Without the verify address: a receiving party has no account that could open it (D10)."""
    paper = stamp.paper(title, blocks, addressee=(case.party, *case.address), signed_under=_signed(stamp))
    return replace(paper, verify="")
