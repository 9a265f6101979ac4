"""The annual review (§8): a cycle a year, what organizations answered, what became of each comment, the decision.

Upcoming, open, due and overdue are derived from the calendar (``deadlines.stage``), never stored.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel
from protocol_pages.editions.models import Edition, EditionDraft
from signatories.models import Organization, ReceivedHow


class CycleState(models.TextChoices):
    """What is stored of a cycle; where it stands on a day is derived."""

    RUNNING = "running", _("Running")
    RECORDED = "recorded", _("Recorded from evidence, waits for a confirmation")
    CLOSED = "closed", _("Closed with a decision")
    DENIED = "denied", _("Evidence denied")


class Outcome(models.TextChoices):
    """What the review decided."""

    CONFIRMED = "confirmed", _("Confirmed: the text stays as it is")
    AMENDED = "amended", _("Amended: a next edition follows")


class AnswerKind(models.TextChoices):
    """What an organization answers. There is no third: silence is no answer."""

    NO_CHANGE = "no_change", _("No change")
    COMMENTS = "comments", _("Comments")


class AnswerState(models.TextChoices):
    WAITING = "waiting", _("Received outside, waits for a confirmation")
    GIVEN = "given", _("Given")
    DENIED = "denied", _("Denied")


class CommentKind(models.TextChoices):
    """What a comment is about."""

    ERROR = "error", _("Error")
    CLARITY = "clarity", _("Clarity")
    SUBSTANCE = "substance", _("Substance")
    NEW_CLAUSE = "new_clause", _("New clause after this one")
    TRANSLATION = "translation", _("Translation")


class Disposition(models.TextChoices):
    """What became of a comment; each with a reason."""

    OPEN = "open", _("No disposition yet")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    DEFERRED = "deferred", _("Deferred to the next review")
    TAKEN_BACK = "taken_back", _("Taken back by the organization")


WORDED = (Disposition.ACCEPTED, Disposition.PARTLY)


class Written(models.Model):
    """Who wrote it, as text that outlives the account. ``at``: UTC."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)

    class Meta:
        abstract = True


class ReviewCycle(GovernedModel):
    """The review of one year. ``due_on``: 31 January of ``year``, a date in the network's time zone.

    ``edition``: the text under review; None for a past year that was recorded from evidence.
    ``draft``: the draft of the next edition that accepted wordings built.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("due on"))
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    draft = models.ForeignKey(
        EditionDraft, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    opened_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=CycleState.choices, editable=False)

    class Meta:
        ordering = ("-year",)
        verbose_name = _("annual review")
        verbose_name_plural = _("annual reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=~models.Q(state="denied"), name="one_review_a_year"
            )
        ]

    def __str__(self) -> str:
        return str(self.year)


class ReviewDecision(AppendOnlyModel, Written):
    """The decision record without which no cycle closes: who decided, when, what, by which minutes.

    ``answered`` of ``asked``: how many organizations had answered when it was recorded; the others were silent,
    which is no answer. None for a past year.
    """

    cycle = models.OneToOneField(ReviewCycle, on_delete=models.PROTECT, related_name="decision")
    decided_by = models.CharField(_("who decided"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    minutes = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    asked = models.PositiveSmallIntegerField(_("organizations asked"), null=True, blank=True)
    answered = models.PositiveSmallIntegerField(_("organizations that answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision of an annual review")
        verbose_name_plural = _("decisions of annual reviews")

    def __str__(self) -> str:
        return f"{self.cycle}: {self.get_outcome_display()}"


class ReviewAnswer(GovernedModel, Written):
    """One answer of one organization; its newest that counts is its answer.

    ``received_*``, ``name``, ``title``, ``file``: where it arrived outside the system (D17).
    """

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="answers")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="review_answers")
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind.choices)
    state = models.CharField(max_length=10, choices=AnswerState.choices, editable=False)
    received_how = models.CharField(max_length=10, choices=ReceivedHow.choices, blank=True)
    received_on = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=160, blank=True)
    title = models.CharField(max_length=160, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at",)
        verbose_name = _("answer to an annual review")
        verbose_name_plural = _("answers to annual reviews")
        indexes = [models.Index(fields=["cycle", "organization", "at"], name="answer_of_a_cycle")]

    def __str__(self) -> str:
        return f"{self.organization}, {self.cycle}"

    @property
    def outside(self) -> bool:
        """Recorded from mail, letter or paper; it looks different from a click everywhere (D17)."""
        return bool(self.received_how)


class ReviewComment(GovernedModel, Written):
    """A comment on one block, with the wording that is proposed for it, and what became of it.

    ``block_id``, ``address``, ``today_text``: the block as the edition under review has it. ``wording``: what goes
    into the next draft where it was accepted or partly accepted.
    """

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="comments")
    answer = models.ForeignKey(ReviewAnswer, on_delete=models.PROTECT, related_name="comments")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="review_comments")
    number = models.PositiveSmallIntegerField(_("number"))
    block_id = models.CharField(max_length=40)
    address = models.CharField(max_length=60, blank=True)
    today_text = models.TextField()
    kind = models.CharField(_("kind"), max_length=12, choices=CommentKind.choices)
    comment = models.TextField(_("comment"))
    proposed_text = models.TextField(_("proposed wording"), blank=True)
    state = models.CharField(
        max_length=12, choices=Disposition.choices, default=Disposition.OPEN, editable=False
    )
    reason = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    disposed_at = models.DateTimeField(null=True, blank=True)
    disposed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("number",)
        verbose_name = _("comment of an annual review")
        verbose_name_plural = _("comments of annual reviews")
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="review_comment_number_once")]

    def __str__(self) -> str:
        return f"{self.cycle}-{self.number:02d}"

    @property
    def new_id(self) -> str:
        """The id of the block that a new clause becomes in the draft."""
        return f"r{self.cycle.year}-{self.number}"

    @property
    def label(self) -> str:
        """ "§7B.2", or the block's id where it has no address."""
        return f"§{self.address}" if self.address else self.block_id
