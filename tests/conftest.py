"""Composes the real services of ``tests/services`` into pytest's and pytest-django's fixtures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.services.postgres import Cluster, using_database

pytest_plugins = ["tests.services.fixtures"]


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The PostgreSQL server of this run, with both roles."""
    return Cluster.of_environment()


@pytest.fixture
def word_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers without their PDF, as on a server without its text engine: for acts whose paper nobody reads here."""
    from intranet.papers import pdf

    def missing(paper: object) -> bytes:
        raise pdf.PdfUnavailable("left out in this test")

    monkeypatch.setattr(pdf, "render", missing)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any, cluster: Cluster
) -> Iterator[None]:
    """Instead of Django's own test database: a clone of the template, as the application's role.

    ``--create-db`` builds the template anew. Tests that commit (``django_db(transaction=True)``,
    ``live_server``) each get a clone of their own, dropped afterwards; nothing is ever flushed.
    """
    from django.db import connections

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    shared, own = f"test_clone_{worker}_{os.getpid()}", f"test_clone_own_{worker}_{os.getpid()}"
    cluster.ensure_template(rebuild=request.config.getvalue("create_db"))
    cluster.clone(shared)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)
        _clone_instead_of_flush(patch, cluster, own)
        with using_database(shared):
            yield
    cluster.drop(shared)


def _clone_instead_of_flush(patch: pytest.MonkeyPatch, cluster: Cluster, name: str) -> None:
    from django.test import TransactionTestCase

    switched = ExitStack()

    def setup(cls: type[TransactionTestCase]) -> None:
        cluster.clone(name)
        switched.enter_context(using_database(name))

    def teardown(self: TransactionTestCase) -> None:
        switched.close()
        cluster.drop(name)

    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(setup))
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
