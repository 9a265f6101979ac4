"""Every governed object has a history in words under its own policy; nothing is ever deleted (§8 of issue 3)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import strip_tags
from pytest_django.plugin import DjangoDbBlocker

from audit.history import GovernedModel
from forms_app.common import figures
from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.workflow import vocabulary, wording
from intranet.workflow.registry import GovernedObject, governed_objects, kind_of
from tests.contracts import rows
from tests.contracts.test_history import ROOT, our_models
from tests.personas import PersonaClient, outsider_client, persona_client
from tests.services.rows import written_once
from tests.urls_walk import addresses

ARABIC = re.compile(r"[\u0600-\u06ff]")
KINDS = governed_objects()

# Governed models without a page of their own: where what happened to them is told.
TOLD_ELSEWHERE = {
    "clock.CalendarConfirmation": "the calendar page names who confirmed a year, and the event log the act",
    "files.StoredFile": "a file is written once, in the act on its owner, whose history tells it",
    "monthly_reports.ReportVersion": "holds figures; the report's history tells each version's act and reason",
    "monthly_reports.IntakeVersion": "holds figures; the intake's history tells each version's act and reason",
}


def test_every_governed_model_is_registered_or_told_elsewhere() -> None:
    governed = [model for model in our_models() if issubclass(model, GovernedModel)]
    loose = {model._meta.label for model in governed if kind_of(model) is None}
    assert loose == set(TOLD_ELSEWHERE)


# Words


def in_arabic(text: Any) -> str:
    with translation.override("ar"):
        return str(text)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.type)
def test_every_field_and_state_has_words_in_both_languages(kind: GovernedObject) -> None:
    wrong = []
    noun = kind.said.noun or kind.model._meta.original_attrs.get("verbose_name")
    if not isinstance(noun, Promise) or not ARABIC.search(in_arabic(noun)):
        wrong.append(f"what a {kind.type} is called: Said(noun=_(...)) or Meta.verbose_name")
    for field in wording.shown_fields(kind.model):
        name = wording.named(kind.model, field.name)
        if not isinstance(name, Promise) or not ARABIC.search(in_arabic(name)):
            wrong.append(f"{kind.type}.{field.name}: verbose_name=_(...) or Said(fields=...), and its Arabic")
        if isinstance(field, models.JSONField) and field.name not in kind.said.values:
            wrong.append(f"{kind.type}.{field.name}: a list needs Said(values=...) or hidden")
        for token, label in getattr(field, "flatchoices", ()) or ():
            if token and not str(label).isdigit() and not ARABIC.search(in_arabic(label)):
                wrong.append(f"{kind.type}.{field.name}={token}: its Arabic")
    for token, label in (kind.machine.states if kind.machine else {}).items():
        if not isinstance(label, Promise) or not ARABIC.search(in_arabic(label)):
            wrong.append(f"{kind.type} state {token}: its Arabic")
    for row in kind.machine.transitions if kind.machine else ():
        if not isinstance(row.label, Promise) or not ARABIC.search(in_arabic(row.label)):
            wrong.append(f"{kind.type} act {row.action}: its Arabic")
    assert wrong == []


WRITERS = {"record", "noted", "saw", "_note", "_write", "_demand"}


def recorded_actions() -> Iterator[tuple[str, str]]:
    """Every action that the code names when it writes an event outside a transition table."""
    for top in ("audit", "intranet", "protocol_pages", "signatories", "forms_app"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if path.name == "transcript.py":  # writes files, no events
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and called(node) in WRITERS:
                    values = [*node.args, *(k.value for k in node.keywords if k.arg == "action")]
                    for leaf in (leaf for value in values for leaf in ast.walk(value)):
                        if isinstance(leaf, ast.Constant) and re.fullmatch(
                            r"[a-z_]+\.[a-z_]+", str(leaf.value)
                        ):
                            yield str(leaf.value), f"{Path(path).name}:{node.lineno}"


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_every_act_without_a_table_has_words_in_both_languages() -> None:
    found = dict(recorded_actions())
    assert {"access.step_up", "monthly_reports.view", "network.change_settings"} <= set(found)
    raw = [f"{action} ({where})" for action, where in found.items() if wording.act(action) == action]
    assert raw == []
    mute = [action for action, words in vocabulary.ACTS.items() if not ARABIC.search(in_arabic(words))]
    assert mute == []


# Pages


@pytest.fixture(scope="module")
def first_full(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    kept = list(figures._providers)
    yield from written_once(django_db_blocker, lambda: rows.every_kind() and None)
    figures._providers[:] = kept


@pytest.fixture
def full(first_full: None, db: None) -> None:
    """A row of every kind."""


def readable(page: str) -> str:
    """What a person reads of the page's content: no addresses, no mail addresses, no fingerprints."""
    start, end = page.index("<main"), page.index("</main>")
    text = strip_tags(page[start:end].replace("<", " <"))
    text = re.sub(r"\S+@\S+", " ", text)
    return re.sub(r"\b[0-9a-f]{64}\b", " ", text)


