"""A named reviewer's text of one fixed edition in one language, block by block (D4). Unofficial, always.

Whether the English is newer is never stored: each block is bound to the hash of the English words that it
translates, and the edition shown says the rest (``derive``).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedModel
from protocol_pages.editions.models import Edition


class Language(models.TextChoices):
    """Languages other than English, with the codes of the settings."""

    ARABIC = "ar", _("Arabic")
    KURDISH = "ckb", _("Kurdish (Sorani)")


class TextState(models.TextChoices):
    """Where a reviewer's text stands. Only a confirmed one is shown beside the English."""

    DRAFT = "draft", _("Being recorded")
    WAITING = "waiting", _("Recorded, waits for a confirmation")
    CONFIRMED = "confirmed", _("Confirmed by a second person")
    WITHDRAWN = "withdrawn", _("No longer shown")
    DISCARDED = "discarded", _("Discarded")


class Written(models.Model):
    """Who recorded it, as text that outlives the account. ``at``: UTC."""

    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    by_id = models.UUIDField(null=True, blank=True)
    capacity = models.CharField(max_length=40)

    class Meta:
        abstract = True


class ReviewedText(GovernedModel, Written):
    """What one reviewer brought: all blocks of an edition or some of them.

    A correction is a further text; block by block the newest confirmed one is shown. ``reviewed_on``: calendar
    date as the reviewer gave it. ``source``: how it came, with its own reference. ``sha256``: of what was confirmed.
    """

    language = models.CharField(_("language"), max_length=10, choices=Language.choices)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="reviewed_texts")
    reviewer_name = models.CharField(_("name of the reviewer"), max_length=160)
    reviewer_title = models.CharField(_("title and organization of the reviewer"), max_length=200)
    reviewed_on = models.DateField(_("reviewed on"))
    source = models.CharField(_("how the text came"), max_length=300)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=TextState.choices, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, default="", editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    confirmed_by = models.CharField(max_length=200, blank=True, default="", editable=False)

    class Meta:
        verbose_name = _("reviewer’s text")
        verbose_name_plural = _("reviewers’ texts")
        ordering = ("-at", "id")
        indexes = [models.Index(fields=["language", "state"], name="reviewed_text_shown")]

    def __str__(self) -> str:
        return f"{self.get_language_display()}, {self.edition.label}: {self.reviewer_name}"


class ReviewedBlock(AppendOnlyModel, Written):
    """One block of a reviewer's text, written once; a correction is the next ``version``.

    ``english_sha256``: of the English words that it translates (``beside.fingerprint_of``). An empty ``text`` takes
    the block out of this reviewer's text again.
    """

    reviewed = models.ForeignKey(ReviewedText, on_delete=models.PROTECT, related_name="blocks")
    block_id = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(_("version"))
    english_sha256 = models.CharField(max_length=64)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("block of a reviewer’s text")
        verbose_name_plural = _("blocks of reviewers’ texts")
        ordering = ("reviewed", "block_id", "version")
        constraints = [
            models.UniqueConstraint(
                fields=["reviewed", "block_id", "version"], name="reviewed_block_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.block_id}, {self.version}"
