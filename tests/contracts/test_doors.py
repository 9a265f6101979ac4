"""The whole URL resolver, knocked at by people who may not come in: nothing opens that no policy opens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from intranet.access.policy import Stage, policy_of
from intranet.access.roles import Capacity
from intranet.access.views.sign_in import shadow, sign_out
from intranet.clock import now
from tests.factories import make_authenticator, make_user
from tests.personas import outsider_client, password_only, persona_client, sign_in
from tests.urls_walk import NO_SUCH_ID, Address, addresses

LOGIN = "/en/account/login/"
SETUP = "/en/account/two_factor/setup/"

# No policy opens these, so nobody reaches them; each with its reason.
CLOSED = {
    "admin/test404/": "Wagtail's picture of its own error page",
    "en/_util/login/": "Wagtail's own login (A2); shadowed before it",
}
# Reached without a session, each with its reason. Everything else starts at the login page.
OPEN = {
    "en/account/login/": "the one login",
    "en/account/sign-out/": "ends a session, by POST",
    "en/account/invitation/<str:token>/": "the invited person's first page",
    "en/account/password/forgotten/": "asks for a mail",
    "en/account/password/new/<str:uid>/<str:token>/": "the link of that mail",
    "admin/login/": "sent to the one login",
    "admin/logout/": "ends a session, by POST",
    "^admin/password_reset/.*$": "sent to the one login",
    "admin/account/": "sent to the one login",
    "django-admin/login/": "sent to the one login",
    "django-admin/logout/": "ends a session, by POST",
    "^django-admin/password_change/.*$": "sent to the one login",
    "_util/login/": "sent to the one login",
    "^_util/authenticate_with_password/.*$": "sent to the one login",
    "en/_util/login/ (ours)": "sent to the one login",
    "en/^_util/authenticate_with_password/.*$": "sent to the one login",
}
METHODS = ("get", "post")
OURS = ("intranet.", "protocol_pages.", "signatories.", "forms_app.")
EIGHTH = 8  # where the gate's answer does not depend on the page, every eighth address is asked


def ours(address: Address) -> str:
    """The route, told apart where a library has the same one further down."""
    own = address.route == "en/_util/login/" and address.view is shadow
    return "en/_util/login/ (ours)" if own else address.route


def reachable() -> list[Address]:
    return [address for address in addresses() if address.path is not None]


def knock(client: Client, address: Address, method: str) -> HttpResponse:
    assert address.path is not None
    client.raise_request_exception = False
    return getattr(client, method)(address.path)


def stage(address: Address) -> Stage | None:
    policy = policy_of(address.view, address.namespaces)
    return policy.stage if policy else None


def is_open(address: Address) -> bool:
    return stage(address) == Stage.OPEN


@pytest.mark.rule("D10")
def test_every_view_has_a_policy() -> None:
    found = addresses()
    assert len(found) > 250
    missing = {a.route for a in found if policy_of(a.view, a.namespaces) is None}
    assert missing == set(CLOSED)


def test_a_view_without_policy_is_found(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from intranet.home import views

    monkeypatch.delattr(views.home, "screen_policy")
    missing = {a.route for a in addresses() if policy_of(a.view, a.namespaces) is None}
    assert "en/" in missing


@pytest.mark.rule("D10")
def test_only_the_listed_views_are_open() -> None:
    assert {ours(a) for a in addresses() if is_open(a)} == set(OPEN)
    assert {a.route for a in addresses() if stage(a) == Stage.ENROLLING} == {SETUP.removeprefix("/")}


@pytest.mark.rule("D10")
def test_what_cannot_be_reached_is_shadowed_by_the_one_login() -> None:
    unreachable = [a for a in addresses() if a.path is None]
    assert {a.route for a in unreachable} >= {"admin/login/", "django-admin/login/", "en/_util/login/"}
    for address in unreachable:
        plain = "/" + address.route.replace("<uidb64>", "x").replace("<token>", "x")
        plain = plain.replace("<int:page_view_restriction_id>", "1").replace("<int:page_id>", "1")
        assert resolve(plain).func in (shadow, sign_out), address.route


def complaints(client: Client, expected: dict[str, str], where: Iterable[Address] | None = None) -> list[str]:
    """Knocks at every closed address; names those whose answer is not the expected one."""
    wrong = []
    for address in where or reachable():
        if is_open(address):
            continue
        for method in METHODS:
            answer = knock(client, address, method)
            got = f"{answer.status_code} {answer.headers.get('Location', '').split('?')[0]}".strip()
            wanted = expected.get(address.route, expected["*"])
            if got != wanted:
                wrong.append(f"{method} {address.path}: {got}, not {wanted}")
    return wrong


@pytest.mark.rule("D10")
@pytest.mark.django_db
def test_anonymous_is_sent_to_the_login_page_from_everywhere() -> None:
    assert complaints(Client(), {"*": f"302 {LOGIN}"}) == []


@pytest.mark.django_db
def test_open_pages_give_no_session() -> None:
    for address in reachable():
        for method in METHODS if is_open(address) else ():
            client = Client()
            answer = knock(client, address, method)
            assert answer.status_code in (200, 302, 404, 405, 400), (address.route, answer.status_code)
            assert SESSION_KEY not in client.session, address.route


@pytest.mark.rule("D10")
@pytest.mark.django_db
@pytest.mark.parametrize("technical", [False, True])
def test_password_alone_opens_nothing_for_an_enrolled_account(technical: bool) -> None:
    user = make_user(is_superuser=technical, is_staff=technical)
    make_authenticator(user)
    client = password_only(user)
    where = reachable()[::EIGHTH] if technical else reachable()
    assert complaints(client, {"*": f"302 {LOGIN}", SETUP.removeprefix("/"): "403"}, where) == []


@pytest.mark.rule("D10")
@pytest.mark.django_db
def test_password_alone_opens_only_enrolment_before_it() -> None:
    user = make_user(may_enrol_until=now() + timedelta(days=1))
    client = password_only(user)
    closed = [a for a in reachable() if stage(a) != Stage.ENROLLING]
    assert complaints(client, {"*": f"302 {SETUP}"}, closed) == []
    assert client.get(SETUP).status_code == 200


@pytest.mark.rule("D10")
@pytest.mark.django_db
def test_password_without_a_valid_invitation_opens_nothing() -> None:
    user = make_user(may_enrol_until=now() - timedelta(seconds=1))
    assert complaints(password_only(user), {"*": "403"}, reachable()[::EIGHTH]) == []


@pytest.mark.rule("D9")
@pytest.mark.django_db
def test_without_any_post_nothing_is_open() -> None:
    assert complaints(sign_in(make_user()), {"*": "403"}, reachable()[::EIGHTH]) == []


@pytest.mark.rule("D10")
@pytest.mark.django_db
def test_an_outsider_gets_only_what_the_policies_give_to_every_member() -> None:
    client = outsider_client()
    client.forget_code()  # or the walk would remove the client's own second factor on its way
    wrong = []
    for address in reachable():
        policy = policy_of(address.view, address.namespaces)
        for method in METHODS if not is_open(address) else ():
            status = knock(client, address, method).status_code
            mine = policy is not None and Capacity.PRIMARY_FOCAL_POINT in policy.capacities
            if (not mine and status != 403) or status >= 500:
                wrong.append(f"{method} {address.path}: {status}")
    assert wrong == []


@pytest.mark.rule("D16")
@pytest.mark.django_db
def test_the_technical_superuser_gets_only_technical_pages() -> None:
    client = sign_in(make_user(is_superuser=True, is_staff=True))
    client.forget_code()
    wrong = []
    for address in reachable():
        policy = policy_of(address.view, address.namespaces)
        if is_open(address) or (policy is not None and policy.superuser):
            continue
        if knock(client, address, "get").status_code != 403:
            wrong.append(str(address.path))
    assert wrong == []


@pytest.mark.django_db
def test_a_sign_that_no_text_can_hold_is_in_no_address() -> None:
    client = persona_client(Capacity.COORDINATOR)
    named = [a for a in reachable() if re.search(r"<(?:str|slug):", a.route) and not is_open(a)]
    assert len(named) > 4
    for address in named:
        path = re.sub(r"<str:\w+>", "a%00b.png", f"/{address.route}")
        path = re.sub(r"<uuid:\w+>", NO_SUCH_ID, re.sub(r"<int:\w+>", "2026", path))
        path = re.sub(r"<edition:\w+>", "v1", re.sub(r"<slug:\w+>", "a", path))
        assert client.get(path).status_code in (403, 404, 405), path


@pytest.mark.django_db
def test_pages_of_ours_are_read_or_sent_to_and_nothing_else() -> None:
    client = persona_client(Capacity.COORDINATOR)
    answers = {}
    for address in reachable():
        module = getattr(getattr(address.view, "view_class", address.view), "__module__", "")
        if module.startswith(OURS) and not is_open(address) and stage(address) != Stage.ENROLLING:
            answers[address.route] = knock(client, address, "delete").status_code
    assert len(answers) > 120
    assert {route: status for route, status in answers.items() if status not in (403, 405)} == {}