RAW = {
    "an id": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}"),
    "a raw name": re.compile(r"\b[a-z0-9]+_[a-z0-9_]+\b"),
    "a raw list": re.compile(r"\[['\"{]|\bNone\b|\bTrue\b|\bFalse\b"),
    "a nameless record": re.compile("another record|سجل آخر"),
}


def complaints(client: PersonaClient, kind: GovernedObject, row: Any) -> list[str]:
    found = []
    for language in ("en", "ar"):
        base = f"/{language}/history/{kind.type}/{row.pk}/"
        for path in (f"{base}?what=all", f"{base}versions/?everything=1"):
            answer = client.get(path)
            if answer.status_code != 200:
                found.append(f"{path}: {answer.status_code}")
                continue
            text = readable(answer.content.decode())
            found += [
                f"{kind.type} {path}: {what}: {match.group()!r}"
                for what, pattern in RAW.items()
                if (match := pattern.search(text))
            ]
    return found


@pytest.mark.rule("D10")
def test_every_kind_tells_its_history_in_words_under_its_own_policy(full: None) -> None:
    assert rows.missing() == set()
    readers = [persona_client(Capacity.COORDINATOR), persona_client(Capacity.AUDITOR), outsider_client()]
    found, unread = [], set()
    for kind in KINDS:
        for row in list(kind.model._default_manager.order_by("pk")[:4]):
            may = [client for client in readers if kind.may_view(client.actor, row, now()).allowed]
            for client in readers:
                if client not in may:
                    for page in ("", "versions/"):
                        assert client.get(f"/en/history/{kind.type}/{row.pk}/{page}").status_code == 404
            if may:
                found += complaints(may[0], kind, row)
            else:
                unread.add(kind.type)
    assert unread <= {"ownnote", "monthlyreport"}
    assert found == []


@pytest.mark.rule("D13")
def test_no_history_holds_a_payload() -> None:
    for kind in KINDS:
        names = {field.name for field in kind.model.history.model._meta.get_fields()}
        assert "payload" not in names, kind.type


def test_histories_are_linked_from_the_page_of_each_object(full: None) -> None:
    """Where a kind names its page, that page links back, for whoever may open it."""
    readers = [persona_client(Capacity.COORDINATOR), persona_client(Capacity.OFFICE)]
    linked, wrong = set(), []
    for kind in KINDS:
        for row in list(kind.model._default_manager.order_by("pk")[:40]):
            if kind.said.page is None or kind.type in linked:
                continue
            for client in readers:
                if not kind.may_view(client.actor, row, now()).allowed:
                    continue
                with translation.override("en"):
                    page = kind.said.page(row, client.actor)
                answer = client.get(page, follow=True)
                if f"/en/history/{kind.type}/" in answer.content.decode():
                    linked.add(kind.type)
        if kind.said.page is not None and kind.type not in linked | {"ownnote"}:
            wrong.append(kind.type)
    assert " ".join(wrong) == ""
    assert len(linked) >= 15


# Nothing is deleted; a correction is a new entry with a reason


@pytest.mark.rule("D14")
def test_no_address_of_ours_deletes() -> None:
    words = re.compile(r"delete|remove|purge|destroy|revert", re.IGNORECASE)
    ours = [a for a in addresses() if a.route.startswith("en/") and not a.route.startswith("en/_util")]
    assert len(ours) > 60
    assert [str(a) for a in ours if words.search(f"{a.route} {a.name}")] == []
    for kind in KINDS:
        for row in kind.machine.transitions if kind.machine else ():
            assert not words.search(row.action), f"{kind.type}.{row.action}"


@pytest.mark.rule("D16")
def test_no_admin_deletes_a_governed_row(full: None) -> None:
    governed = {kind.model for kind in KINDS} | {m for m in our_models() if issubclass(m, GovernedModel)}
    assert governed & set(admin.site._registry) == set()
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    tried = set()
    for address in addresses():
        for kind in KINDS:
            place = f"{kind.model._meta.app_label}/{kind.type}/delete/"
            if place not in address.route or address.path is None:
                continue
            row = kind.model._default_manager.first()
            path = re.sub(r"/delete/[^/]+/", f"/delete/{row.pk}/", address.path)
            for method in (client.get, client.post):
                assert method(path).status_code in (302, 403), path
            listed = client.get(path.split("/delete/")[0] + "/")
            assert f"/en/history/{kind.type}/" in listed.content.decode()
            assert kind.model._default_manager.filter(pk=row.pk).exists()
            tried.add(kind.type)
    assert tried >= {"nonworkingday", "resourcetheme", "glossaryterm"}


def test_every_correction_needs_a_reason() -> None:
    corrections = [
        (kind.type, row)
        for kind in KINDS
        for row in (kind.machine.transitions if kind.machine else ())
        if row.action.startswith("correct")
    ]
    assert len(corrections) >= 3
    assert [f"{name}.{row.action}" for name, row in corrections if not row.needs_note] == []
