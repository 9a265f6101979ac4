"""Everything that arrived outside and waits for its confirmation, and confirming several after reading each (D17)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from intranet.access.http import Request
from intranet.access.policy import screen
from intranet.access.roles import OFFICE
from intranet.clock import now
from intranet.workflow.runner import Refused

from .. import policy, selectors, services
from ..forms import ConfirmForm
from ..models import EntryKind, ParticipationEntry
from .common import confirm_url, file_was_read, with_code

READERS = policy.RECORDERS | OFFICE


@require_http_methods(["GET", "POST"])
@screen(gettext_lazy("What arrived outside and waits for its confirmation"), READERS, "D17")
@with_code
def waiting(request: Request) -> HttpResponse:
    """One line each. The office confirms endorsements together, each only after opening its file."""
    actor = request.actor
    waits = selectors.waiting_entries().select_related("file")
    # Over a breach that involves the office, the office reads no word on the flow (§9.g).
    entries = [entry for entry in waits if policy.may_see_entry(actor, entry, now()).allowed]
    read = selectors.files_read(actor, entries)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and actor.capacity in OFFICE and form.is_valid():
        chosen = [entry for entry in entries if str(entry.pk) in request.POST.getlist("entry")]
        if not chosen:
            form.add_error(None, _("Choose at least one line."))
        elif file_was_read(form, actor, chosen) and _confirm(request, form, chosen):
            return redirect("entries-waiting")
    context = {
        "form": form,
        "rows": [_row(entry, request, read) for entry in entries],
        "confirms": actor.capacity in OFFICE,
        "confirm_url": confirm_url(request),
    }
    return render(request, "signatories/waiting.html", context, status=400 if form.errors else 200)


def _row(entry: ParticipationEntry, request: Request, read: set[Any]) -> dict[str, Any]:
    own = entry.recorded_by_id is not None and entry.recorded_by_id == request.actor.user_id
    together = entry.kind == EntryKind.ENDORSED and not own
    return {"entry": entry, "own": own, "read": entry.pk in read, "together": together}


def _confirm(request: Request, form: ConfirmForm, chosen: list[ParticipationEntry]) -> bool:
    """Each is an act of its own; the first refusal stops, and what was confirmed before stands."""
    done = 0
    for entry in chosen:
        key = uuid.uuid5(form.key, str(entry.pk)) if form.key else None
        try:
            services.confirm_received(entry, request.actor, now(), key)
        except Refused as refusal:
            form.add_error(None, f"{entry.organization.name}: {refusal.reason}")
            form.needs_code = refusal.code == "step_up"  # type: ignore[attr-defined]
            break
        done += 1
    if done:
        said = ngettext("%s endorsement was confirmed.", "%s endorsements were confirmed.", done) % done
        messages.success(request, said)
    return not form.errors
