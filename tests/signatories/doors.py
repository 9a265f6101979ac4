"""Clients of the network's people: real accounts, real posts, behind the second factor."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from intranet.access import session
from intranet.access.roles import Capacity
from signatories.models import Organization, ParticipationEntry, Person
from tests.personas import PersonaClient, sign_in

from .network import Network


def client_of(person: Person, capacity: Capacity, organization: Organization) -> PersonaClient:
    """Signed in with a fresh code, acting in the capacity that the person's records give."""
    assert person.user is not None
    client = sign_in(person.user)
    stored = client.session
    stored[session.CAPACITY] = f"{capacity}:{organization.pk}"
    stored.save()
    return client


def coordinator_client(network: Network) -> PersonaClient:
    return client_of(network.coordinator_person, Capacity.COORDINATOR, network.coordination)


def office_client(network: Network) -> PersonaClient:
    return client_of(network.office_person, Capacity.OFFICE, network.office)


def member_client(network: Network, name: str, capacity: Capacity) -> PersonaClient:
    return client_of(network.people[name], capacity, network.members[name.split(".")[0]])


def read_file(client: PersonaClient, entry: ParticipationEntry) -> None:
    """Open the paper of an entry, as an office person does before she confirms against it (D17)."""
    assert entry.file is not None
    assert client.get(reverse("file", args=[entry.file.pk])).status_code == 200


def hidden(response: HttpResponse) -> dict[str, Any]:
    """The hidden fields that the page's form carries, without the token."""
    text = response.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", text):
        name = re.search(r"name=\"([^\"]+)\"", tag)
        value = re.search(r"value=\"([^\"]*)\"", tag)
        if name and name[1] != "csrfmiddlewaretoken":
            found[name[1]] = value[1] if value else ""
    return found


def text_of(response: HttpResponse) -> str:
    """The page's words without mark-up."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.replace("&#x27;", "'").replace("&quot;", '"').split())
