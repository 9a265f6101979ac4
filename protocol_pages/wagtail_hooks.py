"""Reference data of the published site in the Wagtail admin (D16), and to whom a document is given out (W1)."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from wagtail import hooks
from wagtail.admin.action_menu import SubmitForModerationMenuItem
from wagtail_modeladmin.options import modeladmin_register

from intranet.access.http import Request
from intranet.access.reference_data import ReferenceDataAdmin

from .moderation import SendToSecondEditor
from .reference import GlossaryTerm, ResourceTheme
from .visible import may_have


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


@hooks.register("before_serve_document")
def goes_out_with_its_page(document: Any, request: Request) -> None:
    """Addresses of documents count upwards and can be guessed: 404 for what no page shows that the person may open."""
    if not may_have(request, document):
        raise Http404


@hooks.register("construct_page_action_menu")
def send_to_second_editor(menu_items: list[Any], request: Request, context: dict[str, Any]) -> None:
    """The button that sends a page in says to whom, in the editor's language."""
    menu_items[:] = [
        SendToSecondEditor(item.order) if isinstance(item, SubmitForModerationMenuItem) else item
        for item in menu_items
    ]
