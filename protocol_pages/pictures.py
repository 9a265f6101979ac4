"""Giving out a picture: behind the gate, to those who may open a live page that shows it (W2).

Collection privacy never applies to Wagtail's images, so the pages decide: a picture that only a draft or
a restricted page shows does not exist for a reader. Editors see what the admin shows them.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.images.models import Rendition

from intranet.access.http import Request
from intranet.access.policy import screen

from .picture_storage import FOLDER
from .visible import edits, may_have

TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp"}


@require_safe
@screen(_("A picture on a page that I may open"), rule="D10", superuser=True)
def picture(request: Request, name: str) -> HttpResponse:
    """404 whenever there is none, its page may not be opened, or it is the original and no editor asks.

    Browsers may keep it but ask again each time, so that each showing passes the gate.
    """
    found = Rendition.objects.select_related("image").filter(file=f"{FOLDER}{name}").first()
    kind = TYPES.get(name.rpartition(".")[2].lower())
    if found is None or kind is None or not _may_see(request, found):
        raise Http404
    mark = f'"{found.image.file_hash}-{found.pk}"'
    response = get_conditional_response(request, etag=mark)
    if response is None:
        try:
            with found.file.open("rb") as kept:
                response = HttpResponse(kept.read(), content_type=kind)
        except OSError as gone:
            raise Http404 from gone
    response["ETag"] = mark
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _may_see(request: Request, found: Any) -> bool:
    return (found.filter_spec != "original" or edits(request)) and may_have(request, found.image)
