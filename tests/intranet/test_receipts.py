"""One form, one receipt: the same contents give it again, other contents are refused and kept on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.forms import BaseForm
from intranet.workflow import fingerprint
from intranet.workflow.models import Receipt
from intranet.workflow.runner import Refused
from signatories import services
from signatories.models import Kind, Organization, Person, Post
from tests.signatories.network import NOW, START, Network, acting_as, found_network

KEY = UUID("00000000-0000-4000-8000-000000000001")


@pytest.fixture
def network(db: None) -> Network:
    return found_network()


def register(network: Network, name: str, key: UUID = KEY) -> Organization:
    row = Organization(kind=Kind.UN_AGENCY, name_en=name, active_from=START)
    return services.create_organization(row, network.coordinator, NOW, key)


def test_the_same_contents_make_one_record_and_give_the_same_receipt(network: Network) -> None:
    first, again = register(network, "Alpha"), register(network, "Alpha")
    assert first.pk == again.pk
    assert Organization.objects.filter(name_en="Alpha").count() == 1
    assert Receipt.objects.filter(key=KEY).count() == 1


def test_other_contents_under_the_same_key_are_refused_and_leave_an_event(network: Network) -> None:
    register(network, "Alpha")
    with pytest.raises(Refused, match="sent already, with other contents") as refusal:
        register(network, "Beta")
    assert refusal.value.code == "repeated"
    assert not Organization.objects.filter(name_en="Beta").exists()
    assert Event.objects.filter(action="organization.register", outcome="refused").count() == 1
    assert register(network, "Beta", uuid4()).name_en == "Beta"  # another form


def test_a_key_carried_to_another_object_or_another_act_is_refused(network: Network) -> None:
    alpha, beta = network.member("alpha"), network.member("beta")
    posts = {o.pk: Post.objects.get(organization=o, capacity=Capacity.HEAD_OF_AGENCY) for o in (alpha, beta)}
    last = date(2026, 3, 1)
    services.end_post(posts[alpha.pk], last, network.coordinator, NOW, key=KEY)
    for act in (
        lambda: services.end_post(posts[beta.pk], last, network.coordinator, NOW, key=KEY),
        lambda: services.end_post(posts[alpha.pk], date(2026, 4, 1), network.coordinator, NOW, key=KEY),
        lambda: services.end_post(posts[alpha.pk], last, network.coordinator, NOW, "A reason", key=KEY),
        lambda: register(network, "Gamma"),
    ):
        with pytest.raises(Refused, match="sent already"):
            act()
    assert services.end_post(posts[alpha.pk], last, network.coordinator, NOW, key=KEY).ends_on == last
    posts[beta.pk].refresh_from_db()
    assert posts[beta.pk].ends_on is None


def test_a_person_listed_by_the_first_click_is_the_same_person_in_the_second(network: Network) -> None:
    """The first submit lists a new person, the second finds her listed: still one form, one post."""
    alpha = network.member("alpha")
    found = []
    for _n in range(2):
        person = Person.objects.filter(email="new@example.org").first() or Person(
            name="New Person", email="new@example.org"
        )
        found.append(
            services.appoint(
                person, alpha, Capacity.SENIOR_MANAGEMENT, START, network.coordinator, NOW, key=KEY
            )
        )
    assert found[0].pk == found[1].pk
    other = Person(name="Other Person", email="other@example.org")
    with pytest.raises(Refused, match="other contents"):
        services.appoint(other, alpha, Capacity.SENIOR_MANAGEMENT, START, network.coordinator, NOW, key=KEY)


def test_the_key_of_somebody_else_gives_nothing_away(network: Network) -> None:
    register(network, "Alpha")
    other = acting_as(network.office_person, Capacity.COORDINATOR, network.coordination)
    row = Organization(kind=Kind.UN_AGENCY, name_en="Beta", active_from=START)
    with pytest.raises(Exception) as problem:
        services.create_organization(row, other, NOW, KEY)
    assert "Alpha" not in str(getattr(problem.value, "reason", ""))
    assert Organization.objects.filter(name_en="Alpha").count() == 1


@pytest.mark.rule("D13")
def test_what_is_kept_of_the_contents_tells_nothing_without_the_servers_secret(settings: Any) -> None:
    """Small numbers could be guessed from a plain hash; from a keyed one only with the key."""
    settings.SECRET_KEY = "one" * 20
    first = fingerprint.of(KEY, {"counts": {"received": 2}}, "")
    settings.SECRET_KEY = "two" * 20
    assert fingerprint.of(KEY, {"counts": {"received": 2}}, "") != first
    assert fingerprint.of(uuid4(), {"counts": {"received": 2}}, "") != first
    assert len(first) == 64


@dataclass(frozen=True)
class Typed:
    name: str
    days: tuple[date, ...]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.uuids()
    | st.sampled_from(list(Kind))
    | st.builds(Typed, st.text(), st.lists(st.dates()).map(tuple)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES), st.text())
def test_equal_contents_have_equal_prints_in_any_order(data: dict[str, Any], note: str) -> None:
    turned = dict(reversed(list(data.items())))
    assert fingerprint.of(KEY, data, note) == fingerprint.of(KEY, turned, note)
    assert fingerprint.of(KEY, data | {"one more": 1}, note) != fingerprint.of(KEY, turned, note) or (
        data.get("one more") == 1
    )
    assert fingerprint.of(KEY, data, note + "x") != fingerprint.of(KEY, data, note)


def test_what_cannot_be_compared_is_a_mistake_of_the_programme() -> None:
    with pytest.raises(TypeError, match="cannot be compared"):
        fingerprint.of(KEY, {"thing": object()}, "")


class OneField(BaseForm):
    """Any form of ours."""


def test_a_form_that_was_refused_as_a_repetition_gets_a_new_key_and_keeps_what_was_typed() -> None:
    form = OneField({"submission_key": str(KEY), "typed": "stays"})
    assert form.is_valid()
    form.refuse(Refused("Sent already.", "D15", "repeated"))
    assert form.error_list == [{"text": "Sent already.", "target": ""}]
    assert form.data["typed"] == "stays"
    assert form["submission_key"].value() != str(KEY)
    other = OneField({"submission_key": str(KEY)})
    assert other.is_valid()
    other.refuse(Refused("Not you.", "D10", "policy"))
    assert other["submission_key"].value() == str(KEY)


def test_a_saved_object_is_known_by_its_id_and_a_new_one_by_what_it_carries(network: Network) -> None:
    one = Organization(kind=Kind.UN_AGENCY, name_en="Alpha", active_from=START)
    two = Organization(kind=Kind.UN_AGENCY, name_en="Alpha", active_from=START)
    assert one.pk != two.pk
    assert fingerprint.of_new(KEY, one) == fingerprint.of_new(KEY, two)
    two.name_en = "Beta"
    assert fingerprint.of_new(KEY, one) != fingerprint.of_new(KEY, two)
    saved = network.coordination
    assert fingerprint.of(KEY, {"o": saved}, "") == fingerprint.of(
        KEY, {"o": Organization.objects.get(pk=saved.pk)}, ""
    )
