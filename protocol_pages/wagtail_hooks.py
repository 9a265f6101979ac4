"""Reference data of the published site in the Wagtail admin (D16), and who has no business there."""

from __future__ import annotations

from wagtail_modeladmin.options import modeladmin_register

from intranet.access.reference_data import ReferenceDataAdmin

from .reference import GlossaryTerm, ResourceTheme


@modeladmin_register
class ResourceThemeAdmin(ReferenceDataAdmin):
    """Themes by which the resource library is filtered; an old theme is retired, not deleted."""

    model = ResourceTheme
    menu_icon = "tag"
    list_display = ("name", "name_ar", "retired")
    list_filter = ("retired",)
    search_fields = ("name", "name_ar")


@modeladmin_register
class GlossaryTermAdmin(ReferenceDataAdmin):
    """Terms with definition and source."""

    model = GlossaryTerm
    menu_icon = "openquote"
    list_display = ("term", "term_ar", "source", "retired")
    list_filter = ("retired",)
    search_fields = ("term", "definition", "term_ar")
