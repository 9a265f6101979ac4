"""The letters of the stops: from the organization to its addressee, each in its own words, numbered and hashed.

The builders are pure: frozen facts in, paper out. A stop that arrived outside has its own paper (D17), so only
acts done here make a letter. Numbers count within the organization: none tells how many others stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from intranet.access.roles import Capacity
from intranet.clock.wording import long_date
from intranet.papers import kinds, services
from intranet.papers.bidi import has_rtl
from intranet.papers.kinds import PaperKind
from intranet.papers.letterhead import Language, Letterhead
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Block, Facts, Heading, Paper, Quote, Text
from intranet.papers.services import Stamp
from intranet.workflow.machine import Context

from ..models import EntryKind, ParticipationEntry
from ..selectors import signer_of

KINDS = {
    EntryKind.SUSPENDED: PaperKind("suspension", "SP", gettext_lazy("Letter of suspension")),
    EntryKind.RESUMED: PaperKind("resumption", "RS", gettext_lazy("Letter of resumption")),
    EntryKind.FLOW_STOPPED: PaperKind("flow_stop", "FS", gettext_lazy("Letter on the stop of flow")),
    EntryKind.FLOW_RESUMED: PaperKind("flow_resumption", "FR", gettext_lazy("Letter on the resumed flow")),
    EntryKind.WITHDRAWN: PaperKind("withdrawal", "WD", gettext_lazy("Letter of withdrawal")),
}
ACKNOWLEDGED = PaperKind("withdrawal_acknowledged", "WA", gettext_lazy("Acknowledgement of a withdrawal"))


@dataclass(frozen=True, slots=True)
class Act:
    """What a letter says of one act, in its own language. Days: the network's time zone.

    ``other_name``, ``other_description``: the organization in the other language of the letterhead.
    ``name``, ``title``: who acted and as what; ``more``: rows of this kind of act; ``edition`` and
    ``sha256``: the text that the organization signed.
    """

    organization: str
    description: str
    other_name: str
    other_description: str
    name: str
    title: str
    effective_on: date
    statement: str
    more: tuple[tuple[str, str], ...]
    edition: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one kind of letter; ``%(organization)s`` and ``%(day)s`` stand in ``opening``."""

    title: StrOrPromise
    opening: StrOrPromise
    statement: StrOrPromise
    closing: StrOrPromise
    to_office: bool
    to_coordinator: bool


WORDINGS = {
    EntryKind.SUSPENDED: Wording(
        gettext_lazy("Suspension of the sharing of information"),
        gettext_lazy(
            "%(organization)s suspends the sharing of information from %(day)s, by this communication under "
            "section 4 of the information sharing protocol."
        ),
        gettext_lazy("Communication"),
        gettext_lazy(
            "This is the right of each member; it needs nobody’s approval. What was shared before stays. A second "
            "signed act ends the suspension."
        ),
        to_office=True,
        to_coordinator=True,
    ),
    EntryKind.RESUMED: Wording(
        gettext_lazy("Resumption of the sharing of information"),
        gettext_lazy("%(organization)s resumes the sharing of information from %(day)s."),
        gettext_lazy("Communication"),
        gettext_lazy("This ends the suspension under section 4 of the information sharing protocol."),
        to_office=True,
        to_coordinator=True,
    ),
    EntryKind.FLOW_STOPPED: Wording(
        gettext_lazy("Stop of the flow of data"),
        gettext_lazy(
            "%(organization)s stops the flow of data from %(day)s because the information sharing protocol was "
            "breached, and states its reasons in writing as section 9 asks."
        ),
        gettext_lazy("Reasons for stopping the flow of data"),
        gettext_lazy(
            "This is the right of each data gathering organization; it needs nobody’s approval. It is neither a "
            "suspension under section 4 nor a withdrawal. A second signed act lets the data flow again."
        ),
        to_office=False,
        to_coordinator=True,
    ),
    EntryKind.FLOW_RESUMED: Wording(
        gettext_lazy("Resumption of the flow of data"),
        gettext_lazy("%(organization)s lets the data flow again from %(day)s."),
        gettext_lazy("Communication"),
        gettext_lazy("This ends the stop of flow under section 9 of the information sharing protocol."),
        to_office=False,
        to_coordinator=True,
    ),
    EntryKind.WITHDRAWN: Wording(
        gettext_lazy("Withdrawal from the information sharing protocol"),
        gettext_lazy(
            "%(organization)s terminates its inclusion in the information sharing protocol with effect from "
            "%(day)s. The withdrawal is communicated by the individual who signed (section 9, footnote 5), or by "
            "the recorded successor."
        ),
        gettext_lazy("Statement"),
        gettext_lazy(
            "Figures in totals of the past stay there; every later release leaves those of the organization out. "
            "The withdrawal takes effect without an acknowledgement."
        ),
        to_office=True,
        to_coordinator=True,
    ),
}


def register() -> None:
    """The kinds of papers that this slice issues."""
    for kind in (*KINDS.values(), ACKNOWLEDGED):
        kinds.register(kind)


def letter_of(context: Context, entry: ParticipationEntry) -> IssuedPaper:
    """Issue the letter of an act that was done here, inside the runner's effect, and name it in the event."""
    kind = EntryKind(entry.kind)
    issued = _issue(context, entry, KINDS[kind], lambda stamp: letter(stamp, kind, _facts(entry)))
    context.result["event"] = context.result.get("event", {}) | issued.evidence
    return issued


