"""Whether a note can be made now (§7A)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from forms_app.common import figures
from forms_app.common.figures import Period
from intranet.listing import listed
from intranet.workflow.machine import ALLOWED, Context, Decision
from protocol_pages.editions import selectors as editions
from protocol_pages.editions.blocks import ClauseNotFound
from signatories import selectors as register
from signatories.days import network_day

from .models import OwnNote, Use

MOST_MONTHS = 36


def purpose_is_recorded(context: Context) -> Decision:
    """The purpose stands in the note and in the record (§4.f); the media goes another way (§7A.3)."""
    note: OwnNote = context.obj
    if note.use not in Use.values:
        return Decision(
            False,
            _("Used for: §7A covers internal and donor reporting. The media is decided case by case."),
            "§7A.3",
        )
    empty = [
        str(note._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in ("purpose", "recipient_name", "recipient_title", "recipient_organization")
        if not getattr(note, name).strip()
    ]
    if empty:
        return Decision(False, _("Write this too: %s.") % listed(empty), "§4.f")
    return ALLOWED


def is_a_member(context: Context) -> Decision:
    """§7A.1 speaks of members: who has withdrawn makes no new note; those made before stay."""
    note: OwnNote = context.obj
    if register.is_signatory(note.organization, network_day(context.now)):
        return ALLOWED
    return Decision(
        False, _("Section 7A is for members of the network, and your organization is none today."), "§7A.1"
    )


def there_are_own_figures(context: Context) -> Decision:
    """At least one month of the period was reported, with figures or with nothing to report."""
    note: OwnNote = context.obj
    if note.first_month.day != 1 or note.last_month.day != 1 or note.first_month > note.last_month:
        return Decision(False, _("Period: the first month comes before the last."), "§7A.1")
    period = Period(note.first_month, note.last_month)
    if len(period.months()) > MOST_MONTHS:
        return Decision(False, _("Period: choose at most %d months.") % MOST_MONTHS, "§7A.1")
    if note.organization_id not in figures.provider().contributors(period):
        return Decision(False, _("Period: your organization has reported no month of it."), "§7A.1")
    return ALLOWED


def caveat_is_there(context: Context) -> Decision:
    """No note leaves without the caveat of the edition in force (§7A.2)."""
    try:
        editions.caveat_7a(editions.edition_in_force(network_day(context.now)))
    except editions.NoEdition:
        return Decision(
            False, _("No edition of the protocol is in force, so there is no caveat to send."), "§7A.2"
        )
    except ClauseNotFound:
        return Decision(
            False, _("The edition in force has no caveat of section 7A, so there is none to send."), "§7A.2"
        )
    return ALLOWED
