"""The demo: everything a visitor is told to find is there, and came about through the services (D41)."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management.base import CommandError
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import ledger
from forms_app.data_requests.models import DataRequest, Release
from forms_app.monthly_reports.models import MonthlyReport
from forms_app.receiving_parties.models import PartySuspension
from forms_app.receiving_parties.selectors import to_settle
from intranet.access import capacities, session
from intranet.access.capacities import HeldCapacity
from intranet.access.devices import Authenticator
from intranet.access.models import User
from intranet.access.roles import Capacity
from intranet.notices import outbox
from intranet.papers.models import IssuedPaper
from intranet.rehearsal import demo_stops, logins
from intranet.rehearsal.demo import Demo
from intranet.rehearsal.management.commands.demo import attend, refuse_busy
from intranet.rehearsal.pages import publish_pages
from protocol_pages.editions import selectors as editions
from protocol_pages.models import GuidancePage, NewsPage, ResourcePage
from signatories import selectors
from signatories.agreements.selectors import agencies_of
from signatories.invitations.models import InvitationRound
from signatories.models import Organization, OrganizationState, ParticipationEntry, SigningAuthority
from signatories.names import find_by_name
from signatories.register.shown import shown_on
from signatories.stops.models import Acknowledgement
from signatories.succession.models import Succession
from tests.personas import sign_in
from tests.protocol_pages.test_text import FINGERPRINT

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)


def test_a_busy_port_is_said_before_anything_is_built() -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(CommandError, match="PORT="):
            refuse_busy(busy.getsockname()[1])


@pytest.mark.django_db
@pytest.mark.rule("D23")
def test_while_it_serves_the_mails_of_visitors_are_delivered() -> None:
    notice = outbox.write(outbox.Letter("test", ["new@example.org"], "Invitation", "Come in."), NOW)
    assert notice is not None
    serving = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    with time_machine.travel(NOW, tick=False):
        threading.Timer(0.3, serving.terminate).start()
        assert attend(serving, every=0.05) == -signal.SIGTERM
    notice.refresh_from_db()
    assert notice.delivered_at is not None


@pytest.mark.django_db
@pytest.mark.rule("D41")
def test_the_demo_is_built_through_the_services(word_only: None) -> None:
    stage = Demo(NOW).build()
    publish_pages(stage)
    logins.enrol()

    day = stage.clock.today
    assert (
        Organization.objects.filter(kind__in=["un_agency", "partner_ngo", "partner_government"]).count() == 12
    )
    assert len(selectors.signatories_on(day)) == 10  # one paper signature waits, one has withdrawn
    states = dict(Organization.objects.values_list("state").annotate(Count("pk")))
    assert all(states.get(state, 0) for state in OrganizationState)  # one organization in every state
    assert states["withdrawn"] == states["flow_stopped"] == states["suspended_stopped"] == 1
    assert Acknowledgement.objects.get().side == "coordination"
    assert Counter(PartySuspension.objects.values_list("state", flat=True)) == {"suspended": 1, "lifted": 1}
    assert [request.party for _known, request in to_settle()] == [demo_stops.NEAR_NAME]
    letters = Counter(IssuedPaper.objects.values_list("kind", flat=True))
    assert letters["party_suspension"] == 2
    assert {"suspension", "flow_stop", "withdrawal", "withdrawal_acknowledged", "party_lifting"} <= set(
        letters
    )
    # 11 endorsed edition 1, the confirmed paper among them; all but one endorsed the invented edition 2 anew.
    assert (letters["endorsement"], letters["succession"]) == (21, 1)
    real, invented = editions.edition_by_label(1), editions.edition_in_force(day)
    assert (invented.number, "invented" in invented.endorsed_by) == (2, True)
    words = {block.text for block in editions.blocks_of(real)}
    added = [block.text for block in editions.blocks_of(invented) if block.text not in words]
    assert [text[:22] for text in added] == ["Invented for this demo"]
    assert len(editions.blocks_of(invented)) == len(editions.blocks_of(real)) + 1
    assert real.sha256 == FINGERPRINT
    assert [row.row.organization.name_en for row in shown_on(stage.coordinator, day, 2) if row.due] == [
        "Example Agency A"
    ]
    assert Counter(Succession.objects.values_list("state", flat=True)) == {
        "complete": 1,
        "verifying": 1,
        "held": 1,
    }
    assert Counter(SigningAuthority.objects.values_list("state", flat=True)) == {"recorded": 1, "waiting": 1}
    assert InvitationRound.objects.get().is_open
    assert ParticipationEntry.objects.filter(received_how="paper", answers=None).count() == 2
    assert selectors.contacts(stage.organizations["agency-b"], day).secondary is None
    assert selectors.contacts(stage.organizations["agency-c"], day + timedelta(days=30)).secondary is not None
    assert len(agencies_of(stage.organizations["tigris-aid"], day)) == 2
    assert find_by_name("Marshland Water (example)") == [stage.organizations["marshland"]]
    assert selectors.failing_people().count() == 1
    assert len({r.month for r in MonthlyReport.objects.all()}) == 24
    states = Counter(DataRequest.objects.values_list("state", flat=True))
    assert states == {"released": 1, "stopped": 1, "media": 1, "to_office": 1, "round_1": 1, "draft": 2}
    assert Release.objects.count() == 1
    pages = [GuidancePage, ResourcePage, NewsPage]
    assert all(page.objects.live().exists() for page in pages)
    assert ledger.verify().intact

    shown = list(logins.current(NOW))
    assert {login.capacity for login in shown} == {str(c.label) for c in Capacity}
    device = Authenticator.objects.get(user__email=shown[0].email)
    assert device.code_at(NOW) == shown[0].code
    with time_machine.travel(NOW, tick=False):
        asked = {
            (user.email, held): queries_of_home(user, held)
            for user in User.objects.filter(is_active=True)
            for held in capacities.held_by(user, NOW)
        }
    assert {held.capacity for _email, held in asked} >= set(Capacity) - {Capacity.SIGNER}
    assert {who: number for who, number in asked.items() if number > 12} == {}


def queries_of_home(user: User, held: HeldCapacity) -> int:
    """Queries of Home in one of the account's capacities; everything that may be open is open in the demo."""
    client = sign_in(user)
    stored = client.session
    stored[session.CAPACITY] = held.key
    stored.save()
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse("home")).status_code == 200
    return len(queries)
