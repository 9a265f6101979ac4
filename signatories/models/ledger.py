"""The ledger of participation: who endorsed, suspended, stopped the flow, resumed, withdrew. Only added to."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_stubs_ext import StrOrPromise

from audit.history import AppendOnlyModel

from .organizations import Organization
from .people import Person


class EntryKind(models.TextChoices):
    """Different acts with different addressees and effects; never one flag (trap 19)."""

    ENDORSED = "endorsed", _("Endorsed")
    SUSPENDED = "suspended", _("Sharing suspended")
    RESUMED = "resumed", _("Sharing resumed")
    FLOW_STOPPED = "flow_stopped", _("Flow of data stopped")
    FLOW_RESUMED = "flow_resumed", _("Flow of data resumed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


SHARING = frozenset({EntryKind.SUSPENDED, EntryKind.RESUMED})  # §4.f, to the office
FLOW = frozenset({EntryKind.FLOW_STOPPED, EntryKind.FLOW_RESUMED})  # §9.f, to the Coordinator
STOPS = frozenset({EntryKind.SUSPENDED, EntryKind.FLOW_STOPPED, EntryKind.WITHDRAWN})


NOUNS: dict[EntryKind, StrOrPromise] = {
    EntryKind.ENDORSED: _("Endorsement"),
    EntryKind.SUSPENDED: _("Suspension of sharing"),
    EntryKind.RESUMED: _("Resumption of sharing"),
    EntryKind.FLOW_STOPPED: _("Stop of the flow of data"),
    EntryKind.FLOW_RESUMED: _("Resumption of the flow of data"),
    EntryKind.WITHDRAWN: _("Withdrawal"),
}


class Answer(models.TextChoices):
    """What a second entry says about one that was received outside (D17)."""

    CONFIRMED = "confirmed", _("Confirmed")
    DENIED = "denied", _("Denied")


class ReceivedHow(models.TextChoices):
    """How something reached the network outside the system; empty: done here by an own account."""

    MAIL = "mail", _("by e-mail")
    LETTER = "letter", _("by letter")
    PAPER = "paper", _("as a signed paper")


class SuspensionReason(models.TextChoices):
    """§4.f."""

    SAFETY = "safety", _("Safety")
    SECURITY = "security", _("Security")
    CAPACITY = "capacity", pgettext_lazy("ability", "Capacity")
    OTHER = "other", _("Other considerations")


class SuspensionScope(models.TextChoices):
    """What a suspension covers (fields 4.6)."""

    ALL = "all", _("All sharing: monthly reports and external release")
    EXTERNAL = "external", _("External release only; monthly reports go on")


class ParticipationEntry(AppendOnlyModel):
    """One entry. The register of any day is a query over the entries ``in_effect`` by that day.

    ``in_effect``: False for what was received outside and waits for a confirmation, and for a denial.
    A confirmation is an entry of its own that repeats the fact and points to the first by ``answers``
    (D17). Signer, instrument and edition are kept as text beside their keys: they outlive
    account, person and row (traps 18, 43). ``authority``: the instrument in words; ``instrument_file`` and
    ``instrument_sha256``: its file, empty where there is none. ``effective_on``: calendar date in the
    network's time zone; ``recorded_at``: UTC.

    Of a suspension: ``reason``, ``scope``, ``review_on``, ``notifications_continue`` (whether notifications of
    allegations, §4.0, go on meanwhile). Of a stop of flow: the reasons stand in ``statement``;
    ``breach_reference`` names the breach, ``office_involved`` whether the office takes part in it (§9.g).
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="participation")
    number = models.PositiveIntegerField()  # 1, 2, 3 ... within the organization, in order of recording
    kind = models.CharField(max_length=20, choices=EntryKind.choices)
    in_effect = models.BooleanField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    answers = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answer_entry"
    )
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)

    edition_ref = models.UUIDField(null=True, blank=True)  # id of editions.Edition
    edition_number = models.PositiveSmallIntegerField(null=True, blank=True)
    edition_label = models.CharField(max_length=20, blank=True)
    edition_sha256 = models.CharField(max_length=64, blank=True)

    signer = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    organization_name = models.CharField(max_length=200, blank=True)  # in English, as it was on that day
    signer_name = models.CharField(max_length=160)
    signer_title = models.CharField(max_length=160, blank=True)
    signer_email = models.EmailField(blank=True)
    signer_capacity = models.CharField(max_length=40, blank=True)
    authority = models.CharField(max_length=300, blank=True)
    instrument_file = models.CharField(max_length=160, blank=True)
    instrument_sha256 = models.CharField(max_length=64, blank=True)
    statement = models.TextField(blank=True)
    reason = models.CharField(max_length=20, choices=SuspensionReason.choices, blank=True)
    review_on = models.DateField(null=True, blank=True)
    scope = models.CharField(max_length=10, choices=SuspensionScope.choices, blank=True)
    notifications_continue = models.BooleanField(null=True, blank=True)
    breach_reference = models.CharField(max_length=20, blank=True)
    office_involved = models.BooleanField(null=True, blank=True)

    received_how = models.CharField(max_length=10, choices=ReceivedHow.choices, blank=True)
    received_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.CharField(max_length=200)
    recorded_capacity = models.CharField(max_length=40)
    recorded_by_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("effective_on", "number")
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [
            models.Index(
                fields=["organization", "effective_on", "number"],
                name="participation_in_effect",
                condition=models.Q(in_effect=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="participation_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_kind_display()}"

    @property
    def noun(self) -> StrOrPromise:
        """What the entry is: "Endorsement", "Withdrawal"."""
        return NOUNS[EntryKind(self.kind)]

    @property
    def received_outside(self) -> bool:
        """Recorded from mail, letter or paper; it looks different from a click everywhere (D17)."""
        return bool(self.received_how)
