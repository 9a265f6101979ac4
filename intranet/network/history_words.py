"""How the history of the network's settings speaks: the words of the settings form."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.clock.wording import weekday
from intranet.listing import listed
from intranet.workflow.registry import Said

from .forms import LABELS, SettingsForm
from .models import NetworkSettings


def _days(digits: str) -> str:
    return listed(weekday(int(digit)) for digit in digits)


def _series(settings: Any) -> Any:
    return NetworkSettings.objects.order_by("at")


_FORM = {
    name: SettingsForm.base_fields[name].label
    for name in (
        "report_due_day",
        "first_answer_days",
        "minimum_contributors",
        "channels_verified_on",
        "still_you_grace_days",
    )
}
SETTINGS = Said(
    fields=LABELS
    | {name: label for name, label in _FORM.items() if label is not None}
    | {
        "country_code": pgettext_lazy("two letters of a country", "Code of the country"),
        "follow_up_days": _("Working days after the follow-up with senior management"),
        "approval_date": _("Day of the approval"),
        "still_you_grace_days": _("Days until nobody’s answer is shown as missing"),
    },
    values={"weekend": _days},
    page=lambda settings, actor: reverse("settings"),
    series=_series,
)
