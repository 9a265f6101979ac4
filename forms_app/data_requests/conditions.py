"""What must hold before data leaves, clause by clause: the runner's guards and the release page's lines.

The same functions answer both, so the page never promises what the runner refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from forms_app.common import figures, parties, release_guards
from intranet.workflow.machine import ALLOWED, Context, Decision, Guard
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import ClauseNotFound

from .models import DataRequest
from .models.requests import FIVE_ITEMS
from .picture import Picture
from .tokens import FEWEST_ORGANIZATIONS, LADDER_KINDS, RequestState

Check = Callable[[Picture], Decision]


@dataclass(frozen=True)
class Condition:
    """One line of "Why can't I release yet?". ``waits_on``: a role; ``page``: a named URL with its fix."""

    name: str
    title: StrOrPromise
    rule: str
    check: Check
    waits_on: StrOrPromise = ""
    page: str = ""


@dataclass(frozen=True)
class Line:
    """A condition with its answer now."""

    condition: Condition
    decision: Decision


def five_items(picture: Picture) -> Decision:
    """§7B.0 i-v: all five stand, word for word as the receiving party wrote them."""
    request: DataRequest = picture.request
    for name in FIVE_ITEMS:
        if not getattr(request, name).strip():
            label = request._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            return Decision(False, _("“%s” is empty: write what the receiving party wrote.") % label)
    if request.guarantee is None:
        return Decision(False, _("v. The written guarantee of the receiving party is missing."))
    signed = signed_for(request.requester_organization, request.guarantee.signer_organization)
    if not signed.allowed:
        return signed
    if request.period is None:
        return Decision(False, _("Period: choose the months asked."))
    offered = figures.provider().table_labels()
    if not request.tables or any(code not in offered for code in request.tables):
        return Decision(False, _("Tables: choose at least one of the tables on offer."), "D31")
    return ALLOWED


def signed_for(receiving_party: str, signer_organization: str) -> Decision:
    """§7B.0 v: "a written guarantee by the receiving party", by nobody else; case and spaces do not matter."""
    asked, signed = (" ".join(name.split()).casefold() for name in (receiving_party, signer_organization))
    if asked == signed:
        return ALLOWED
    return Decision(
        False,
        _("Guarantee: it must be signed for “%s”, the receiving party itself.") % receiving_party.strip(),
        "§7B.0",
    )


def consulted(picture: Picture) -> Decision:
    """§7B.0: the office was consulted before issue, after the last change of the request."""
    if picture.request.consulted_on is None:
        return Decision(False, _("The DSRSG/HC/RC office has not been consulted on this request."))
    return ALLOWED


def answered_or_followed_up(picture: Picture) -> Decision:
    """§7B.1-2: nobody is still being waited for."""
    if picture.current is None:
        return Decision(False, _("The organizations have not been asked."))
    waiting = picture.current.open(picture.now)
    if waiting:
        return Decision(
            False,
            ngettext(
                "%(count)s organization has neither authorized nor been silent to the end.",
                "%(count)s organizations have neither authorized nor been silent to the end.",
                len(waiting),
            )
            % {"count": len(waiting)},
        )
    return ALLOWED


def everybody_authorized(picture: Picture) -> Decision:
    """§7B.4: every organization whose data is in the set said yes, in words."""
    if picture.current is None:
        return Decision(False, _("The organizations have not been asked."))
    if picture.current.all_authorized():
        return ALLOWED
    count = sum(1 for f in picture.current.asks if f.tally() != "authorized")
    return Decision(
        False,
        ngettext(
            "%(count)s organization of this round has not authorized; silence is not authorization.",
            "%(count)s organizations of this round have not authorized; silence is not authorization.",
            count,
        )
        % {"count": count},
    )


def consents_bind(picture: Picture) -> Decision:
    """D30: the figures are exactly those that the organizations were asked about."""
    if picture.consents_hold:
        return ALLOWED
    if picture.current is not None and not picture.all_still_speak:
        return Decision(
            False,
            _("An organization of this round withdrew or suspended or stopped sharing: ask anew without it."),
            "D30",
        )
    if picture.current is not None and not picture.party_stands:
        return Decision(
            False,
            _("The receiving party was suspended since the organizations were asked: ask all of them anew."),
            "§7B.0",
        )
    return Decision(
        False,
        _("The figures changed since the organizations were asked: all consents are void, ask anew."),
        "D30",
    )


def enough_organizations(picture: Picture) -> Decision:
    """D28: fewer than three organizations left is not released."""
    count = len(picture.current.asks) if picture.current is not None else 0
    if count >= FEWEST_ORGANIZATIONS:
        return ALLOWED
    return Decision(
        False,
        _("Only %(count)s organizations are left; fewer than three are not released.") % {"count": count},
        "D28",
    )


def nobody_recognizable(picture: Picture) -> Decision:
    """§7B.5, D31: every non-empty cell has enough contributors that are not zero."""
    if picture.live is None:
        return Decision(False, _("There is no data set yet."))
    minimum = picture.settings.minimum_contributors
    thin = picture.live.thin_cells(minimum)
    if not thin:
        return ALLOWED
    table, cell = thin[0]
    provider = figures.provider()
    names = {
        "table": provider.table_labels().get(table.code, table.code),
        "row": provider.row_labels(table.code).get(cell.code, cell.code),
        "minimum": minimum,
        "count": len(thin),
    }
    return Decision(
        False,
        _(
            "%(count)s cells come from fewer than %(minimum)s organizations, the first is “%(row)s” in "
            "“%(table)s”. Ask for a longer period or for other tables."
        )
        % names,
        "D31",
    )


def office_authorized(picture: Picture) -> Decision:
    """§7B.7: the office's written authorization, given after all consents, for this very data set."""
    decision = picture.authorization
    request = picture.request
    if decision is None or picture.current is None:
        return Decision(False, _("The written authorization of the DSRSG/HC/RC office is missing."))
    if decision.data_set_sha256 != picture.current.round.data_set_sha256:
        return Decision(False, _("The office authorized another data set: it is void."), "D30")
    if request.to_office_at is None or decision.at < request.to_office_at:
        return Decision(False, _("The office authorized before all organizations had: it is void."))
    return ALLOWED


