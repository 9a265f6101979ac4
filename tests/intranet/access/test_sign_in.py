"""The one login path, with real codes (A1, A2, D10)."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.factories import make_authenticator, make_user
from tests.personas import give, persona_client, sign_in

from .doors import LOGIN, post_code, post_password

pytestmark = pytest.mark.django_db


@pytest.mark.rule("D10")
def test_password_then_code_signs_in_and_counts_as_confirmed(client: Client) -> None:
    user = make_user()
    give(user, Capacity.COORDINATOR)
    device = make_authenticator(user)
    answer = post_password(client, user.email.upper())
    assert answer.status_code == 200
    assert SESSION_KEY not in client.session
    answer = post_code(client, device.code_at(now()))
    assert answer.status_code == 302
    assert answer.url == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    assert client.session["verified_at"]
    event = Event.objects.get(action="access.sign_in")
    assert (event.actor_label, event.capacity, event.outcome) == (user.label, "coordinator", "done")


def test_anonymous_is_sent_to_the_login_page_and_back_after_it(client: Client) -> None:
    user = make_user()
    give(user, Capacity.COORDINATOR)
    device = make_authenticator(user)
    target = reverse("two_factor:profile")
    answer = client.get(target)
    assert answer.url == f"{LOGIN}?next={target}"
    post_password(client, user.email, path=answer.url)
    answer = post_code(client, device.code_at(now()), answer.url)
    assert answer.url == target


def test_persona_is_verified_and_refused_what_is_not_for_the_capacity() -> None:
    client = persona_client(Capacity.AUDITOR)
    assert client.get(reverse("home")).status_code == 200
    answer = client.get("/admin/")
    assert answer.status_code == 403
    assert "Content editor" in answer.content.decode()
    event = Event.objects.get(action="access.open")
    assert (event.outcome, event.actor_label) == ("refused", client.user.label)


@pytest.mark.rule("D9")
def test_who_holds_several_capacities_chooses_one_first() -> None:
    user = make_user()
    give(user, Capacity.COORDINATOR)
    second = give(user, Capacity.CONTENT_EDITOR)
    client = sign_in(user)
    stored = client.session
    del stored["capacity"]
    stored.save()
    answer = client.get(reverse("home"))
    assert answer.url == f"/en/account/capacity/?next={reverse('home')}"
    assert client.get(answer.url).status_code == 200
    assert client.post(answer.url, {"capacity": "office:"}).status_code == 200
    assert client.get(reverse("home")).status_code == 302
    assert client.post(answer.url, {"capacity": second.key}).url == reverse("home")
    assert client.get(reverse("home")).status_code == 200
    assert client.get("/admin/").status_code == 200


def test_sign_out_only_by_post() -> None:
    client = persona_client(Capacity.AUDITOR)
    assert client.get(reverse("access:sign_out")).status_code == 405
    assert SESSION_KEY in client.session
    assert client.post(reverse("access:sign_out")).url == LOGIN
    assert SESSION_KEY not in client.session
