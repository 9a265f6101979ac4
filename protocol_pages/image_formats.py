"""How a picture may stand in a text: one way, as wide as the column. Found by Wagtail by this file's name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.images.formats import Format, register_image_format, unregister_image_format

for name in ("fullwidth", "left", "right"):  # the library's float to physical sides
    unregister_image_format(name)
register_image_format(Format("fullwidth", _("As wide as the text"), "picture", "width-800"))
