"""Home for every capacity: frame, ledger, machine room, few queries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import ledger
from audit.actors import system_actor
from intranet.access.roles import COORDINATION, ORGANIZATION_POSTS, Capacity
from intranet.clock.models import JobRun
from intranet.clock.wording import moment
from intranet.home import hand_over, machine_room
from intranet.notices import outbox
from intranet.workflow.event_log import CHAIN
from tests.personas import ELSEWHERE, persona_client
from tests.services.postgres import ROOT

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 25, 7, 0, tzinfo=UTC)
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    cache.clear()


def client_of(capacity: Capacity):
    return persona_client(capacity, ELSEWHERE if capacity in ORGANIZATION_POSTS else None)


@pytest.mark.parametrize("capacity", list(Capacity))
def test_home_for_each_capacity_within_its_queries(capacity: Capacity) -> None:
    client = client_of(capacity)
    client.get("/en/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get("/en/")
    assert answer.status_code == 200
    assert len(queries) <= MOST_QUERIES, "\n".join(q["sql"][:160] for q in queries)
    page = answer.content.decode()
    assert "What is due from you" in page
    assert ("The machine room" in page) == (capacity in COORDINATION)


@pytest.mark.parametrize(
    ("language", "direction", "title"),
    [
        ("en", "ltr", "Protection from Sexual"),
        ("ar", "rtl", "شبكة الحماية"),
        ("ckb", "rtl", "Protection from"),
    ],
)
def test_the_frame_turns_with_the_language_and_stays_on_the_page(
    language: str, direction: str, title: str
) -> None:
    page = client_of(Capacity.COORDINATOR).get(f"/{language}/due/?a=1").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert title in page
    for other in ("en", "ar", "ckb"):
        assert f'href="/{other}/due/?a=1" lang="{other}"' in page


def test_kurdish_stays_english_and_says_so_until_a_reviewer_gives_texts() -> None:
    page = client_of(Capacity.MEMBER).get("/ckb/").content.decode()
    assert "wait for a reviewer" in page
    assert '<div lang="en" dir="ltr">' in page


@pytest.mark.rule("trap 48")
@pytest.mark.parametrize("path", ["/en/", "/ar/", "/en/calendar/2026/", "/en/nothing-here/"])
def test_every_page_points_to_hotline_and_mail_and_takes_no_complaints(path: str) -> None:
    page = client_of(Capacity.MEMBER).get(path, follow=True).content.decode()
    assert "80069999" in page
    assert "Iraq-psea@un.org" in page


def test_no_page_carries_inline_script_or_style() -> None:
    for path in ("/en/", "/en/style-guide/", "/en/calendar/2026/", "/en/settings/"):
        page = client_of(Capacity.COORDINATOR).get(path).content.decode()
        assert "<script" not in page
        assert "style=" not in page
        assert "<style" not in page


def test_the_style_guide_shows_every_component() -> None:
    folders = ("components", "home/patterns")
    ours = {
        f"{folder}/{path.name}" for folder in folders for path in (ROOT / "templates" / folder).glob("*.html")
    }
    assert len(ours) > 20
    shown = client_of(Capacity.COORDINATOR).get("/en/style-guide/").templates
    assert ours - {template.name for template in shown} == set()


def test_the_machine_room_tells_runs_stuck_mail_and_the_chain() -> None:
    client = client_of(Capacity.COORDINATOR)
    assert "not checked yet" in client.get("/en/").content.decode()
    ledger.record(now=AT, actor=system_actor("test"), action="test.act")
    notice = outbox.write(outbox.Letter("test", ["fp@example.org"], "Due 5 Feb", "One item waits."), AT)
    assert notice is not None
    notice.attempts, notice.next_attempt_at = 3, None
    notice.save()
    assert machine_room.check_chain(AT, dry_run=True) == []
    assert not JobRun.objects.filter(job=CHAIN).exists()
    assert list(machine_room.check_chain(AT, dry_run=False)) == []
    page = client.get("/en/").content.decode()
    assert "Record chain intact" in page
    assert "1 stuck" in page
    chain = list(hand_over.parts(AT))[-1].lines[-1]
    assert chain.state == f"{moment(AT, ZoneInfo('Asia/Baghdad'))}: in order"  # never the server's time


@pytest.mark.rule("D15")
def test_a_broken_chain_is_said_on_home() -> None:
    run = JobRun(job=CHAIN, started_at=AT, ended_at=AT + timedelta(seconds=1), ok=False)
    run.message = "7: content was changed after it was written"
    run.save()
    assert "Record chain broken" in client_of(Capacity.COORDINATOR).get("/en/").content.decode()


def test_the_chain_is_walked_at_most_twice_a_day() -> None:
    list(machine_room.check_chain(AT, False))
    list(machine_room.check_chain(AT, False))
    assert JobRun.objects.filter(job=CHAIN).count() == 1


@pytest.mark.rule("D10")
def test_what_does_not_exist_and_what_is_not_yours_read_alike() -> None:
    client = client_of(Capacity.PRIMARY_FOCAL_POINT)
    unknown = client.get("/en/history/nonworkingday/00000000-0000-4000-8000-000000000001/")
    strange = client.get("/en/history/nosuchkind/00000000-0000-4000-8000-000000000001/")
    nowhere = client.get("/en/nowhere-at-all/")
    assert unknown.status_code == strange.status_code == nowhere.status_code == 404
    assert "There is nothing here for you" in unknown.content.decode()


def test_a_refused_page_says_why() -> None:
    answer = client_of(Capacity.MEMBER).get("/en/settings/")
    assert answer.status_code == 403
    assert "This page is for: PSEA Coordinator" in answer.content.decode()
