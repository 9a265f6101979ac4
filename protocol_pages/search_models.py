"""Rows derived from pages and their files: words for search, and whether an address still opens."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from wagtail.documents.models import Document
from wagtail.models import Page


class PageText(models.Model):
    """The folded words of one page (see ``texts``)."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="words")
    title = models.TextField()
    about = models.TextField()
    body = models.TextField()
    file = models.TextField()
    vector = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("about", weight="B", config="english")
        + SearchVector("body", weight="C", config="english")
        + SearchVector("file", weight="D", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="page_text_words")]

    def __str__(self) -> str:
        return f"words of page {self.page_id}"


class DocumentText(models.Model):
    """The text of one PDF or Word document, read once for each state of the file."""

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="read_text"
    )
    file_hash = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    trouble = models.CharField(max_length=200, blank=True)  # why there is no text, for editors

    def __str__(self) -> str:
        return f"text of document {self.document_id}"


class LinkState(models.Model):
    """How the address elsewhere of a page answered when it was last asked (UTC)."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="link_state")
    url = models.URLField(max_length=500)
    checked_at = models.DateTimeField()
    broken_since = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=120)  # "200", "404", "no answer"
    failures = models.PositiveSmallIntegerField(default=0)  # in a row; the owner is told after two

    def __str__(self) -> str:
        return f"{self.url}: {self.answer}"
