"""Reference data in the Wagtail admin (D16): holidays, themes, glossary terms.

Editors add and change; nobody deletes. Each change is a history row that names the editor and,
like every act, one event of the ledger.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import CreateView, DeleteView, EditView, HistoryView, InspectView

from audit import ledger
from audit.actors import acting
from intranet.clock import now
from intranet.workflow.templatetags import histories


class _Recorded:
    """Saves as the acting editor and records the event, in one transaction."""

    request: Any
    instance: Any

    def form_valid(self, form: Any) -> HttpResponseBase:
        actor = self.request.actor
        with transaction.atomic(), acting(actor, _("reference data")) as written:
            response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]
            ledger.record(
                now=now(),
                actor=actor,
                action="reference_data.save",
                subject=ledger.Subject(
                    self.instance._meta.model_name, str(self.instance.pk), str(self.instance)
                ),
                clause="D16",
                data={"changed": sorted(form.changed_data)},
                rows=written.rows,
            )
        return response


class _OfOneRow:
    """404 for what cannot be an id: the library would ask the database for it."""

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        try:
            UUID(instance_pk)
        except ValueError:
            raise Http404 from None
        super().__init__(model_admin, instance_pk)  # type: ignore[call-arg]


class RecordedCreate(_Recorded, CreateView):
    """Create view that names its editor."""


class RecordedEdit(_OfOneRow, _Recorded, EditView):
    """Edit view that names its editor."""


class OneInspected(_OfOneRow, InspectView):
    """Inspect view of a row that there is."""


class OneHistory(_OfOneRow, HistoryView):
    """History view of a row that there is."""


class OneDeleted(_OfOneRow, DeleteView):
    """Delete view, which nobody may use (``NeverDelete``)."""


class NeverDelete(PermissionHelper):
    """Reference data is corrected or cancelled, never deleted: figures and dates point to it."""

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class ReferenceDataAdmin(ModelAdmin):
    """Base of every reference table in the Wagtail admin."""

    create_view_class = RecordedCreate
    edit_view_class = RecordedEdit
    inspect_view_class = OneInspected
    history_view_class = OneHistory
    delete_view_class = OneDeleted
    permission_helper_class = NeverDelete
    inspect_view_enabled = True
    add_to_settings_menu = True

    def get_list_display(self, request: Any) -> tuple[str, ...]:
        """The slice's columns, and the way to each row's history."""
        return (*super().get_list_display(request), "history_of")

    def history_of(self, obj: Any) -> str:
        return histories.history_link(obj, about=obj)

    history_of.short_description = gettext_lazy("History")  # type: ignore[attr-defined]
