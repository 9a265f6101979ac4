"""What this slice plugs into the floors below: machines, histories, home rows, jobs, navigation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from forms_app.common import parties
from intranet.access import navigation
from intranet.access.navigation import Entry
from intranet.access.roles import EVERYBODY
from intranet.clock import changes, due, handover
from intranet.files import gates
from intranet.notices import outbox
from intranet.workflow import registry, wording
from intranet.workflow.registry import GovernedObject

from . import conditions, deadlines, hand_over, models, policy
from . import history_words as words
from .ask_machine import ASKS
from .changes import SOURCES
from .kept import KeptRequests
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
    registry.register(
        GovernedObject(models.DataRequest, policy.may_view_request, _label_of("reference"), REQUESTS)
    )
    registry.register(GovernedObject(models.Ask, policy.may_view_ask, asked, ASKS))
    registry.register(GovernedObject(models.Guarantee, policy.may_view_guarantee, request))
    registry.register(GovernedObject(models.Round, policy.may_view_part, request))
    registry.register(GovernedObject(models.Answer, policy.may_view_answer, answered))
    registry.register(GovernedObject(models.Confirmation, policy.may_view_confirmation, _label_of("by")))
    registry.register(
        GovernedObject(
            models.Correction, policy.may_view_correction, _label_of("answer.ask.round.request.reference")
        )
    )
    registry.register(
        GovernedObject(models.CorrectionReply, policy.may_view_correction_reply, _label_of("by"))
    )
    registry.register(GovernedObject(models.FollowUp, policy.may_view_round_part, of_round))
    registry.register(GovernedObject(models.Consultation, policy.may_view_part, request))
    registry.register(GovernedObject(models.Classifying, policy.may_view_part, request))
    registry.register(GovernedObject(models.OfficeDecision, policy.may_view_part, request))
    registry.register(GovernedObject(models.Release, policy.may_view_part, _label_of("letter_number")))
    registry.register(GovernedObject(models.MediaDecision, policy.may_view_media, request))
    registry.register(GovernedObject(models.Numbering, policy.may_view_request, str))
    changes.register(*SOURCES)
    gates.register("release", conditions.letter_may_leave)
    parties.register_requests(KeptRequests())
    registry.say(words.SAID)
    wording.register_acts(words.ACTS)
    outbox.sends_again_itself("data_requests.request", "data_requests.follow_up")
    handover.register(hand_over.parts)
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
