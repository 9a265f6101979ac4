"""Kept apart from ``apps``: Django takes every AppConfig that it finds there for the app's own."""

from django.contrib.admin.apps import AdminConfig


class TechnicalAdminConfig(AdminConfig):
    """Replaces ``django.contrib.admin`` in INSTALLED_APPS: only technical records, only superusers."""

    default_site = "intranet.access.site.TechnicalAdminSite"
