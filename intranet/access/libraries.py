"""Policies for the views of libraries: by URL namespace or by module, the longest prefix wins."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .policy import ScreenPolicy, library
from .roles import EVERYBODY, Capacity

EDITORS = frozenset({Capacity.CONTENT_EDITOR})
NOBODY: frozenset[Capacity] = frozenset()


def register() -> None:
    """Called once by the app's ``ready``."""
    editing = ScreenPolicy(_("Wagtail admin: pages, documents, images"), EDITORS, "D16", superuser=True)
    technical = ScreenPolicy(_("Wagtail admin: sites, workflows"), NOBODY, "D16", superuser=True)
    closed = ScreenPolicy(_("Wagtail's own account and user pages: closed"), NOBODY, "D16")
    reading = ScreenPolicy(_("Pages and documents of the site"), EVERYBODY, "D10")
    for prefix in ("wagtail.", "wagtail_modeladmin"):
        library(prefix, editing)
    for prefix in (
        "wagtailsites",
        "wagtail.sites",
        "wagtailadmin_workflows",
        "wagtail.admin.views.workflows",
    ):
        library(prefix, technical)
    for prefix in (
        "wagtailusers_users",
        "wagtailusers_groups",
        "wagtail.users",
        "wagtail.admin.views.account",
    ):
        library(prefix, closed)
    for prefix in ("wagtail.views", "wagtail.documents.views.serve"):
        library(prefix, reading)
    library("admin", ScreenPolicy(_("Django's admin: technical records"), NOBODY, "D16", superuser=True))
