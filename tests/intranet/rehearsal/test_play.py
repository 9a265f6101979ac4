"""The whole main job through the services that the views call, on a moving clock (D41)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from docx import Document
from pytest_django.plugin import DjangoDbBlocker

from audit import ledger
from audit.models import Event
from forms_app.data_requests.models import Answer, Ask, OfficeDecision, Release
from intranet.notices.models import Notice
from intranet.rehearsal.play import Play, Played, Script
from intranet.rehearsal.transcript import step
from tests.services.rows import written_once

pytestmark = pytest.mark.django_db


ALWAYS_TRIED = {
    "release before authorization",
    "authorization by silence",
    "the Coordinator authorizing for the office",
    "withdrawal by Primary focal point",
    "answering for another organization",
}


def rows() -> dict[str, int]:
    """How many rows every table holds, the ledger's own apart."""
    models = apps.get_models(include_auto_created=True)
    tables = [model._meta.db_table for model in models if model is not Event and model._meta.managed]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
        return dict(zip(tables, cursor.fetchone(), strict=True))


class Watched(Play):
    """A play that compares all tables before and after each attempt that must be refused."""

    def _must_refuse(self, what: str, attempt: Callable[[], object]) -> None:
        before, events = rows(), Event.objects.count()
        super()._must_refuse(what, attempt)
        assert rows() == before, what
        newest = Event.objects.order_by("-sequence").first()
        assert newest is not None
        assert Event.objects.count() == events + 1
        assert newest.outcome == "refused"
        assert newest.reason
        assert newest.clause


def transcript() -> list[dict[str, str]]:
    from zoneinfo import ZoneInfo

    return [step(e, ZoneInfo("Asia/Baghdad")) for e in Event.objects.filter(kind="act").order_by("sequence")]


@pytest.fixture(scope="module")
def first_play(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Played]:
    """Seven organizations, one of them silent: played once, its papers with their PDF."""
    yield from written_once(django_db_blocker, Watched(Script()).run)


@pytest.mark.rule("§7B")
def test_seven_organizations_and_one_that_stays_silent(first_play: Played) -> None:
    played = first_play
    assert played.broken == []
    assert set(played.held) >= ALWAYS_TRIED | {
        "issue before the office was consulted",
        "endorsing for another organization",
    }
    assert played.request.state == "released"
    assert played.letter is not None
    assert ledger.verify().intact
    followed = next(s for s in transcript() if s["action"].endswith("follow_up") and s["outcome"] == "done")
    assert followed["at"].startswith("2026-01-11T")
    assert followed["clause"] == "§7B.2"
    silence = [s for s in transcript() if s["state"] == "no_response"]
    assert [s["at"][:10] for s in silence] == [
        "2026-01-19"
    ]  # the five days end at midnight after Sunday 18 January
    second = next(s for s in transcript() if s["state"] == "round_2")
    assert second["at"] > silence[0]["at"]


@pytest.mark.rule("§7B.4")
def test_the_silent_organization_is_in_no_total(first_play: Played) -> None:
    played = first_play
    assert played.letter is not None
    text = "\n".join(
        cell.text
        for table in Document(io.BytesIO(played.letter)).tables
        for row in table.rows
        for cell in row.cells
    )
    release = Release.objects.get()
    assert "Example Agency" not in text  # no signatory is named
    consents = Answer.objects.filter(ask__round__request=played.request, ask__round__number=2)
    assert consents.count() == 6
    assert release.data_set_sha256 == consents.first().ask.round.data_set_sha256  # type: ignore[union-attr]


@pytest.mark.rule("D29")
def test_a_refusal_stops_the_request(word_only: None) -> None:
    played = Watched(Script(organizations=5, silent=1, refusing=1)).run()
    assert (played.request.state, played.letter) == ("stopped", None)
    assert (set(played.held) >= ALWAYS_TRIED, played.broken) == (True, [])
    assert not Release.objects.exists()
    assert not OfficeDecision.objects.exists()


@pytest.mark.rule("D28")
def test_fewer_than_three_are_not_released(word_only: None) -> None:
    played = Watched(Script(organizations=3, silent=1)).run()
    assert (played.request.state, played.letter) == ("not_released", None)
    assert (set(played.held) >= ALWAYS_TRIED, played.broken) == (True, [])
    assert not Release.objects.exists()


@pytest.mark.rule("D28")
@pytest.mark.parametrize("refusing", [0, 1])
def test_where_fewer_than_three_gathered_data_nobody_is_asked(word_only: None, refusing: int) -> None:
    played = Watched(Script(organizations=2, silent=0, refusing=refusing)).run()
    assert (played.request.state, played.letter, played.broken) == ("not_released", None, [])
    assert "asking fewer than three organizations" in played.held
    assert not Ask.objects.exists()


@pytest.mark.rule("D25")
def test_a_holiday_announced_late_moves_the_silence_by_a_day(word_only: None) -> None:
    played = Watched(Script(organizations=4, silent=1, late_holiday=date(2026, 1, 14))).run()
    assert played.request.state == "released"
    silence = [s for s in transcript() if s["state"] == "no_response"]
    assert [s["at"][:10] for s in silence] == ["2026-01-20"]


@pytest.mark.rule("D4")
def test_everybody_answers_and_the_letter_is_arabic(word_only: None) -> None:
    played = Watched(Script(organizations=3, silent=0, language="ar")).run()
    assert played.request.state == "released"
    assert played.letter is not None
    assert Ask.objects.filter(round__number=2).count() == 0
    assert (set(played.held) >= ALWAYS_TRIED, played.broken) == (True, [])


@pytest.mark.rule("D23")
def test_every_mail_is_for_one_organization_and_says_no_figure(first_play: Played) -> None:
    names = {f"Example Agency {letter}" for letter in "ABCDEFG"}
    for notice in Notice.objects.all():
        domains = {address.partition("@")[2] for address in [*notice.to, *notice.cc]}
        offices = {"office.example", "coordination.example"}
        assert len(domains) == 1 or domains == offices, notice.kind
        own = domains.pop().removesuffix(".example").replace("agency-", "Example Agency ").title()
        named = {name for name in names if name in notice.subject + notice.text}
        assert named <= {own} or own not in names, notice.kind
