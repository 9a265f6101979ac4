"""Mail that does not arrive and the record chain, for the network's state of play."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.clock.due import Standing
from intranet.clock.handover import Line, Part
from intranet.clock.wording import moment
from intranet.listing import listed
from intranet.network.models import NetworkSettings
from intranet.notices import outbox

from . import machine_room


def parts(now: datetime) -> Iterable[Part]:
    """Each stuck notice by its subject and addresses, and whether the jobs run."""
    stuck = tuple(
        Line(
            what=notice.subject,
            state=listed([*notice.to, *notice.cc]),
            next=_("Repair the address, then send it again"),
            url=reverse("notice", args=[notice.pk]),
            standing=Standing.LATE,
        )
        for notice in outbox.stuck()
    )
    yield Part(_("Mail that does not arrive"), stuck, _("No mail is stuck."), "D23", 85)
    yield Part(_("The machine room"), tuple(_jobs()), "", "practice", 90)


def _jobs() -> Iterable[Line]:
    runs, zone = machine_room.last_runs(), NetworkSettings.current().zone()
    for name, label in (
        ("run_due", _("Deadlines checked")),
        ("deliver", _("Mail delivered")),
        ("chain", _("Record chain")),
    ):
        run = runs[name]
        if run is None:
            yield Line(label, _("never yet"), _("Ask whoever runs the server"), standing=Standing.SOON)
            continue
        fine = run.ok
        word = _("in order") if fine else _("stopped")
        yield Line(
            label,
            f"{moment(run.started_at, zone)}: {word}",
            "" if fine else _("Ask whoever runs the server"),
            standing=Standing.DONE if fine else Standing.LATE,
        )
