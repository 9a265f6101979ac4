"""The Coordinator's settings page and the record of earlier settings (D42)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import COORDINATION
from intranet.clock import now

from . import services
from .forms import SettingsForm
from .models import NetworkSettings


@require_http_methods(["GET", "HEAD", "POST"])
@screen(gettext_lazy("Network settings"), COORDINATION, rule="D42")
def settings_page(request: Request) -> HttpResponse:
    """Show what is in force; a change is a new dated record with a reason."""
    current = NetworkSettings.current()
    initial: dict[str, Any] = {"base": None if current._state.adding else current.pk}
    initial |= {field.name: getattr(current, field.name) for field in services.setting_fields()}
    form = SettingsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        base, reason = form.cleaned_data["base"], form.cleaned_data["reason"]
        try:
            row = services.change_settings(values, request.actor, now(), reason, base)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            said = (
                _("The new settings are in force.")
                if row
                else _("Nothing was different, nothing was changed.")
            )
            messages.success(request, said)
            return redirect("settings")
    earlier = NetworkSettings.objects.order_by("-at")[:10]
    return render(request, "network/settings.html", {"form": form, "current": current, "earlier": earlier})
