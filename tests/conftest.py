"""Composes the real services of ``tests/services`` into pytest's and pytest-django's fixtures."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from protocol_pages.editions import fixed_copy
from tests.services import rows
from tests.services.postgres import ROOT, Cluster, using_database

pytest_plugins = ["tests.services.fixtures"]
# A loaded machine is no wrong answer: nothing here is a timed test.
hypothesis_settings.register_profile("tests", hypothesis_settings(), deadline=None)
hypothesis_settings.load_profile("tests")


BUILD = "from tests.services.postgres import Cluster; Cluster.of_environment().ensure_template()"
DATABASE = frozenset({"db", "transactional_db", "django_db_setup", "cluster", "live_server"})


def pytest_configure(config: pytest.Config) -> None:
    """While the workers start, and test what needs no database, the template is built beside them."""
    workers = getattr(config.option, "numprocesses", None)
    if workers and not config.option.collectonly and not config.option.create_db:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "intranet.settings.test"}
        subprocess.Popen([sys.executable, "-c", BUILD], cwd=ROOT, env=environment)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs no database comes first: nobody waits for the template meanwhile.

    In a file, what begins with an empty database comes before what begins with the file's rows.
    """
    items.sort(key=_asks_for_a_database)
    files = (list(tests) for _path, tests in itertools.groupby(items, key=lambda item: item.path))
    items[:] = [item for tests in files for item in sorted(tests, key=_begins_with_rows)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What stands now stays to the end: looking for rubbish among it, again and again, took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _begins_with_rows(item: pytest.Item) -> bool:
    return any(name.startswith(rows.PREFIX) for name in getattr(item, "fixturenames", ()))


def _asks_for_a_database(item: pytest.Item) -> bool:
    marked = item.get_closest_marker("django_db") is not None
    return marked or not DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """A request leaves its language active in the thread: no test hands it on to the next one."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def word_files_of_the_same_text_once() -> Iterator[None]:
    """Hundreds of tests adopt the real protocol; its Word file says the same each time, and takes half of that."""
    with pytest.MonkeyPatch.context() as patch:
        for pure in ("word_file", "prove"):
            patch.setattr(fixed_copy, pure, functools.cache(getattr(fixed_copy, pure)))
        yield


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
    request: pytest.FixtureRequest, django_test_environment: None, cluster: Cluster
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
    cluster.allow_analyze(shared)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)
        _clone_instead_of_flush(patch, cluster, own)
        with using_database(shared):
            yield
    cluster.drop(shared)


def _clone_instead_of_flush(patch: pytest.MonkeyPatch, cluster: Cluster, name: str) -> None:
    from django.test import TransactionTestCase

    switched = ExitStack()

    def setup(cls: type[TransactionTestCase]) -> None:
        rows.roll_back()
        cluster.clone(name)
        switched.enter_context(using_database(name))

    def teardown(self: TransactionTestCase) -> None:
        switched.close()
        cluster.drop(name)

    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(setup))
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
