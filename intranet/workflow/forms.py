"""GET forms of the history pages and the access log: each result is an address that can be shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intranet.forms import BaseForm, DayField


class HistoryFilter(BaseForm):
    """Which part of a history; an unreadable value is said at its field and filters nothing."""

    what = forms.ChoiceField(
        label=_("What"),
        required=False,
        choices=[
            ("", _("Acts, changes and refusals")),
            ("changes", _("Changes alone")),
            ("refused", _("Refusals alone")),
            ("views", _("Views and downloads")),
            ("all", _("Everything")),
        ],
    )
    who = forms.CharField(label=_("Person"), required=False, max_length=80)
    since = DayField(label=_("From day"), required=False, help_text="")
    until = DayField(label=_("To day"), required=False, help_text="")


class VersionsForm(BaseForm):
    """Which two versions, and whether fields that are the same are shown too."""

    old = forms.ChoiceField(label=_("Older version"))
    new = forms.ChoiceField(label=_("Newer version"))
    everything = forms.BooleanField(label=_("Show fields that are the same too"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class AccessFilter(BaseForm):
    """Who, whose figures, which object, when."""

    person = forms.CharField(label=_("Person"), required=False, max_length=80)
    organization = forms.CharField(label=_("Organization"), required=False, max_length=80)
    about = forms.CharField(label=_("What was seen"), required=False, max_length=80)
    kind = forms.ChoiceField(
        label=_("How"),
        required=False,
        choices=[("", _("Seen or downloaded")), ("view", _("Seen")), ("download", _("Downloaded"))],
    )
    since = DayField(label=_("From day"), required=False, help_text="")
    until = DayField(label=_("To day"), required=False, help_text="")


class OwnAccessFilter(BaseForm):
    """The same for one organization's own figures: how, and when."""

    kind = AccessFilter.base_fields["kind"]
    since = AccessFilter.base_fields["since"]
    until = AccessFilter.base_fields["until"]
