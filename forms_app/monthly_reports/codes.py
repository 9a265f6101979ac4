"""Every code of the monthly report in one place (fields 4.1): stable codes, labels for people."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class State(models.TextChoices):
    """States of a month's report. Late and missing are derived from dates, never stored."""

    SENT = "sent", _("Sent")
    NOTHING = "nothing_to_report", _("Nothing to report")
    CORRECTED = "corrected", _("Corrected")


class Declaration(models.TextChoices):
    """What a version declares: figures, or the signed statement that there is nothing to report."""

    FIGURES = "figures", _("Figures")
    NOTHING = "nothing_to_report", _("Nothing to report")


class IntakeState(models.TextChoices):
    """States of the Coordinator's row for the inter-agency channel (D35)."""

    RECORDED = "recorded", _("Recorded")
    CORRECTED = "corrected", _("Corrected")


class Nature(models.TextChoices):
    """What the report is about."""

    EXPLOITATION = "sexual_exploitation", _("Sexual exploitation")
    ABUSE = "sexual_abuse", _("Sexual abuse")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Personnel(models.TextChoices):
    """Who employs the alleged perpetrator, by category of personnel."""

    UN_STAFF = "un_staff", _("UN staff")
    UNV = "unv", _("UN Volunteers")
    CONTRACTOR = "contractor", _("Contractors and consultants")
    PARTNER_NGO = "partner_ngo", _("Implementing partner personnel (NGO)")
    PARTNER_GOVERNMENT = "partner_government", _("Implementing partner personnel (government)")
    OTHER = "other", _("Other")
    UNKNOWN = "unknown", _("Unknown")


class Channel(models.TextChoices):
    """The two doors of the inter-agency channel itself (§2, §4.a)."""

    EMAIL = "email", _("Inter-agency e-mail")
    HOTLINE = "hotline", _("Inter-agency hotline")


class Assistance(models.TextChoices):
    """Status of survivor assistance; refers to persons, not to reports."""

    ACCEPTED = "accepted", _("Offered and accepted")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined by the survivor")
    NOT_POSSIBLE = "not_possible", _("Could not be offered (anonymous or unreachable)")
    PENDING = "pending", _("Pending")


class Flow(models.TextChoices):
    """What flows into a month's investigations."""

    AT_START = "open_at_start", _("Open at the start of the month")
    NEW = "new", _("Opened in the month")


class Closed(models.TextChoices):
    """Outcomes with which an investigation was closed in the month."""

    SUBSTANTIATED = "substantiated", _("Closed: substantiated")
    NOT_SUBSTANTIATED = "not_substantiated", _("Closed: not substantiated")
    OTHER = "closed_other", _("Closed: other circumstances")
    REFERRED = "referred", _("Referred to the Member State")


class Open(models.TextChoices):
    """Where investigations that are open at the end of the month stand."""

    PRELIMINARY = "preliminary", _("Open: under preliminary assessment")
    INVESTIGATION = "investigation", _("Open: under investigation")
    REVIEW = "review", _("Open: under review (limited information)")


@dataclass(frozen=True)
class Section:
    """One block of counts. ``unit``: what is counted. ``parts_of``: the count that its rows must add up to."""

    code: str
    title: StrOrPromise
    rows: tuple[tuple[str, StrOrPromise], ...]
    unit: StrOrPromise
    parts_of: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Field names of the rows: section and code, joined by two underscores."""
        return tuple(f"{self.code}__{code}" for code, _label in self.rows)


def _rows(*choices: type[models.TextChoices]) -> tuple[tuple[str, StrOrPromise], ...]:
    return tuple((member.value, member.label) for choice in choices for member in choice)


RECEIVED = "received"
ALREADY_SENT = "already_sent"
NATURE = Section("nature", _("Nature"), _rows(Nature), _("reports received"), RECEIVED)
PERSONNEL = Section(
    "personnel", _("Category of personnel"), _rows(Personnel), _("reports received"), RECEIVED
)
CHANNEL = Section("channel", _("How they came"), _rows(Channel), _("reports received"), RECEIVED)
ASSISTANCE = Section("assistance", _("Survivor assistance"), _rows(Assistance), _("persons"))
INVESTIGATION = Section(
    "investigation", _("Internal investigations"), _rows(Flow, Closed, Open), _("investigations")
)

SECTIONS = {s.code: s for s in (NATURE, PERSONNEL, CHANNEL, ASSISTANCE, INVESTIGATION)}
TABLES = (NATURE, PERSONNEL)  # the one-way national tables of D31


class Reason(models.TextChoices):
    """Why a month is corrected: coded, because free text is where identity leaks (§4.g, trap 39)."""

    ARRIVED_LATE = "arrived_late", _("A report reached us after we had sent the month")
    COUNTED_TWICE = "counted_twice", _("A report was counted twice")
    CLASSIFIED = "classified", _("Nature or category of personnel is known better now")
    STATUS = "status", _("Assistance or investigation stood differently")
    SLIP = "slip", _("A number was typed wrongly")
    NOT_OURS = "not_ours", _("A report belongs to another organization or month")


def reason_label(code: str) -> StrOrPromise:
    """The words of a stored reason."""
    return Reason(code).label if code in Reason.values else code
