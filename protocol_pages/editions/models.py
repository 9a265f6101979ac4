"""Editions of the protocol. Drafts change; an adopted edition is written once and never changes (D1, D14)."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import AppendOnlyModel, GovernedHistory, GovernedModel, WrittenOnce

from .blocks import Block, Mark
from .draft_page import DraftPage

__all__ = [
    "OPEN_STATES",
    "DraftPage",
    "DraftState",
    "Edition",
    "EditionBlock",
    "EditionDraft",
    "EditionFields",
    "EditionFile",
    "MinorKind",
]


class DraftState(models.TextChoices):
    """The life of an edition. The text is frozen from ``endorsed`` on.

    ``in_force`` and ``superseded`` are noted by the daily job; which text is in force on a day is derived from
    the frozen dates (``selectors.edition_in_force``), so that a job that did not run leaves nothing stale.
    """

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    IN_REVIEW = "in_review", _("In review")
    ENDORSED = "endorsed", _("Endorsed")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")
    DISCARDED = "discarded", _("Discarded")


OPEN_STATES = (DraftState.DRAFT, DraftState.PROPOSED, DraftState.IN_REVIEW)


class MinorKind(models.TextChoices):
    """Why an edition is minor (D7): it asks nobody to endorse again."""

    NONE = "", _("Not a minor edition")
    TYPING_ERROR = "typing_error", _("Typing error")
    TRANSLATION = "translation", _("Translation")
    SIGNATORY_ANNEX = "signatory_annex", _("Signatory annex")


class EditionFields(models.Model):
    """What a draft and the edition adopted from it have in common.

    ``document``: the signed minutes or decision of the endorsement; ``no_document``: why there is no file of it.
    Both are empty until the text is endorsed, and for a text that was endorsed before it came here.
    """

    number = models.PositiveSmallIntegerField(_("edition"))
    minor = models.PositiveSmallIntegerField(_("minor edition"), default=0)
    minor_kind = models.CharField(max_length=20, choices=MinorKind.choices, default="", blank=True)
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=10, default="en")
    scope = models.CharField(_("for whom it was endorsed"), max_length=300, blank=True, default="")
    annex = models.JSONField(_("signatory annex"), default=list, blank=True)
    document = models.ForeignKey(
        "files.StoredFile",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed document"),
    )
    no_document = models.CharField(_("why there is no file"), max_length=300, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """ "1", or "1.2" for the second minor edition of edition 1."""
        return f"{self.number}.{self.minor}" if self.minor else str(self.number)

    @property
    def slug(self) -> str:
        """The edition in a URL: "v1", "v1.2"."""
        return f"v{self.label}"


class EditionDraft(GovernedModel, EditionFields):
    """A text and its life; its status changes only through the runner.

    ``base``: the edition that it was drafted from, None for the first text and for one that was endorsed outside.
    ``summary``: what changes and why, in a sentence. ``page``: where editors work on the text (revisions,
    comments); the page is taken into ``blocks`` by an act, and nothing that happens to it later matters.
    Endorsement and effective date are empty until the text is endorsed.
    """

    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    endorsed_by = models.CharField(_("endorsed by"), max_length=200, blank=True, default="")
    endorsed_on = models.DateField(_("endorsed on"), null=True, blank=True)
    document_ref = models.CharField(_("document"), max_length=300, blank=True, default="")
    state = models.CharField(max_length=20, choices=DraftState.choices, default=DraftState.DRAFT)
    blocks = models.JSONField(default=list)  # rows of ``blocks.Block``
    base = models.ForeignKey(
        "editions.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="drafts"
    )
    summary = models.CharField(_("what changes"), max_length=300, blank=True, default="")
    page = models.OneToOneField(
        "editions.DraftPage", on_delete=models.PROTECT, null=True, blank=True, related_name="draft"
    )

    class Meta:
        verbose_name = _("draft edition")
        verbose_name_plural = _("draft editions")

    def __str__(self) -> str:
        return f"{self.title} ({self.label})"


class FrozenQuerySet(models.QuerySet[Any]):
    """Rows that are written once: the ORM refuses what the database would refuse too."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{self.model._meta.label} is written once")

    def delete(self) -> NoReturn:
        raise WrittenOnce(f"{self.model._meta.label} is never deleted")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WrittenOnce(f"{self.model._meta.label} is written once")


class Edition(AppendOnlyModel, EditionFields):
    """An adopted edition, frozen: text, fingerprint, dates. Signatures bind to ``sha256``.

    ``adopted_at``: UTC instant of the adoption in this system. ``effective_from`` and ``endorsed_on`` are
    calendar dates in the network's time zone, without time. Whether it is in force is derived
    from ``effective_from`` (``selectors.edition_in_force``), never stored.
    """

    draft = models.OneToOneField(EditionDraft, on_delete=models.PROTECT, related_name="edition")
    effective_from = models.DateField(_("in force from"))
    endorsed_by = models.CharField(_("endorsed by"), max_length=200)
    endorsed_on = models.DateField(_("endorsed on"))
    document_ref = models.CharField(_("document"), max_length=300)
    canonical_text = models.TextField()
    canonical_version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    objects: ClassVar[Any] = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ("number", "minor")
        constraints = [models.UniqueConstraint(fields=["number", "minor"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.label})"


class EditionFile(AppendOnlyModel):
    """The Word file of an edition as it was frozen with the text: the same bytes for ever.

    The bytes lie in the database, in a table that refuses change, and not in their history a second time.
    """

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="word_file")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    history = GovernedHistory(excluded_fields=["data"])
    objects: ClassVar[Any] = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("Word file of an edition")
        verbose_name_plural = _("Word files of editions")

    def __str__(self) -> str:
        return f"{self.edition}: {self.sha256[:12]}"


class EditionBlock(AppendOnlyModel):
    """One block of an adopted edition (D2), frozen with it."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="block_rows")
    position = models.PositiveSmallIntegerField()
    block_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField()
    section = models.CharField(max_length=10, blank=True)
    number = models.CharField(max_length=10, blank=True)
    addresses = models.JSONField(default=list)
    lang = models.CharField(max_length=10)
    text = models.TextField()
    marks = models.JSONField(
        default=list, blank=True
    )  # rows of ``blocks.Mark``: how words look, not what they say
    objects: ClassVar[Any] = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("block of an edition")
        verbose_name_plural = _("blocks of editions")
        ordering = ("edition", "position")
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="edition_block_position_once"),
            models.UniqueConstraint(fields=["edition", "block_id"], name="edition_block_id_once"),
        ]

    def __str__(self) -> str:
        return f"{self.block_id}: {self.text[:60]}"

    def as_block(self) -> Block:
        """The row as the plain value that the pure functions take."""
        return Block(
            id=self.block_id,
            kind=self.kind,
            level=self.level,
            section=self.section,
            number=self.number,
            addresses=tuple(self.addresses),
            lang=self.lang,
            text=self.text,
            marks=tuple(Mark(*row) for row in self.marks),
        )
