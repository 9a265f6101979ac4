"""The table of acts on a reviewer's text: recorded by one person, confirmed by another (D4, by analogy with D17)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import acts, policy
from .models import TextState

DRAFT, WAITING, CONFIRMED, WITHDRAWN, DISCARDED = TextState

TEXTS = Machine(
    name="reviewed_text",
    states=dict(TextState.choices),
    transitions=(
        Transition(
            action="begin",
            label=_("Record a reviewer’s text"),
            sources=(NEW,),
            target=DRAFT,
            rule="D4",
            policy=policy.may_record,
            guards=(acts.reviewer_is_named,),
            effects=(acts.write_recorder, acts.keep_file),
        ),
        Transition(
            action="describe",
            label=_("Correct who reviewed it"),
            sources=(DRAFT,),
            target=None,
            rule="D4",
            policy=policy.may_record,
            guards=(acts.given_reviewer_is_named,),
            effects=(acts.write_facts, acts.keep_file),
        ),
        Transition(
            action="write",
            label=_("Put in blocks"),
            sources=(DRAFT,),
            target=None,
            rule="D4",
            policy=policy.may_record,
            guards=(acts.blocks_fit,),
            effects=(acts.write_blocks,),
        ),
        Transition(
            action="hand_in",
            label=_("Hand it to a second person"),
            sources=(DRAFT,),
            target=WAITING,
            rule="D17",
            policy=policy.may_record,
            guards=(acts.says_something,),
        ),
        Transition(
            action="return",
            label=_("Return it to the recorder"),
            sources=(WAITING,),
            target=DRAFT,
            rule="D17",
            policy=policy.may_record,
            needs_note=True,
        ),
        Transition(
            action="confirm",
            label=_("Confirm it against what the reviewer sent"),
            sources=(WAITING,),
            target=CONFIRMED,
            rule="D17",
            policy=policy.may_confirm,
            guards=(acts.is_what_was_shown,),
            effects=(acts.write_confirmation,),
        ),
        Transition(
            action="withdraw",
            label=_("Show it no longer"),
            sources=(CONFIRMED,),
            target=WITHDRAWN,
            rule="D4",
            policy=policy.may_withdraw,
            needs_note=True,
        ),
        Transition(
            action="discard",
            label=_("Discard it"),
            sources=(DRAFT, WAITING),
            target=DISCARDED,
            rule="D4",
            policy=policy.may_record,
            needs_note=True,
        ),
    ),
)
