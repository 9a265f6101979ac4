"""The daily job of editions: notes once what the frozen dates already say (§8, D26)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from audit.actors import acting, system_actor
from intranet.clock.days import network_day
from intranet.clock.due import Job
from intranet.workflow import runner

from . import life
from .adoption import keep_word_file
from .models import DraftState, Edition, EditionDraft

JOB = system_actor("run_due")


def note_life(now: datetime, dry_run: bool) -> Iterable[str]:
    """In force and superseded, noted for the ledger. Days: the network's time zone."""
    today = network_day(now)
    lives = EditionDraft.objects.filter(state__in=(DraftState.ENDORSED, DraftState.IN_FORCE))
    for draft in lives.select_related("edition").order_by("number", "minor"):
        edition: Edition = draft.edition
        if life.superseded_on(edition, today):
            action, words = "supersede", f"edition {edition.label} is superseded"
        elif draft.state == DraftState.ENDORSED and edition.effective_from <= today:
            action, words = "take_effect", f"edition {edition.label} is in force"
        else:
            continue
        if not dry_run:
            runner.perform(draft, action, JOB, now)
        yield words


def freeze_word_files(now: datetime, dry_run: bool) -> Iterable[str]:
    """Editions adopted before Word files were frozen get theirs once, from the frozen blocks."""
    for edition in Edition.objects.filter(word_file__isnull=True).order_by("number", "minor"):
        if not dry_run:
            with transaction.atomic(), acting(JOB, "Word file of the frozen text"):
                keep_word_file(edition, now)
        yield f"the Word file of edition {edition.label} is frozen"


JOBS = (Job("editions.life", "§8", note_life), Job("editions.word", "§8", freeze_word_files))
