"""Many rows written at once say the same as rows written one by one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from audit.actors import Actor, NobodyActs, acting
from audit.history import WrittenOnce
from protocol_pages.editions.models import Edition, EditionBlock
from tests.forms_app.data_requests.world import adopt_protocol

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D15")]
ACTOR = Actor("Olive Office", "office", None, None, "Office (example)", datetime(2026, 1, 1, tzinfo=UTC))
VARIES = {"id", "history_id", "history_date", "position", "block_id"}


def block(position: int) -> EditionBlock:
    adopted = Edition.objects.get()
    return EditionBlock(
        edition=adopted, position=position, block_id=f"b{position}", kind="paragraph", level=0, text="Words."
    )


def said(row: EditionBlock) -> dict[str, Any]:
    found: Any = EditionBlock.history.filter(id=row.pk).values().get()
    return {name: value for name, value in found.items() if name not in VARIES}


def test_the_history_names_the_actor_and_the_reason_as_save_does() -> None:
    adopt_protocol()
    one, *many = (block(position) for position in (900, 901, 902))
    with acting(ACTOR, "because") as alone:
        one.save()
    with acting(ACTOR, "because") as together:
        EditionBlock.write_all(many)
    assert said(many[0]) == said(one) == said(many[1])
    assert said(one)["history_actor"] == "Olive Office"
    assert said(one)["history_change_reason"] == "because"
    assert (len(alone.rows), len(together.rows)) == (1, 2)
    assert EditionBlock.objects.filter(position__gte=900).count() == 3


def test_nobody_writes_and_nothing_is_written_twice() -> None:
    adopt_protocol()
    with pytest.raises(NobodyActs):
        EditionBlock.write_all([block(900)])
    written = block(901)
    with acting(ACTOR):
        written.save()
        with pytest.raises(WrittenOnce):
            EditionBlock.write_all([block(902), written])
    assert list(EditionBlock.objects.filter(position__gte=900)) == [written]
