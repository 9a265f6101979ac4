"""How the histories of requests, rounds, answers and decisions speak."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from audit.actors import Actor
from forms_app.common import figures
from intranet.listing import listed
from intranet.workflow.registry import Said

from . import models
from .policy import READERS
from .tokens import RequestState


def _tables(codes: list[str]) -> str:
    titles = figures.provider().table_labels()
    return listed(str(titles.get(code, gettext("a table that is no longer offered"))) for code in codes)


def _organizations(ids: list[str]) -> str:
    return ngettext("%(n)s organization", "%(n)s organizations", len(ids)) % {"n": len(ids)}


def _state(token: str) -> str:
    return str(RequestState(token).label)


def _on_file(path: str) -> Callable[[Any, Actor], str]:
    """The page with everything on file about the request to which ``path`` leads."""

    def page(obj: Any, actor: Actor) -> str:
        for step in path.split("."):
            obj = getattr(obj, step)
        return reverse("request-facts", args=[obj])

    return page


def _page_of_confirmation(confirmation: Any, actor: Actor) -> str:
    ask = confirmation.answer.ask
    if actor.capacity in READERS:
        return reverse("request-facts", args=[ask.round.request_id])
    return reverse("ask-answer", args=[ask.pk])


def _answer_page(path: str) -> Callable[[Any, Actor], str]:
    def page(obj: Any, actor: Actor) -> str:
        for step in path.split("."):
            obj = getattr(obj, step)
        return reverse("ask-answer", args=[obj])

    return page


REQUEST = Said(
    fields={
        "reference": _("number of the request"),
        "classification": _("how the office classified it"),
        "forwarded_at": _("forwarded at"),
        "forwarded_by": _("forwarded by"),
        "original_letter": _("letter as it arrived"),
        "guarantee": _("v. Written guarantee"),
        "registered_at": _("registered at"),
        "consulted_on": _("office consulted on"),
        "to_office_at": _("sent to the office at"),
        "ended_at": _("ended at"),
        "held_from": _("state before it was put on hold"),
        "held_at": _("put on hold at"),
    },
    values={"tables": _tables, "held_from": _state},
    page=lambda request, actor: reverse("request-board", args=[request.pk]),
)
ASK = Said(
    noun=_("organization’s part of a request"),
    fields={
        "round": _("request and round"),
        "asked_at": _("asked at"),
        "followed_up_at": _("followed up with senior management at"),
        "clock_kind": _("what the clock is for"),
        "clock_from": _("clock runs from"),
        "clock_business_days": _("working days of the clock"),
        "clock_ends_at": _("clock ends at"),
        "clock_last_day": _("last day to answer"),
        "notice": _("mail whose arrival counts"),
        "bounced_at": _("mail came back at"),
        "bounced_address": _("address that refused the mail"),
        "silence_noted_at": _("silence told to people at"),
    },
    hidden=frozenset({"calendar_version"}),
    related=("round__request", "organization"),
    page=_answer_page("pk"),
    title=lambda ask: listed([ask.round.request.reference, ask.organization.name]),
)
GUARANTEE = Said(
    noun=_("written guarantee"),
    fields={"request": _("request")},
    related=("request",),
)
ROUND = Said(
    noun=_("round of a request"),
    fields={
        "request": _("request"),
        "issued_at": _("issued at"),
        "silent": _("left out because they did not answer"),
        "refused": _("left out on the office’s instruction"),
    },
    values={"silent": _organizations, "refused": _organizations},
    related=("request",),
    page=_on_file("request_id"),
)
ANSWER = Said(
    noun=_("answer"),
    fields={
        "ask": _("request"),
        "late": _("came after the round"),
        "choice": _("answer"),
        "comment": _("comment"),
        "number": _("number of the answer"),
    },
    related=("ask__round__request", "ask__organization"),
    page=_answer_page("ask_id"),
)
CONFIRMATION = Said(
    noun=_("confirmation of an answer"),
    fields={"answer": _("answer"), "confirmed": _("confirmed")},
    related=("answer__ask__round__request", "answer__ask__organization"),
    page=_page_of_confirmation,
)
FOLLOW_UP = Said(
    noun=_("follow-up with senior management"),
    fields={
        "round": _("request and round"),
        "asks": _("sent to"),
        "sent_at": _("sent at"),
        "ends_at": _("clock ends at"),
    },
    values={"asks": _organizations},
    hidden=frozenset({"calendar_versions"}),
    related=("round__request",),
    page=_on_file("round.request_id"),
)
CONSULTATION = Said(
    noun=_("consultation of the office"),
    fields={"request": _("request")},
    related=("request",),
    page=_on_file("request_id"),
)
CLASSIFYING = Said(
    noun=_("classification by the office"),
    fields={"request": _("request"), "classification": _("how the office classified it")},
    related=("request",),
    page=_on_file("request_id"),
)
OFFICE_DECISION = Said(
    noun=_("decision of the office"),
    fields={
        "request": _("request"),
        "round": _("request and round"),
        "decided_by": _("decided by"),
        "decided_on": _("decided on"),
    },
    related=("request",),
    page=_on_file("request_id"),
)
RELEASE = Said(
    noun=_("release"),
    fields={
        "request": _("request"),
        "round": _("request and round"),
        "decision": _("decision of the office"),
        "letter_number": _("number of the letter"),
        "letter": _("letter"),
        "letter_sha256": _("fingerprint of the letter (SHA-256)"),
        "caveats_sha256": _("fingerprint of the caveats (SHA-256)"),
        "recipient": _("recipient"),
        "contributors": _("organizations whose figures are in it"),
        "signatories": _("signatories at that time"),
    },
    related=("request",),
    page=lambda release, actor: reverse("request-release", args=[release.request_id]),
)
MEDIA_DECISION = Said(
    noun=_("decision on a media request"),
    fields={"request": _("request")},
    related=("request",),
    page=lambda decision, actor: reverse("media-register"),
)
NUMBERING = Said(
    noun=_("numbering of a year"),
    fields={"series": _("letters before the number"), "year": _("year"), "last": _("last number given")},
)
CORRECTION = Said(
    noun=_("correction of a record"),
    fields={"answer": _("answer")},
    related=("answer__ask__round__request", "answer__ask__organization"),
    page=lambda correction, actor: reverse("answer-confirm", args=[correction.answer_id]),
)
CORRECTION_REPLY = Said(
    noun=_("reply to a correction"),
    fields={"correction": _("correction of a record"), "accepted": _("accepted")},
    related=("correction__answer__ask__round__request", "correction__answer__ask__organization"),
    page=lambda reply, actor: reverse("answer-confirm", args=[reply.correction.answer_id]),
)
SAID: dict[type[Model], Said] = {
    models.DataRequest: REQUEST,
    models.Classifying: Said(noun=_("classification")),
    models.Ask: ASK,
    models.Guarantee: GUARANTEE,
    models.Round: ROUND,
    models.Answer: ANSWER,
    models.Confirmation: CONFIRMATION,
    models.Correction: CORRECTION,
    models.CorrectionReply: CORRECTION_REPLY,
    models.FollowUp: FOLLOW_UP,
    models.Consultation: CONSULTATION,
    models.Classifying: CLASSIFYING,
    models.OfficeDecision: OFFICE_DECISION,
    models.Release: RELEASE,
    models.MediaDecision: MEDIA_DECISION,
    models.Numbering: NUMBERING,
}
ACTS = {
    "data_request.preview": _("Looked at the letter before its release"),
    "data_request.memo": _("Downloaded the memo for the office"),
    "release.download": _("Downloaded a released letter"),
}
