"""Another organization's object answers exactly like one that does not exist, at every address (D10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from audit.history import HistoryEntry
from audit.models import Event
from forms_app.data_requests.tokens import Choice
from intranet.access import accounts
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.files.models import StoredFile
from intranet.workflow.registry import governed_objects
from tests.factories import make_user
from tests.forms_app.data_requests.conftest import own_figures  # noqa: F401
from tests.forms_app.data_requests.world import (
    World,
    adopt_protocol,
    authorized,
    build_world,
    outside,
    registered,
)
from tests.personas import PersonaClient, outsider_client
from tests.urls_walk import NO_SUCH_ID, Address, addresses

# What every member may see of others, each with its reason. Nothing of it is a figure, an answer or a draft.
SEEN_BY_ALL = {
    "protocol-draft": "a draft of the protocol is read by everybody from its review on (§8)",
    "history": "follows each object's own policy",
}
SEEN_MODELS = {
    "nonworkingday",
    "calendaryear",
    "edition",
    "editiondraft",
    "editionfile",
    "reviewcycle",
    "reviewdecision",
    "resourcetheme",
    "glossaryterm",
    "networksettings",
}
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


def with_an_id() -> list[Address]:
    return [a for a in addresses() if "<uuid:" in a.route and a.path is not None and NO_SUCH_ID in a.path]


def a_row_of_each_model() -> Iterator[models.Model]:
    """The newest row of every model of ours that has a random id, none of them the outsider's own."""
    for model in apps.get_models():
        ours = model.__module__.startswith(("intranet.", "protocol_pages.", "signatories.", "forms_app."))
        if not ours or issubclass(model, HistoryEntry) or not isinstance(model._meta.pk, models.UUIDField):
            continue
        row = model._default_manager.order_by("pk").first()
        if row is not None:
            yield row


def shown(answer: HttpResponse, key: str) -> tuple[int, str]:
    text = "" if answer.streaming else answer.content.decode(errors="replace")
    place = answer.headers.get("Location", "").replace(key, "ID")
    return answer.status_code, place + TOKEN.sub("", text.replace(key, "ID"))


def knock(client: PersonaClient, method: str, path: str, key: str) -> tuple[int, str]:
    client.raise_request_exception = True
    data = {"note": "x", "reason": "x", "standing": "deactivated"} if method == "post" else None
    return shown(getattr(client, method)(path.replace(NO_SUCH_ID, key), data), key)


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows of our models but events, which note the refusals."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith(("intranet.", "protocol_pages.", "signatories.", "forms_app."))
        and model is not Event
    }


@pytest.fixture
def full(db: None, own_figures: None) -> None:  # noqa: F811
    """One request in every stage that leaves rows: registered, answered from outside, authorized."""
    adopt_protocol()
    world = build_world(4)
    authorized(world)
    registered(world)
    from forms_app.data_requests import services
    from tests.forms_app.data_requests.world import ISSUED, issued

    second = issued(world, ISSUED + timedelta(days=1))
    paper = outside(Choice.REFUSE, (ISSUED + timedelta(days=1)).date())
    services.record_received_outside(
        world.asks(second)[0], paper, world.assistant, ISSUED + timedelta(days=1, hours=1)
    )
    accounts.invite(make_user(), world.fresh(world.coordinator, now()), now())
    signing(world)
    sharing(world)


def signing(world: World) -> None:
    """A round of invitations, an endorsement, a succession with one verification and an objection."""
    from protocol_pages.editions.selectors import edition_in_force
    from signatories import services as people
    from signatories.invitations.services import open_round
    from signatories.models import Person
    from signatories.succession import services as successions
    from tests.forms_app.data_requests.world import ISSUED

    first, day = world.organizations[0], ISSUED.date()
    head = world.fresh(world.of(first, Capacity.HEAD_OF_AGENCY), ISSUED)
    edition, keeper = edition_in_force(day), world.fresh(world.coordinator, ISSUED)
    open_round(edition, day + timedelta(days=30), keeper, ISSUED)
    people.endorse(
        first,
        edition,
        head,
        ISSUED,
        sha256=edition.sha256,
        signer_name=head.label,
        signer_title="Director",
        authority="Head of Agency",
    )
    letter = successions.LetterInput(
        successor=Person.objects.get(user=world.of(first).user_id),
        successor_title="Deputy",
        from_on=day,
        instrument="Letter 1",
        file=("letter.pdf", b"%PDF-1.7 letter", "application/pdf"),
    )
    sent = successions.send(first, letter, head, ISSUED)
    successions.verify(sent, "Called the known number.", keeper, ISSUED)
    second = world.fresh(world.of(first, Capacity.SECONDARY_FOCAL_POINT), ISSUED)
    successions.object_to(sent, second, ISSUED, "not so")


