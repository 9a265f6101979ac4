"""What somebody holds against an issued paper: the file itself, or its SHA-256."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm

_SHA = re.compile(r"[0-9a-f]{64}")


class CompareForm(BaseForm):
    """``sha256`` after cleaning is the hash to compare, typed or taken of the file."""

    file = forms.FileField(
        label=_("The file that you hold"),
        required=False,
        help_text=_("It is compared and not kept."),
    )
    sha256 = forms.CharField(
        label=_("Or its SHA-256"),
        required=False,
        max_length=200,
        help_text=_("64 digits and letters a to f."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """The file wins: its hash is computed here and the file is let go."""
        data = super().clean() or {}
        given = data.pop("file", None)
        if given:
            digest = hashlib.sha256()
            for chunk in given.chunks():
                digest.update(chunk)
            data["sha256"] = digest.hexdigest()
            return data
        typed = re.sub(r"[\s\u200e\u200f]", "", data.get("sha256", "")).lower()
        if not typed and not self.errors:
            self.add_error("file", _("The file that you hold: choose it, or paste its SHA-256 below."))
        elif typed and not _SHA.fullmatch(typed):
            self.add_error("sha256", _("SHA-256: write all 64 digits, 0 to 9 and a to f."))
        data["sha256"] = typed
        return data
