"""Rounds, the organizations asked in them, their clocks and their answers (§7B.1-4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel

from ..tokens import AskState, Choice, ClockKind, RoundKind
from .requests import DataRequest


class Round(AppendOnlyModel):
    """One round of consent, bound to one exact data set (D30).

    ``silent``: ids of the asks of the round before whose silence this one uses (§7B.3).
    ``refused``: ids of organizations left out on the office's written instruction (D29).
    """

    request = models.ForeignKey(DataRequest, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=RoundKind.choices)
    data_set_sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    silent = models.JSONField(default=list)
    refused = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="round_number_once")]

    def __str__(self) -> str:
        return f"{self.request} / {self.number}"


class Ask(GovernedModel):
    """One organization in one round, with the clock that runs now; its history keeps every earlier one.

    The silence of an organization is derived, see ``clocks``. ``clock_business_days`` are counted from
    ``clock_from`` (UTC; that day is not counted); ``clock_ends_at`` is exclusive; ``clock_last_day`` is a
    date in the network's time zone. ``notice``: the message whose arrival the clock needs.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="asks")
    organization = models.ForeignKey(
        "signatories.Organization", on_delete=models.PROTECT, related_name="asks"
    )
    state = models.CharField(max_length=20, choices=AskState.choices, default=AskState.ASKED, editable=False)
    asked_at = models.DateTimeField()
    followed_up_at = models.DateTimeField(null=True, blank=True)

    clock_kind = models.CharField(max_length=20, choices=ClockKind.choices)
    clock_from = models.DateTimeField()
    clock_business_days = models.PositiveSmallIntegerField()
    clock_ends_at = models.DateTimeField()
    clock_last_day = models.DateField()
    calendar_version = models.CharField(max_length=12)

    notice = models.ForeignKey("notices.Notice", on_delete=models.PROTECT, related_name="+")
    bounced_at = models.DateTimeField(null=True, blank=True)  # the Coordinator's entry: mail came back
    bounced_address = models.EmailField(blank=True)
    silence_noted_at = models.DateTimeField(null=True, blank=True)  # that people were told, nothing more

    class Meta:
        ordering = ("round", "organization__name_en")
        constraints = [
            models.UniqueConstraint(fields=["round", "organization"], name="asked_once_a_round"),
            models.CheckConstraint(
                condition=~models.Q(state=AskState.NO_RESPONSE.value), name="silence_is_never_stored"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.organization}"


class FollowUp(AppendOnlyModel):
    """The Coordinator's one act for all organizations whose focal points did not respond (§7B.2).

    ``asks``: ids of the asks it went to. ``ends_at``: the latest end of their clocks as told (UTC).
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="follow_ups")
    asks = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    calendar_versions = models.JSONField(default=list)
    by = models.CharField(max_length=200)

    class Meta:
        ordering = ("sent_at",)

    def __str__(self) -> str:
        return f"{self.round}: {self.sent_at}"


class Answer(AppendOnlyModel):
    """One answer, written once. The organization's vote is read from all of them (``votes``).

    ``person`` and ``capacity``: who answered, in which capacity. ``at``: when it counts from (UTC).
    For an answer received outside (D17) ``received_on``, ``file`` and the recorder are filled.
    """

    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()  # order within the ask; two may fall into one instant
    late = models.BooleanField(default=False)  # the next round had been issued (D27)
    choice = models.CharField(max_length=20, choices=Choice.choices)
    person = models.CharField(max_length=200)
    user_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)
    comment = models.TextField(blank=True)
    at = models.DateTimeField()
    data_set_sha256 = models.CharField(max_length=64)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.CharField(max_length=200, blank=True)
    recorded_by_user_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("ask", "number")
        constraints = [models.UniqueConstraint(fields=["ask", "number"], name="answer_number_once")]

    def __str__(self) -> str:
        return f"{self.ask}: {self.choice}"

    @property
    def received_outside(self) -> bool:
        """Received outside the system and recorded by somebody else (D17)."""
        return self.received_on is not None


class Confirmation(AppendOnlyModel):
    """What the organization, or an office person against the file, says of an answer received outside."""

    answer = models.OneToOneField(Answer, on_delete=models.PROTECT, related_name="confirmation")
    confirmed = models.BooleanField()
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.answer}: {self.confirmed}"


class Correction(AppendOnlyModel):
    """What a recorder says of a no that was recorded wrongly, with the reason; it waits for the office (D17)."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="corrections")
    reason = models.TextField(_("reason"))
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.answer}: {self.at}"


class CorrectionReply(AppendOnlyModel):
    """The office's word on a correction, against the file. ``accepted``: the record does not count."""

    correction = models.OneToOneField(Correction, on_delete=models.PROTECT, related_name="reply")
    accepted = models.BooleanField()
    by = models.CharField(max_length=200)
    by_user_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.correction}: {self.accepted}"
