"""Transition tables of organizations (their participation), people, posts and signing authorities."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.workflow.machine import NEW, Machine, Transition

from . import appointments, authorities, naming, participation, persons, policy, received_rules, rules
from .leaving import rules as leaving
from .models import AuthorityState, OrganizationState, PersonState, PostState
from .register import year
from .stops import rows as stop_rows

LISTED, SIGNATORY, SUSPENDED, FLOW_STOPPED, SUSPENDED_STOPPED, WITHDRAWN = OrganizationState
ANY = tuple(OrganizationState)
MEMBERS = (SIGNATORY, SUSPENDED, FLOW_STOPPED, SUSPENDED_STOPPED)

# Where an endorsement leads from each state: stops outlast it, an older paper does not undo a withdrawal,
# a stop that was announced for a later day comes back with the membership.
_REACHES: dict[OrganizationState, tuple[OrganizationState, ...]] = {
    LISTED: (SIGNATORY,),
    **{state: (state,) for state in MEMBERS},
    WITHDRAWN: MEMBERS,
}

_endorse = tuple(
    Transition(
        action="endorse",
        label=_("Endorse the protocol"),
        sources=(source,),
        target=None,
        rule="D19",
        policy=policy.may_endorse,
        guards=(
            rules.signs_at_all,
            rules.text_is_the_current_one,
            rules.not_endorsed_yet,
            rules.no_withdrawal_ahead,
            rules.signer_names_title,
        ),
        effects=(participation.write_endorsement,),
        step_up=True,
        targets=reaches,
        choose=participation.state_from_ledger,
    )
    for source, reaches in _REACHES.items()
)

_confirm_endorsement = tuple(
    Transition(
        action="confirm_endorsement",
        label=_("Confirm the endorsement"),
        sources=(source,),
        target=None,
        rule="D17",
        policy=policy.may_confirm,
        guards=(
            rules.still_waits,
            rules.not_the_recorder,
            rules.confirmed_edition_is_new,
            received_rules.nobody_left_later,
        ),
        effects=(participation.write_confirmation,),
        step_up=True,
        targets=(*reaches, WITHDRAWN) if source == WITHDRAWN else reaches,
        choose=participation.state_from_ledger,
    )
    for source, reaches in _REACHES.items()
)

_deny = tuple(
    Transition(
        action=action,
        label=label,
        sources=ANY,
        target=None,
        rule="D17",
        policy=decide,
        guards=(rules.still_waits, rules.not_the_recorder, rules.office_stands_apart),
        effects=(participation.write_denial,),
        needs_note=True,
    )
    for action, label, decide in (
        ("deny_endorsement", _("Deny the endorsement"), policy.may_confirm),
        ("deny_withdrawal", _("Deny the withdrawal"), policy.may_confirm_withdrawal),
        ("deny_suspension", _("Deny that less is suspended"), policy.may_confirm),
        ("deny_resumption", _("Deny the resumption"), policy.may_confirm),
        ("deny_flow_resumption", _("Deny the resumption of the flow"), policy.may_confirm),
    )
)

ORGANIZATIONS = Machine(
    name="organization",
    states=dict(OrganizationState.choices),
    transitions=(
        Transition(
            action="register",
            label=_("Register the organization"),
            sources=(NEW,),
            target=LISTED,
            rule="§2",
            policy=policy.may_register_organization,
            guards=(
                naming.one_of_a_kind,
                naming.region_is_known,
                naming.is_not_listed_by_another_name,
                naming.listed_name_is_free,
            ),
        ),
        Transition(
            action="correct",
            label=_("Correct the entry"),
            sources=ANY,
            target=None,
            rule="§2",
            policy=policy.coordination_only,
            guards=(naming.region_is_known, naming.corrected_name_is_free),
            effects=(participation.correct,),
            needs_note=True,
        ),
        naming.RENAME,
        *_endorse,
        *stop_rows.SHARING,
        *stop_rows.FLOW,
        Transition(
            action="withdraw",
            label=_("Withdraw from the protocol"),
            sources=MEMBERS,
            target=WITHDRAWN,
            rule="§9.i fn5",
            policy=policy.may_withdraw,
            guards=(rules.statement_is_written, rules.effect_lies_ahead),
            effects=(participation.write_withdrawal,),
            step_up=True,
        ),
        Transition(
            action="record_endorsement",
            label=_("Record an endorsement received outside"),
            sources=ANY,
            target=None,
            rule="D17",
            policy=policy.may_record_received,
            guards=(
                rules.signs_at_all,
                rules.receipt_is_whole,
                received_rules.name_and_address_agree,
                rules.signed_before_received,
                received_rules.text_was_in_force,
                rules.not_endorsed_yet,
                rules.none_waits,
            ),
            effects=(participation.write_received,),
            step_up=True,
        ),
        Transition(
            action="record_withdrawal",
            label=_("Record a withdrawal received outside"),
            sources=MEMBERS,
            target=None,
            rule="D17",
            policy=policy.may_record_received,
            guards=(
                rules.receipt_is_whole,
                rules.name_is_the_signers,
                rules.stops_from_arrival_on,
                received_rules.nothing_was_endorsed_later,
                rules.none_waits,
            ),
            effects=(participation.write_received,),
            step_up=True,
        ),
        *_confirm_endorsement,
        Transition(
            action="confirm_withdrawal",
            label=_("Confirm the withdrawal"),
            sources=MEMBERS,
            target=WITHDRAWN,
            rule="D17",
            policy=policy.may_confirm_withdrawal,
            guards=(
                rules.still_waits,
                rules.not_the_recorder,
                rules.name_still_speaks,
                received_rules.nothing_was_endorsed_later,
                received_rules.denied_by_the_signer,
            ),
            effects=(participation.write_confirmation,),
            step_up=True,
        ),
        *_deny,
        Transition(
            action="issue_year",
            label=_("Issue the organization's year"),
            sources=ANY,
            target=None,
            rule="D10",
            policy=year.may_issue,
            guards=(year.year_has_begun,),
            effects=(year.issue,),
        ),
    ),
)

PEOPLE = Machine(
    name="person",
    states=dict(PersonState.choices),
    transitions=(
        Transition(
            action="register",
            label=_("Register a person"),
            sources=(NEW,),
            target=PersonState.LISTED,
            rule="D9",
            policy=policy.may_register_person,
            guards=(appointments.address_is_free,),
        ),
        Transition(
            action="link_account",
            label=_("Connect an account"),
            sources=(PersonState.LISTED,),
            target=None,
            rule="D10",
            policy=policy.may_link_account,
            guards=(appointments.account_is_free,),
            effects=(appointments.link_account,),
        ),
        *persons.ROWS,
        Transition(
            action="leave",
            label=_("Record that somebody leaves"),
            sources=(PersonState.LISTED,),
            target=None,
            rule="D9",
            policy=leaving.may_let_go,
            guards=(leaving.holds_something_here, leaving.nothing_is_beyond_reach),
            effects=(leaving.end_everything_here,),
            needs_note=True,
            step_up=True,
        ),
    ),
)

POSTS = Machine(
    name="post",
    states=dict(PostState.choices),
    transitions=(
        Transition(
            action="appoint",
            label=_("Fill the post"),
            sources=(NEW,),
            target=PostState.HELD,
            rule="D9",
            policy=policy.may_appoint,
            guards=(
                appointments.belongs_there,
                appointments.not_oneself,
                appointments.dates_in_order,
                appointments.address_is_free,
                appointments.nobody_else_holds_it,
            ),
            effects=(appointments.list_the_person,),
            step_up=True,
        ),
        Transition(
            action="found",
            label=_("Name the first holder at installation"),
            sources=(NEW,),
            target=PostState.HELD,
            rule="D9",
            policy=policy.may_found,
            guards=(appointments.belongs_there, appointments.dates_in_order),
            effects=(appointments.list_the_person,),
        ),
        Transition(
            action="end",
            label=_("Record the end of the post"),
            sources=(PostState.HELD, PostState.ENDED),
            target=PostState.ENDED,
            rule="D9",
            policy=policy.may_appoint,
            guards=(appointments.end_is_not_before_the_start,),
            effects=(appointments.end_it,),
            step_up=True,
        ),
        Transition(
            action="cancel",
            label=_("Cancel the post before it begins"),
            sources=(PostState.HELD, PostState.ENDED),
            target=PostState.CANCELLED,
            rule="D9",
            policy=policy.may_appoint,
            guards=(appointments.has_not_begun,),
            effects=(appointments.cancel_it,),
            needs_note=True,
            step_up=True,
        ),
    ),
)

AUTHORITIES = Machine(
    name="signing_authority",
    states=dict(AuthorityState.choices),
    transitions=(
        Transition(
            action="record",
            label=_("Give an authority to sign"),
            sources=(NEW,),
            target=AuthorityState.RECORDED,
            rule="D19",
            policy=policy.may_give_authority,
            guards=(
                authorities.authority_is_whole,
                authorities.names_somebody_else,
                authorities.one_at_a_time,
            ),
            effects=(authorities.keep_the_instrument,),
            step_up=True,
        ),
        Transition(
            action="record_received",
            label=_("Record an authority received outside"),
            sources=(NEW,),
            target=AuthorityState.WAITING,
            rule="D17",
            policy=policy.may_record_authority_received,
            guards=(
                authorities.authority_is_whole,
                authorities.names_somebody_else,
                authorities.receipt_is_whole,
                authorities.one_at_a_time,
                authorities.none_waits,
            ),
            effects=(authorities.keep_the_instrument,),
            step_up=True,
        ),
        Transition(
            action="confirm",
            label=_("Confirm the authority"),
            sources=(AuthorityState.WAITING,),
            target=AuthorityState.RECORDED,
            rule="D17",
            policy=policy.may_confirm_authority,
            guards=(
                authorities.not_the_recorder,
                authorities.bearer_has_not_left,
                authorities.one_at_a_time,
            ),
            effects=(authorities.name_who_answered,),
            step_up=True,
        ),
        Transition(
            action="deny",
            label=_("Deny the authority"),
            sources=(AuthorityState.WAITING,),
            target=AuthorityState.DENIED,
            rule="D17",
            policy=policy.may_confirm_authority,
            guards=(authorities.not_the_recorder,),
            effects=(authorities.name_who_answered,),
            needs_note=True,
        ),
        Transition(
            action="take_back",
            label=_("Take the authority back on its first day or before"),
            sources=(AuthorityState.RECORDED, AuthorityState.ENDED),
            target=AuthorityState.DENIED,
            rule="D19",
            policy=policy.may_end_authority,
            guards=(authorities.no_earlier_day_counts,),
            effects=(authorities.name_who_answered,),
            needs_note=True,
            step_up=True,
        ),
        Transition(
            action="end",
            label=_("End the authority"),
            sources=(AuthorityState.RECORDED, AuthorityState.ENDED),
            target=AuthorityState.ENDED,
            rule="D19",
            policy=policy.may_end_authority,
            guards=(appointments.end_is_not_before_the_start,),
            effects=(appointments.end_it,),
            step_up=True,
        ),
    ),
)
