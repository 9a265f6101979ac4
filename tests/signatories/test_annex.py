"""The annex follows the day of a withdrawal and never holds another text back (§8, §9.i, D7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force, latest_edition
from signatories import annex, services

from .network import NOW, TODAY, Network, endorse, later
from .succession_play import at
from .test_editions_due import substantive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_only"), pytest.mark.rule("§9.i")]
WEEKS = TODAY + timedelta(days=30)


def announce(signed: Network, edition: Edition) -> None:
    """Alpha leaves in thirty days; Beta stays."""
    endorse(signed, "beta", edition)
    services.withdraw(
        signed.members["alpha"], signed.signer("alpha"), NOW, statement="We leave.", effective_on=WEEKS
    )


def test_an_announced_withdrawal_gets_its_annex_on_its_day_and_once(
    signed: Network, edition: Edition
) -> None:
    announce(signed, edition)
    assert latest_edition() == edition
    eve, day, next_day = later(days=29), later(days=30), later(days=31)
    assert list(annex.bring_up_to_date(eve, dry_run=False)) == []
    assert len(list(annex.bring_up_to_date(day, dry_run=True))) == 1
    assert latest_edition() == edition
    assert len(list(annex.bring_up_to_date(day, dry_run=False))) == 1
    assert list(annex.bring_up_to_date(next_day, dry_run=False)) == []
    annexed = edition_in_force(WEEKS)
    assert (annexed.label, annexed.annex, annexed.effective_from) == ("1.1", ["Beta (example)"], WEEKS)


@pytest.mark.rule("§8")
def test_an_announced_withdrawal_does_not_hold_a_new_text_back(signed: Network, edition: Edition) -> None:
    announce(signed, edition)
    second = substantive(signed, TODAY + timedelta(days=7))
    assert second.label == "2"
    assert len(list(annex.bring_up_to_date(later(days=30), dry_run=False))) == 1
    annexed = edition_in_force(WEEKS)
    assert (annexed.label, annexed.sha256) == ("2.1", second.sha256)  # the new text stays in force


def test_somebody_who_leaves_earlier_is_not_kept_in_the_annex(signed: Network, edition: Edition) -> None:
    announce(signed, edition)
    then = later(days=3)
    leaver = at(signed.signer("beta"), then)
    services.withdraw(
        signed.members["beta"], leaver, then, statement="We leave too.", effective_on=then.date()
    )
    annexed = edition_in_force(then.date())
    assert (annexed.label, annexed.annex) == ("1.1", ["Alpha (example)"])
    assert len(list(annex.bring_up_to_date(later(days=30), dry_run=False))) == 1
    assert edition_in_force(WEEKS).annex == []
