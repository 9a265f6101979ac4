"""Whether a month can be reported now, and whether what was given holds. Checked under the row's lock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from intranet.clock.wording import month as month_words
from intranet.clock.wording import plain_date
from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories import selectors as register
from signatories.days import network_day
from signatories.stops import effects

from . import content, deadlines
from .codes import RECEIVED, Reason
from .models import MonthlyReport


def month_has_ended(context: Context) -> Decision:
    """Figures of a month are complete when it is over."""
    return _has_ended(context.obj.month, context.now)


def _has_ended(month: date, now: datetime) -> Decision:
    opens = deadlines.opens_on(month)
    if network_day(now) >= opens:
        return ALLOWED
    return Decision(
        False,
        _("%(month)s is not over: its report opens on %(day)s.")
        % {"month": month_words(month), "day": plain_date(opens)},
        "§6.1",
    )


def _may_be_asked(report: MonthlyReport, now: datetime) -> Decision:
    today = network_day(now)
    here = register.position(report.organization, today)
    then = register.position(report.organization, deadlines.last_of(report.month))
    if not here.member or not then.member:
        return Decision(
            False,
            _("Only signatories report, and your organization was not a signatory at the end of %s.")
            % month_words(report.month)
            if not then.member
            else _("Only signatories report, and your organization is no longer one."),
            "§6.1",
        )
    if not effects.takes_reports(here):
        return Decision(
            False,
            _("Your organization has suspended sharing. Resume it first, then this month can be sent."),
            "§4.f",
        )
    return ALLOWED


def signatory_that_shares(context: Context) -> Decision:
    """Signatories of that month only; who suspended all sharing sends nothing meanwhile (§4.f).

    A stop of flow closes nothing: to go on is recommended (§9.g).
    """
    return _may_be_asked(context.obj, context.now)


def why_not(report: MonthlyReport, now: datetime) -> Decision:
    """The same answer for a screen, before anything is typed."""
    ended = _has_ended(report.month, now)
    return _may_be_asked(report, now) if ended.allowed else ended


def _check(form: content.Form, given: Any) -> Decision:
    """Complete whole counts whose sums hold: no screen, job or script stores anything else."""
    if not isinstance(given, Mapping) or not isinstance(given.get(RECEIVED), int):
        return Decision(False, _("Received: write how many reports there were, 0 included."), "§6.1")
    wanted = set(form.names(given[RECEIVED]))
    if missing := wanted - set(given):
        return Decision(False, _("%d counts are missing: blank is not zero.") % len(missing), "§6.1")
    if set(given) - wanted:
        return Decision(False, _("There are counts that this month does not ask for."), "§4.g")
    if any(type(v) is not int or not 0 <= v <= content.LARGEST for v in given.values()):
        return Decision(False, _("Every count is a whole number from 0 to %d.") % content.LARGEST, "§6.1")
    wrong = content.mismatches(form, given)
    return Decision(False, wrong[0].sentence, "§6.1") if wrong else ALLOWED


def figures_hold(context: Context) -> Decision:
    """The counts of a month's report; a statement of nothing carries none."""
    given = context.data.get("counts")
    return ALLOWED if given is None else _check(content.MONTH, given)


def intake_holds(context: Context) -> Decision:
    """The counts of the inter-agency channel."""
    return _check(content.INTAKE, context.data.get("counts"))


def corrects_the_newest(context: Context) -> Decision:
    """Two people at once: the one who started from an older version is told who was first."""
    newest = context.obj.versions.order_by("-number").first()
    if newest is None or context.data.get("based_on") == newest.number:
        return ALLOWED
    return Decision(
        False,
        _(
            "%(who)s sent version %(number)d on %(day)s, after you opened this page. Look at it, then correct it."
        )
        % {"who": newest.signed_by, "number": newest.number, "day": plain_date(network_day(newest.sent_at))},
        "§6.1",
    )


def reason_is_coded(context: Context) -> Decision:
    """No free text about figures: the reason is one of the codes (§4.g, trap 39)."""
    if context.note in Reason.values:
        return ALLOWED
    return Decision(False, _("Reason: choose one of the answers; nothing is written here in words."), "§4.g")
