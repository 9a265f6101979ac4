"""A new installation: two invitations from the server, and people who found a network with them."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from audit.models import Event
from intranet.access.models import Invitation, User
from signatories.models import Organization, Post
from tests.intranet.access.doors import HOME, codes_on, enrol

pytestmark = pytest.mark.django_db
PASSWORD = "a quiet lamp beside 4 rivers"


def found() -> str:
    out = StringIO()
    people = {
        "coordinator": ["coo@example.org", "Nadia Example"],
        "office": ["off@example.org", "Omar Example"],
    }
    call_command("found_network", **people, stdout=out)
    return out.getvalue()


@pytest.mark.rule("D9")
def test_the_first_coordinator_walks_in_by_the_printed_link() -> None:
    text = found()
    coordinator, office = [line for line in text.splitlines() if line.startswith("http")]
    for link, capacity in ((coordinator, "PSEA Coordinator"), (office, "DSRSG/HC/RC office")):
        client = Client()
        path = link.removeprefix(settings.BASE_URL)
        client.post(path, {"password": PASSWORD, "again": PASSWORD})
        assert len(codes_on(enrol(client))) == 10
        page = client.get(HOME)
        assert page.status_code == 200
        assert capacity in page.content.decode()
    assert client.get("/en/network/accounts/").status_code == 403  # the office is not the Coordinator


@pytest.mark.rule("D9")
def test_a_network_is_founded_once() -> None:
    found()
    before = (
        Post.objects.count(),
        Organization.objects.count(),
        User.objects.count(),
        Invitation.objects.count(),
    )
    with pytest.raises(CommandError):
        found()
    after = (
        Post.objects.count(),
        Organization.objects.count(),
        User.objects.count(),
        Invitation.objects.count(),
    )
    assert after == before
    assert Event.objects.get(action="network.found").outcome == "refused"
