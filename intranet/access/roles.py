"""Capacities in which people act (D9)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Capacity(models.TextChoices):
    """One person acts in one capacity at a time and chooses it when holding several."""

    MEMBER = "member", _("Member (reader)")
    PRIMARY_FOCAL_POINT = "primary_focal_point", _("Primary focal point")
    SECONDARY_FOCAL_POINT = "secondary_focal_point", _("Secondary focal point")
    HEAD_OF_AGENCY = "head_of_agency", _("Head of Agency")
    SENIOR_MANAGEMENT = "senior_management", _("Senior management")
    SIGNER = "signer", _("Signer")
    COORDINATOR = "coordinator", _("PSEA Coordinator")
    ACTING_COORDINATOR = "acting_coordinator", _("Acting PSEA Coordinator")
    OFFICE = "office", _("DSRSG/HC/RC office")
    OFFICE_ASSISTANT = "office_assistant", _("Office assistant (delegated)")
    CONTENT_EDITOR = "content_editor", _("Content editor")
    AUDITOR = "auditor", _("Auditor")


FOCAL_POINTS = frozenset({Capacity.PRIMARY_FOCAL_POINT, Capacity.SECONDARY_FOCAL_POINT})
COORDINATION = frozenset({Capacity.COORDINATOR, Capacity.ACTING_COORDINATOR})
OFFICE = frozenset({Capacity.OFFICE})
OFFICE_AND_ASSISTANTS = frozenset({Capacity.OFFICE, Capacity.OFFICE_ASSISTANT})
MANAGEMENT = frozenset({Capacity.HEAD_OF_AGENCY, Capacity.SENIOR_MANAGEMENT})
OVERSEERS = (
    COORDINATION | OFFICE_AND_ASSISTANTS | {Capacity.AUDITOR}
)  # who reads the record of every organization
ORGANIZATION_POSTS = FOCAL_POINTS | MANAGEMENT  # posts that act for one organization
EVERYBODY = frozenset(Capacity)
