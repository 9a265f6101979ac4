"""The tokens of D32 and the other closed lists of the consent ladder, used in code, transcript and docs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestState(models.TextChoices):
    """States of a request (D32)."""

    DRAFT = "draft", _("Draft")
    CONSULTED = "consulted", _("Office consulted")
    ROUND_1 = "round_1", _("With organizations")
    ROUND_2 = "round_2", _("Second round")
    TO_OFFICE = "to_office", _("With the DSRSG/HC/RC office")
    AUTHORIZED = "authorized", _("Authorized")
    RELEASED = "released", _("Released")
    NOT_RELEASED = "not_released", _("Not released")
    STOPPED = "stopped", _("Stopped")
    ON_HOLD = "on_hold", _("On hold")
    MEDIA = "media", _("Media register")


class AskState(models.TextChoices):
    """States of an organization in a round (D32). ``no_response`` is derived, never stored (D26)."""

    ASKED = "asked", _("Asked")
    AUTHORIZED = "authorized", _("Authorized")
    REFUSED = "refused", _("Not authorized")
    CONFLICT = "conflict", _("Two different answers")
    FOLLOWED_UP = "followed_up", _("With senior management")
    NO_RESPONSE = "no_response", _("No response")


ROUNDS = (RequestState.ROUND_1, RequestState.ROUND_2)
BEFORE_RELEASE = (*ROUNDS, RequestState.TO_OFFICE, RequestState.AUTHORIZED)
ENDED = (RequestState.RELEASED, RequestState.NOT_RELEASED, RequestState.STOPPED, RequestState.MEDIA)
UNANSWERED = (AskState.ASKED, AskState.FOLLOWED_UP)


class Kind(models.TextChoices):
    """What kind of request it is; asked first (D21)."""

    EXTERNAL = "external", _("An external party asks for consolidated figures")
    UN_FAMILY = "un_family", _("A member of the UN family that has not signed asks for consolidated figures")
    MEDIA = "media", _("The media ask")
    OWN_DATA = "own_data", _("My organization wants to use its own figures")


LADDER_KINDS = (Kind.EXTERNAL, Kind.UN_FAMILY)


class RequesterKind(models.TextChoices):
    """Who asks, as the field names it (fields 4.3)."""

    DONOR = "donor", _("Donor")
    UN_FAMILY = "un_family", _("UN family, not a signatory")
    NGO = "ngo", _("Non-governmental organization")
    GOVERNMENT = "government", _("Government")
    ACADEMIC = "academic", _("Academic")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class Classification(models.TextChoices):
    """The office's classification of a request of the UN family (D21).

    None lets consolidated figures out without the ladder: the others end the request.
    """

    FULL_LADDER = "full_ladder", _("Full consent ladder")  # §7B.0, the default
    OWN_DATA = "own_data", _("An organization’s own figures")  # §7A.1, §4.f
    MEDIA = "media", _("Media register")  # §7A.3
    REFERRED = "referred", _("Referred to another route")


ENDING_CLASSES = (Classification.OWN_DATA, Classification.REFERRED)


class RoundKind(models.TextChoices):
    FIRST = "first", _("First round")
    SECOND = "second", _("Round without those who did not respond")
    FULL = "full", _("Full round, asked anew")


class Choice(models.TextChoices):
    """The three answers (D24)."""

    AUTHORIZE = "authorize", _("We authorize this release")
    REFUSE = "refuse", _("We do not authorize it")
    NEED_TO_ASK = "need_to_ask", _("I need to ask")


class ClockKind(models.TextChoices):
    FIRST_ANSWER = "first_answer", _("First answer")  # network practice
    FOLLOW_UP = "follow_up", _("Senior management")  # §7B.2


class DecisionKind(models.TextChoices):
    AUTHORIZE = "authorize", _("Authorized")
    DECLINE = "decline", _("Not authorized")
    REOPEN = "reopen", _("Go on without those who refused")


class MediaOutcome(models.TextChoices):
    """What was decided on a media request; no figures leave through it (§7A.3)."""

    ANSWERED = "answered", _("Answered by the office or the agency asked")
    DECLINED = "declined", _("Not answered")
    REFERRED = "referred", _("Referred elsewhere")


FEWEST_ORGANIZATIONS = 3  # D28: fewer left is not released