def caveats_stand(picture: Picture) -> Decision:
    """§7B.7 C1-C3: the edition in force holds the caveats that the letter must carry, word for word."""
    if picture.edition is None:
        return Decision(False, _("No edition of the protocol is in force: adopt it first."))
    try:
        found = editions.caveats_7b7(picture.edition)
    except (ClauseNotFound, LookupError):
        return Decision(False, _("The edition in force has no caveats C1 to C3."))
    if not (found.c1 and found.c2_intro and found.purposes and found.c3):
        return Decision(False, _("The edition in force has an incomplete caveat."))
    return ALLOWED


CONDITIONS: tuple[Condition, ...] = (
    Condition("items", gettext_lazy("Five items and guarantee"), "§7B.0", five_items, page="request-edit"),
    Condition(
        "consulted",
        gettext_lazy("Office consulted before issue"),
        "§7B.0",
        consulted,
        gettext_lazy("the DSRSG/HC/RC office"),
        "request-consult",
    ),
    Condition(
        "answered",
        gettext_lazy("All organizations answered or were followed up"),
        "§7B.1-2",
        answered_or_followed_up,
        gettext_lazy("the organizations"),
        "request-board",
    ),
    Condition(
        "agreed",
        gettext_lazy("All organizations of the last round authorized"),
        "§7B.3-4",
        everybody_authorized,
        gettext_lazy("the organizations"),
        "request-board",
    ),
    Condition("bind", gettext_lazy("The figures are those they were asked about"), "D30", consents_bind),
    Condition("enough", gettext_lazy("At least three organizations"), "D28", enough_organizations),
    Condition("thin", gettext_lazy("No organization can be recognized"), "§7B.5", nobody_recognizable),
    Condition(
        "office",
        gettext_lazy("Written authorization of the office"),
        "§7B.7",
        office_authorized,
        gettext_lazy("the DSRSG/HC/RC office"),
        "request-decide",
    ),
    Condition("caveats", gettext_lazy("Caveats word for word in the letter"), "§7B.7", caveats_stand),
)


def lines(picture: Picture) -> list[Line]:
    """Every condition of a release with its answer now, those of other slices last (D33)."""
    own = [Line(condition, condition.check(picture)) for condition in CONDITIONS]
    others = [
        Line(
            Condition(guard.name, guard.title, guard.rule, lambda p: ALLOWED),
            guard.check(picture.request, picture.now),
        )
        for guard in release_guards.guards()
    ]
    return own + others


def picture_of(context: Context) -> Picture:
    """One picture for all guards of an act: they look at the same locked request."""
    found = context.result.setdefault("picture", Picture(context.obj, context.now))
    assert isinstance(found, Picture)
    return found


def release_guard(context: Context) -> Decision:
    """All conditions of a release, the first open one is the reason."""
    for line in lines(Picture(context.obj, context.now)):
        if not line.decision.allowed:
            return Decision(False, line.decision.reason, line.decision.rule or line.condition.rule)
    return ALLOWED


def letter_may_leave(release: Any, now: datetime) -> Decision:
    """A released letter is given out again only while every guard of another slice agrees (trap 22, §7B.6)."""
    for guard in release_guards.guards():
        decision = guard.check(release.request, now)
        if not decision.allowed:
            reason = _("This letter is not given out now: %s") % decision.reason
            return Decision(False, reason, decision.rule or guard.rule)
    return ALLOWED


def as_guard(check: Check, rule: str = "") -> Guard:
    """A runner's guard from a check of the whole picture."""

    def guard(context: Context) -> Decision:
        decision = check(Picture(context.obj, context.now))
        if decision.allowed or not rule or decision.rule:
            return decision
        return Decision(False, decision.reason, rule)

    return guard


def party_in_good_standing(context: Context) -> Decision:
    """The caveat of §7B.7 C3: no step goes on for a receiving party that is suspended, or may be one."""
    return parties.decision(context.obj.requester_organization, context.now)


def all_of(checks: Sequence[tuple[Check, str]]) -> Guard:
    """One guard for several checks on one picture: the first that fails is the reason."""

    def guard(context: Context) -> Decision:
        picture = picture_of(context)
        for check, rule in checks:
            decision = check(picture)
            if not decision.allowed:
                return Decision(False, decision.reason, decision.rule or rule)
        return ALLOWED

    return guard


def is_on_the_ladder(context: Context) -> Decision:
    """D21: media and own-data requests never climb the ladder."""
    request: Any = context.obj
    if request.kind in LADDER_KINDS and request.state != RequestState.MEDIA:
        return ALLOWED
    return Decision(False, _("A request of this kind has no consent ladder."), "D21")
