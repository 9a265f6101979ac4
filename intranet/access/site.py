"""Django's admin: for technical superusers behind the second factor, and never a way around the doors.

Accounts, groups, authenticators, backup codes and sessions are not offered: whoever could edit them
could sign in as somebody else (trap 21, W7).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest
from two_factor.admin import AdminSiteOTPRequiredMixin

OFFERED = frozenset({"axes", "django_tasks_database"})  # app labels: failed sign-ins, background tasks


class TechnicalAdminSite(AdminSiteOTPRequiredMixin, AdminSite):
    """Registers only technical records; everything that others register by themselves stays out."""

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        offered = [model for model in models if model._meta.app_label in OFFERED]
        if offered:
            super().register(offered, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Superuser, active, with an accepted second factor (A3)."""
        return bool(super().has_permission(request) and request.user.is_superuser)
