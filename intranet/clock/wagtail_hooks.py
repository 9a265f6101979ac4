"""The list of non-working days in the Wagtail admin (D16)."""

from __future__ import annotations

from wagtail_modeladmin.options import modeladmin_register

from intranet.access.reference_data import ReferenceDataAdmin

from .models import NonWorkingDay


@modeladmin_register
class NonWorkingDayAdmin(ReferenceDataAdmin):
    """Editing here moves deadlines that are still ahead (D25); the year is confirmed on the calendar page."""

    model = NonWorkingDay
    menu_icon = "date"
    list_display = ("on", "name", "region", "estimated", "cancelled")
    list_filter = ("estimated", "cancelled", "region")
    search_fields = ("name", "name_ar")
    form_fields_exclude = ()
