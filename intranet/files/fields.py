"""The form field for a file, checked before anything else looks at it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import store


class UploadField(forms.FileField):
    """A file as ``store.store`` takes it: (name, bytes, content type), refused with a sentence.

    ``endings``: the kinds that are taken, all that ``store`` knows where none are named.
    """

    def __init__(self, *, endings: Collection[str] = store.ENDINGS, **kwargs: Any) -> None:
        whole = len(endings) == len(store.ENDINGS)
        kwargs.setdefault(
            "help_text",
            _("PDF, Word, picture or saved mail, at most 10 MB")
            if whole
            else _("PDF or Word, at most 10 MB"),
        )
        self.endings = tuple(endings)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(self.endings)

    def clean(self, data: Any, initial: Any = None) -> store.Upload | None:
        uploaded = super().clean(data, initial)
        if not uploaded:
            return None
        content = uploaded.read()
        try:
            return uploaded.name, content, store.check(uploaded.name, content, self.endings)
        except store.FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
