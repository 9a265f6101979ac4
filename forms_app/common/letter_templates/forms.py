"""Forms of letter templates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.files.fields import UploadField
from intranet.forms import BaseForm


class ReasonForm(BaseForm):
    """Why the built-in template comes back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("One sentence, for the history."))


class TemplateForm(ReasonForm):
    """The Word file that takes the place."""

    file = UploadField(
        label=_("Word template"), endings=(".docx",), help_text=_("A Word file (.docx), at most 10 MB")
    )
    field_order = ("file", "reason")
