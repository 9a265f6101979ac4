"""A database of the demo is known by the code that migrated it: after an update it is not used as it stands."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from intranet import embedded
from intranet.rehearsal import template


@pytest.fixture
def name() -> Iterator[str]:
    name = f"test_marked_{os.getpid()}"
    embedded.ensure_roles_and_database(name)
    yield name
    embedded.drop_database(name)


@pytest.mark.rule("D41")
def test_a_database_of_other_code_is_outdated(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not template.outdated("test_no_such_database")
    assert not template.outdated(name)  # empty: nobody made anything yet
    with template._server(name, inside=name) as server:
        server.execute("CREATE TABLE django_migrations ()")
    assert template.outdated(name)  # nobody noted who migrated it
    template.mark(name)
    assert not template.outdated(name)
    monkeypatch.setattr(template, "fingerprint", lambda: "of other models")
    assert template.outdated(name)


def test_a_database_in_use_is_no_empty_copy(name: str) -> None:
    template.mark(name)
    with template._server(name) as server:
        query = "SELECT datname FROM pg_database WHERE shobj_description(oid, 'pg_database') = %s"
        kept = {row[0] for row in server.execute(query, [template.fingerprint()])}
    assert name not in kept
