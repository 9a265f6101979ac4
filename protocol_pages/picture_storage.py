"""Where renditions of pictures lie, and the one address they have: a view of ours behind the gate (W2).

No models here: Wagtail reads this while its own are being made.
"""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.functional import LazyObject, empty

FOLDER = "images/"


class PictureStorage(LazyObject):
    """The default storage (folder or bucket) under addresses of ours, never the storage's own."""

    def _setup(self) -> None:
        self._wrapped = default_storage

    def url(self, name: str) -> str:
        """``/images/poster.width-800.jpg``; whoever asks for it there passes the gate."""
        if self._wrapped is empty:
            self._setup()
        return reverse("picture", args=[name.removeprefix(FOLDER)])
