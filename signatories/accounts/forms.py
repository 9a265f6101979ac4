"""Forms about accounts of the network's people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm


class AddressForm(BaseForm):
    """The right address of somebody who has not come in yet."""

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The person's own address. The link goes there."),
        error_messages={"invalid": _("E-mail: write an address like name@example.org.")},
    )
    reason = forms.CharField(label=_("Reason for the correction"), max_length=300)
