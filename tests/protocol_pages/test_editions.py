"""Adoption through the runner, and editions that nobody can change afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from audit.actors import Actor, system_actor
from audit.history import WrittenOnce
from audit.models import Event
from intranet.workflow import runner
from intranet.workflow.runner import Refused
from protocol_pages.editions import blocks, review, selectors, services
from protocol_pages.editions.canonical import canonical_text, fingerprint
from protocol_pages.editions.models import Edition, EditionBlock, EditionDraft

NOW = datetime(2026, 1, 11, 8, 0, tzinfo=UTC)
LOADER = system_actor("adopt_protocol")
COORDINATOR = Actor(label="Layla Example", capacity="coordinator")
FOCAL_POINT = Actor(label="Omar Example", capacity="primary_focal_point")
PROTOCOL = blocks.read_protocol()


@pytest.fixture
def edition(db: None) -> Edition:
    return services.adopt(services.bring_in(PROTOCOL, LOADER, NOW), LOADER, NOW)


@pytest.mark.rule("D1")
def test_edition_1_holds_the_text_and_its_fingerprint(edition: Edition) -> None:
    assert (edition.number, edition.minor, edition.label, edition.slug) == (1, 0, "1", "v1")
    assert edition.effective_from == edition.endorsed_on == date(2022, 1, 31)
    assert edition.endorsed_by == "UNCT"
    assert edition.canonical_text == canonical_text(PROTOCOL.blocks)
    assert edition.sha256 == fingerprint(edition.canonical_text)
    assert canonical_text(selectors.blocks_of(edition)) == edition.canonical_text
    event = Event.objects.get(action="edition_draft.adopt")
    assert (event.outcome, event.clause, event.data["sha256"]) == ("done", "§8", edition.sha256)


@pytest.mark.django_db
def test_a_text_is_endorsed_on_the_network_s_own_day() -> None:
    """At 00:30 in Baghdad it is still yesterday in UTC."""
    midnight = datetime(2026, 1, 10, 21, 30, tzinfo=UTC)
    today = replace(PROTOCOL, endorsed_on=date(2026, 1, 11), effective_from=date(2026, 1, 11))
    made = services.adopt(services.bring_in(today, LOADER, midnight), LOADER, midnight)
    assert made.endorsed_on == date(2026, 1, 11)


@pytest.mark.rule("D14")
@pytest.mark.parametrize("model", [Edition, EditionBlock])
def test_the_orm_refuses_every_change(edition: Edition, model: Any) -> None:
    row = model.objects.first()
    with pytest.raises(WrittenOnce):
        row.save()
    with pytest.raises(WrittenOnce):
        row.delete()
    with pytest.raises(WrittenOnce):
        model.objects.update(pk=row.pk)
    with pytest.raises(WrittenOnce):
        model.objects.all().delete()
    with pytest.raises(WrittenOnce):
        model.objects.bulk_update([row], ["edition"] if model is EditionBlock else ["title"])
    assert fingerprint(canonical_text(selectors.blocks_of(edition))) == edition.sha256


@pytest.mark.rule("D14")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE editions_edition SET title = 'Other'",
        "UPDATE editions_editionblock SET text = 'Other'",
        "DELETE FROM editions_editionblock",
        "DELETE FROM editions_edition",
        "TRUNCATE editions_editionblock",
        "TRUNCATE editions_edition CASCADE",
    ],
)
def test_the_database_refuses_the_application_role(edition: Edition, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    stored = Edition.objects.get(pk=edition.pk)
    rows = [row.as_block() for row in EditionBlock.objects.filter(edition=stored)]
    assert stored.title == edition.title
    assert fingerprint(canonical_text(rows)) == stored.sha256


@pytest.mark.django_db
def test_command_adopts_once_and_repeats_safely() -> None:
    out = StringIO()
    call_command("adopt_protocol", stdout=out)
    call_command("adopt_protocol", stdout=out)
    assert Edition.objects.count() == 1
    assert EditionDraft.objects.count() == 1
    assert "Edition 1 adopted." in out.getvalue()
    assert "Edition 1 was adopted already." in out.getvalue()


def test_command_refuses_another_text_under_a_taken_number(edition: Edition, tmp_path: Any) -> None:
    path = tmp_path / "other.json"
    path.write_text(
        blocks.DATA_FILE.read_text(encoding="utf-8").replace("5 business days", "3 business days")
    )
    with pytest.raises(CommandError, match="An adopted edition never changes"):
        call_command("adopt_protocol", file=path)
    assert Edition.objects.count() == 1


@pytest.mark.django_db
def test_a_focal_point_may_not_bring_in_or_adopt_a_text() -> None:
    with pytest.raises(Refused) as refusal:
        services.bring_in(PROTOCOL, FOCAL_POINT, NOW)
    assert refusal.value.code == "policy"
    assert EditionDraft.objects.count() == 0
    draft = services.bring_in(PROTOCOL, COORDINATOR, NOW)
    with pytest.raises(Refused):
        services.adopt(draft, FOCAL_POINT, NOW)
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert Edition.objects.count() == 0
    assert Event.objects.filter(outcome="refused", capacity="primary_focal_point").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"endorsed_by": " "}, "name the body"),
        ({"endorsed_on": date(2026, 2, 1)}, "in the future"),
        ({"number": 2}, "not the next edition"),
        ({"minor": 1}, "which kind"),
    ],
)
def test_a_text_without_endorsement_or_out_of_order_is_not_adopted(
    change: dict[str, Any], words: str
) -> None:
    draft = services.bring_in(replace(PROTOCOL, **change), COORDINATOR, NOW)
    with pytest.raises(Refused, match=words):
        services.adopt(draft, COORDINATOR, NOW)
    assert Edition.objects.count() == 0
    assert EditionBlock.objects.count() == 0
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.django_db
def test_a_damaged_text_is_not_brought_in() -> None:
    twice = (*PROTOCOL.blocks, PROTOCOL.blocks[-1])
    with pytest.raises(Refused, match="used twice"):
        services.bring_in(replace(PROTOCOL, blocks=twice), COORDINATOR, NOW)
    assert EditionDraft.objects.count() == 0


def test_an_adopted_draft_is_not_adopted_again(edition: Edition) -> None:
    with pytest.raises(Refused) as refusal:
        runner.perform(edition.draft, "adopt", COORDINATOR, NOW)
    assert refusal.value.code == "state"
    assert Edition.objects.count() == 1


@pytest.mark.rule("D7")
def test_a_withdrawal_makes_a_minor_edition_with_the_same_text(edition: Edition) -> None:
    day = date(2026, 3, 1)
    annex = services.adopt_annex(["Example Agency A"], day, LOADER, NOW + timedelta(days=1))
    assert (annex.label, annex.slug, annex.minor_kind) == ("1.1", "v1.1", "signatory_annex")
    assert annex.sha256 == edition.sha256
    assert annex.annex == ["Example Agency A"]
    assert selectors.edition_in_force(date(2026, 2, 28)).pk == edition.pk
    assert selectors.edition_in_force(day).pk == annex.pk
    assert selectors.edition_by_label(1).pk == edition.pk


def test_edition_in_force_is_asked_by_day(edition: Edition, django_assert_num_queries: Any) -> None:
    selectors.edition_in_force(date(2022, 1, 31))  # an edition never changes: its row is read once
    with django_assert_num_queries(1):
        assert selectors.edition_in_force(date(2022, 1, 31)).pk == edition.pk
    with pytest.raises(selectors.NoEdition):
        selectors.edition_in_force(date(2022, 1, 30))


@pytest.mark.rule("D3")
def test_letters_read_the_caveats_of_the_edition_they_get(edition: Edition) -> None:
    changed = [
        replace(block, text=block.text.replace("reported cases", "reported incidents"))
        for block in PROTOCOL.blocks
    ]
    second = replace(PROTOCOL, number=2, effective_from=date(2025, 1, 31), blocks=tuple(changed))
    other = services.adopt(services.bring_in(second, COORDINATOR, NOW), COORDINATOR, NOW)
    assert "reported cases" in selectors.caveats_7b7(edition).c1
    assert "reported incidents" in selectors.caveats_7b7(other).c1
    assert selectors.caveat_7a(other) == selectors.caveat_7a(edition).replace("cases", "incidents")


@pytest.mark.rule("D6")
@pytest.mark.parametrize(
    ("today", "years", "next_due"),
    [
        (date(2022, 1, 31), [], date(2023, 1, 31)),
        (date(2023, 1, 30), [], date(2023, 1, 31)),
        (date(2023, 1, 31), [2023], date(2023, 1, 31)),
        (date(2026, 1, 30), [2023, 2024, 2025], date(2026, 1, 31)),
        (date(2026, 2, 1), [2023, 2024, 2025, 2026], date(2027, 1, 31)),
    ],
)
def test_review_is_due_each_31_january(today: date, years: list[int], next_due: date) -> None:
    status = review.review_status(date(2022, 1, 31), today, {})
    assert [item.year for item in status.years] == years
    assert status.not_recorded == tuple(years)
    assert status.next_due == next_due


@pytest.mark.rule("D6")
def test_a_recorded_review_is_shown_and_the_others_stay_not_recorded() -> None:
    held = date(2024, 3, 2)
    status = review.review_status(date(2022, 1, 31), date(2026, 2, 1), {2024: held})
    assert status.not_recorded == (2023, 2025, 2026)
    assert [(item.year, item.recorded_on) for item in status.recorded] == [(2024, held)]