def sharing(world: World) -> None:
    """What one organization says of itself: training, the cascade, the annual review, what a reader read."""
    from forms_app.training import services as training
    from forms_app.training.models import OBLIGED, Audience
    from protocol_pages.editions.selectors import blocks_of, edition_in_force
    from protocol_pages.reviews import services as reviews
    from signatories.acknowledgements import services as acknowledgements
    from signatories.cascade import services as cascade
    from signatories.models import Person
    from tests.forms_app.data_requests.world import ISSUED, JOB

    first, day = world.organizations[0], ISSUED.date()
    own, edition = world.fresh(world.of(first), ISSUED), edition_in_force(day)
    facts = training.Facts("A session", ("basics",), "online", "Arabic", day, "First", 2)
    parts = {a.value: int(a is Audience.PERSONNEL) for a in Audience}
    training.record_session(first, facts, training.Attended(parts, 1), own, ISSUED)
    counted = dict.fromkeys(("required", "valid", "expired", "new"), 1) | {"required": 3}
    training.send_return(first, day.year, day, {a.value: counted for a in OBLIGED}, own, ISSUED)
    cascade.record(first, edition, day, "staff", 3, 5, own, ISSUED)
    cycle = reviews.open_cycle(day.year, JOB, ISSUED)
    block = next(block for block in blocks_of(edition) if "4.b" in block.addresses)
    reviews.comment(
        cycle, first, reviews.Proposal(block.id, "clarity", "Clearer", block.text + " Always."), own, ISSUED
    )
    reader = Person.objects.get(user=own.user_id)
    acknowledgements.acknowledge(reader, edition.sha256, "en", own, ISSUED)


@pytest.mark.rule("D10")
def test_every_object_at_every_address_is_as_if_it_were_not(full: None) -> None:
    client = outsider_client()
    rows = list(a_row_of_each_model())
    own = {str(client.user.pk), str(client.device.pk)}
    assert len(rows) > 12
    assert any(isinstance(row, StoredFile) for row in rows)
    before = everything()
    wrong = []
    tried: set[str] = set()
    for address in with_an_id():
        for method in ("get", "post"):
            client.forget_code()
            with CaptureQueriesContext(connection) as asked:
                nothing = knock(client, method, str(address.path), NO_SUCH_ID)
            looked_at = " ".join(query["sql"] for query in asked.captured_queries)
            refused = False
            for row in rows:
                if str(row.pk) in own or f'"{row._meta.db_table}"' not in looked_at:
                    continue  # an address that asks no query of a table tells nothing of its rows
                tried.add(row._meta.label)
                if address.name in SEEN_BY_ALL and row._meta.model_name in SEEN_MODELS:
                    continue
                if nothing[0] == 403 and refused:
                    continue  # closed to the capacity before anything is looked for: one row shows it
                refused = nothing[0] == 403
                something = knock(client, method, str(address.path), str(row.pk))
                if something != nothing:
                    wrong.append(f"{method} {address.route} {row._meta.label}: {something[0]}, {nothing[0]}")
    assert wrong == []
    assert len(tried) > 12
    after = everything()
    assert {name for name in before if before[name] != after[name]} <= {"access.User", "access.Session"}


@pytest.mark.rule("D10")
def test_the_history_of_what_one_may_not_see_does_not_exist(full: None) -> None:
    client = outsider_client()
    nothing = {
        kind.type: knock(client, "get", f"/en/history/{kind.type}/{NO_SUCH_ID}/", NO_SUCH_ID)
        for kind in governed_objects()
    }
    tried = 0
    for kind in governed_objects():
        for row in kind.model._default_manager.all()[:3]:
            if kind.may_view(client.actor, row, now()).allowed:
                continue
            tried += 1
            path = f"/en/history/{kind.type}/{NO_SUCH_ID}/"
            assert knock(client, "get", path, str(row.pk)) == nothing[kind.type], kind.type
            assert nothing[kind.type][0] == 404
    assert tried > 5
