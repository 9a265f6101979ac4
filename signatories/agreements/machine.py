"""The table of acts on a partner agreement."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import policy, rules
from .models import AgreementState

RECORDED, ENDED, STRUCK = AgreementState

AGREEMENTS = Machine(
    name="partner_agreement",
    states=dict(AgreementState.choices),
    transitions=(
        Transition(
            action="record",
            label=_("Record an agreement"),
            sources=(NEW,),
            target=RECORDED,
            rule="§4.b",
            policy=policy.may_record,
            guards=(rules.parties_fit, rules.terms_hold, rules.assessment_holds, rules.not_recorded_twice),
            effects=(rules.write_terms,),
        ),
        Transition(
            action="correct",
            label=_("Correct or extend the agreement"),
            sources=(RECORDED,),
            target=None,
            rule="§4.b",
            policy=policy.may_record,
            guards=(rules.terms_hold, rules.not_recorded_twice),
            effects=(rules.write_terms,),
            needs_note=True,
        ),
        Transition(
            action="assess",
            label=_("Record a capacity assessment"),
            sources=(RECORDED,),
            target=None,
            rule="§4.b",
            policy=policy.may_record,
            guards=(rules.assessment_is_there, rules.assessment_holds),
            effects=(rules.write_terms,),
        ),
        Transition(
            action="end",
            label=_("End the agreement early"),
            sources=(RECORDED,),
            target=ENDED,
            rule="§4.b",
            policy=policy.may_record,
            guards=(rules.end_fits,),
            effects=(rules.end_it,),
            needs_note=True,
        ),
        Transition(
            action="strike",
            label=_("Strike out an agreement recorded by mistake"),
            sources=(RECORDED, ENDED),
            target=STRUCK,
            rule="§4.b",
            policy=policy.may_record,
            needs_note=True,
        ),
    ),
)