def acknowledgement_of(context: Context, entry: ParticipationEntry, side: str) -> IssuedPaper:
    """Issue the acknowledgement of one side to the organization."""
    return _issue(
        context,
        entry,
        ACKNOWLEDGED,
        lambda stamp: acknowledgement(stamp, side == "office", _facts(entry)),
        act=f"acknowledgement:{entry.pk}:{side}",
    )


def _issue(
    context: Context,
    entry: ParticipationEntry,
    kind: PaperKind,
    build: Callable[[Stamp], Paper],
    act: str = "",
) -> IssuedPaper:
    return services.issue(
        kind.name,
        build,
        about=entry,
        actor=context.actor,
        now=context.now,
        language="ar" if (get_language() or "en").startswith("ar") else "en",
        act=act,
        within=entry.organization_id,
        rule=context.transition.rule,
    )


def _facts(entry: ParticipationEntry) -> Act:
    """The facts of an entry in the active language, which is the letter's."""
    organization = entry.organization
    signed = signer_of(organization, date.max)
    capacity = entry.signer_capacity
    title = entry.signer_title or (str(Capacity(capacity).label) if capacity in Capacity.values else "")
    arabic = (get_language() or "en").startswith("ar")
    with override("en" if arabic else "ar"):
        other = (organization.name, organization.get_kind_display())
    return Act(
        organization=organization.name,
        description=organization.get_kind_display(),
        other_name=other[0],
        other_description=other[1],
        name=entry.signer_name,
        title=title,
        effective_on=entry.effective_on,
        statement=entry.statement,
        more=tuple(_more(entry)),
        edition=signed.edition_label if signed is not None else "",
        sha256=signed.edition_sha256 if signed is not None else "",
    )


def _more(entry: ParticipationEntry) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if entry.reason:
        rows.append((_("Reason"), entry.get_reason_display()))
    if entry.scope:
        rows.append((_("What is suspended"), entry.get_scope_display()))
    if entry.kind == EntryKind.SUSPENDED and entry.notifications_continue is not None:
        go_on = _("They go on meanwhile.") if entry.notifications_continue else _("They rest meanwhile.")
        rows.append((_("Notifications of allegations"), go_on))
    if entry.review_on is not None:
        rows.append((_("Expected review"), long_date(entry.review_on)))
    if entry.breach_reference:
        rows.append((_("Breach"), entry.breach_reference))
    return rows


def _own_head(head: Letterhead, act: Act, language: Language) -> Letterhead:
    """The organization's own letterhead: its name, what it is; the network's titles stay for the foot."""
    own, other = (act.organization, act.description), (act.other_name, act.other_description)
    english, arabic = (other, own) if language == "ar" else (own, other)
    return replace(
        head,
        network_en=english[0],
        office_en=english[1],
        network_ar=arabic[0],
        office_ar=arabic[1],
        descriptor_en="",
        descriptor_ar="",
    )


def _titles(head: Letterhead, language: Language) -> tuple[str, str]:
    """Office and Coordinator, as the settings name them."""
    if language == "ar":
        return head.authorizing_office_ar, head.coordinator_ar or head.coordinator_en
    return f"Office of the {head.authorizing_office_en}", head.coordinator_en


def letter(stamp: Stamp, kind: EntryKind, act: Act) -> Paper:
    """The organization's letter on one act. Pure."""
    words = WORDINGS[kind]
    office, coordinator = _titles(stamp.letterhead, stamp.language)
    to = [office] if words.to_office else []
    if words.to_coordinator:
        to.append(coordinator if not to else _("Copy: %s") % coordinator)
    if kind == EntryKind.WITHDRAWN:
        to = [office, coordinator]
    rows = [
        (_("Organization"), act.organization),
        (_("From"), long_date(act.effective_on)),
        *act.more,
        (_("In whose name"), act.name),
    ]
    if act.title:
        rows.append((_("In which capacity"), act.title))
    if act.edition:
        rows.append((_("Edition signed"), act.edition))
    blocks: list[Block] = [
        Text(str(words.opening) % {"organization": act.organization, "day": long_date(act.effective_on)}),
        Facts(tuple(rows)),
    ]
    if act.statement:
        blocks += [
            Heading(str(words.statement)),
            Quote(act.statement, language="ar" if has_rtl(act.statement) else "en"),
        ]
    blocks.append(Text(str(words.closing), small=True))
    own = replace(stamp, letterhead=_own_head(stamp.letterhead, act, stamp.language))
    return own.paper(
        str(words.title),
        tuple(blocks),
        addressee=tuple(to),
        signed_under=tuple(filter(None, (act.title,))),
        sha256=act.sha256,
    )


def acknowledgement(stamp: Stamp, by_office: bool, act: Act) -> Paper:
    """The network's word to the organization that its withdrawal arrived. Pure."""
    office, coordinator = _titles(stamp.letterhead, stamp.language)
    sender = office if by_office else coordinator
    blocks = (
        Text(_("The withdrawal of %s from the information sharing protocol has arrived.") % act.organization),
        Facts(
            (
                (_("Organization"), act.organization),
                (_("Effective date"), long_date(act.effective_on)),
                (_("Acknowledged by"), sender),
            )
        ),
        Text(
            _(
                "This acknowledges the receipt and approves nothing: the withdrawal takes effect without it. Figures "
                "in totals of the past stay there; every later release leaves those of the organization out."
            ),
            small=True,
        ),
    )
    return stamp.paper(
        _("Acknowledgement of a withdrawal"),
        blocks,
        addressee=(act.organization,),
        signed_under=(sender,),
        sha256=act.sha256,
    )
