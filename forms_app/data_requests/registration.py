"""What this slice plugs into the floors below: machines, histories, home rows, jobs, navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.access import navigation
from intranet.access.navigation import Entry
from intranet.access.roles import EVERYBODY
from intranet.clock import due
from intranet.workflow import registry, wording
from intranet.workflow.registry import GovernedObject

from . import deadlines, models, policy
from . import history_words as words
from .ask_machine import ASKS
from .machine import REQUESTS


def _label_of(path: str) -> Callable[[Any], str]:
    def label(obj: Any) -> str:
        for step in path.split("."):
            obj = getattr(obj, step)
        return str(obj)

    return label


def register() -> None:
    """Called once by the app's ``ready``."""
    request = _label_of("request.reference")
    asked = _label_of("round.request.reference")
    answered = _label_of("ask.round.request.reference")
    of_round = _label_of("round.request.reference")
    for governed in (
        GovernedObject(
            models.DataRequest, policy.may_view_request, _label_of("reference"), REQUESTS, words.REQUEST
        ),
        GovernedObject(models.Ask, policy.may_view_ask, asked, ASKS, words.ASK),
        GovernedObject(models.Guarantee, policy.may_view_guarantee, request, said=words.GUARANTEE),
        GovernedObject(models.Round, policy.may_view_part, request, said=words.ROUND),
        GovernedObject(models.Answer, policy.may_view_answer, answered, said=words.ANSWER),
        GovernedObject(
            models.Confirmation, policy.may_view_confirmation, _label_of("by"), said=words.CONFIRMATION
        ),
        GovernedObject(models.FollowUp, policy.may_view_round_part, of_round, said=words.FOLLOW_UP),
        GovernedObject(models.Consultation, policy.may_view_part, request, said=words.CONSULTATION),
        GovernedObject(models.OfficeDecision, policy.may_view_part, request, said=words.OFFICE_DECISION),
        GovernedObject(models.Release, policy.may_view_part, _label_of("letter_number"), said=words.RELEASE),
        GovernedObject(models.MediaDecision, policy.may_view_media, request, said=words.MEDIA_DECISION),
        GovernedObject(models.Numbering, policy.may_view_request, str, said=words.NUMBERING),
    ):
        registry.register(governed)
    wording.register_acts(words.ACTS)
    due.register(due=deadlines.due, waiting=deadlines.waiting, jobs=deadlines.JOBS)
    navigation.register(
        Entry("requests", _("Data requests"), "requests", EVERYBODY, 10, main=True),
        Entry(
            "requests",
            _("Register or forward a request"),
            "request-kind",
            policy.REGISTRARS | policy.FORWARDERS,
            20,
        ),
        Entry("requests", _("Register of releases"), "releases", policy.READERS, 30),
        Entry("requests", _("Media requests"), "media-register", EVERYBODY, 40),
    )
