"""Guards and effects of a lost phone."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from intranet.access import accounts, invitations
from intranet.access.second_factor import is_set_up
from intranet.files import store
from intranet.workflow.machine import ALLOWED, Context, Decision

from ..days import network_day
from ..models import Person
from . import notices, policy, selectors
from .models import Channel, Recovery, RecoveryState
from .ways import rule_of

# -- guards -------------------------------------------------------------------------------------------


def account_is_in_use(context: Context) -> Decision:
    """Open, and set up once: otherwise it is opened again, or simply invited."""
    user = context.obj.user
    user.refresh_from_db()
    if not user.is_open(context.now):
        return Decision(False, _("This account is closed. Open it again first."), "D10")
    if not is_set_up(user):
        return Decision(False, _("This account was never set up: send a new invitation instead."), "D10")
    return ALLOWED


def nothing_else_is_under_way(context: Context) -> Decision:
    """One at a time for one account."""
    other = selectors.live().filter(user=context.obj.user).exclude(pk=context.obj.pk).first()
    if other is None:
        return ALLOWED
    return Decision(False, _("A lost phone of this person is under way already. Open that one."), "D11")


def time_is_left(context: Context) -> Decision:
    """Before its time is up."""
    if not context.obj.is_over(context.now):
        return ALLOWED
    return Decision(False, _("The time for this has passed. Report the lost phone again."), "D11")


def identity_is_written(context: Context) -> Decision:
    """By which channel, and what was compared."""
    if context.data.get("channel") in Channel.values and str(context.data.get("compared", "")).strip():
        return ALLOWED
    return Decision(False, _("Identity: write how you spoke with the person and what you compared."), "D11")


def voucher_is_known(context: Context) -> Decision:
    """The actor is somebody of the network, and not the person under another account."""
    person = _person_of(context)
    if person is None or person.pk == context.obj.person_id:
        return Decision(False, _("Nobody vouches for themselves or confirms their own lost phone."), "D11")
    return ALLOWED


def earlier_voucher_is_gone(context: Context) -> Decision:
    """Vouching anew is for the case that whoever vouched no longer holds the post."""
    recovery: Recovery = context.obj
    if recovery._state.adding or recovery.state == RecoveryState.OPEN or not _voucher_still_holds(context):
        return ALLOWED
    return Decision(
        False, _("Somebody has vouched already; it waits for the confirmation of another person."), "D11"
    )


def nobody_could_vouch(context: Context) -> Decision:
    """A letter takes the place of a voucher only where there is none."""
    recovery: Recovery = context.obj
    if not selectors.vouchers_for(recovery.user, rule_of(recovery.way), context.now):
        return ALLOWED
    return Decision(False, _("Somebody else could vouch, so a letter is not the way. Ask them."), "D11")


def letter_is_whole(context: Context) -> Decision:
    """From whom, received when, and the file (D17)."""
    data = context.data
    if not data.get("file"):
        return Decision(False, _("File: add the letter."), "D17")
    if not str(data.get("letter_from", "")).strip():
        return Decision(False, _("From: write the name and title under the letter."), "D17")
    if data["received_on"] > network_day(context.now):
        return Decision(False, _("Received on: this day lies ahead."), "D17")
    return ALLOWED


def not_the_voucher(context: Context) -> Decision:
    """Two different people, whatever accounts and capacities they hold."""
    recovery: Recovery = context.obj
    person = _person_of(context)
    if person is None or person.pk == recovery.person_id:
        return Decision(False, _("Nobody vouches for themselves or confirms their own lost phone."), "D11")
    if person.pk == recovery.voucher_id:
        if recovery.by_letter:
            return Decision(False, _("You recorded this letter; somebody else confirms it."), "D17")
        return Decision(False, _("You vouched for this person; somebody else confirms it."), "D11")
    return ALLOWED


def voucher_still_holds(context: Context) -> Decision:
    """Whoever vouched still holds a post that may, and an open account; else somebody vouches anew."""
    if _voucher_still_holds(context):
        return ALLOWED
    return Decision(
        False, _("Whoever vouched no longer holds that post. Somebody else must vouch first."), "D11"
    )


def time_is_up(context: Context) -> Decision:
    """The clock's own guard."""
    return ALLOWED if context.obj.is_over(context.now) else Decision(False, _("Time is left."))


def _voucher_still_holds(context: Context) -> bool:
    from intranet.access.capacities import actor_for

    from ..capacities import held

    recovery: Recovery = context.obj
    voucher = recovery.voucher
    if voucher is None or voucher.user is None or not voucher.user.is_open(context.now):
        return False
    ask = policy.may_record_letter if recovery.by_letter else policy.may_vouch
    return any(
        ask(actor_for(voucher.user, item, None), recovery, context.now).allowed
        for item in held(voucher.user, context.now)
    )


def _person_of(context: Context) -> Person | None:
    if context.actor.user_id is None:
        return None
    return Person.objects.filter(user_id=context.actor.user_id).first()


# -- effects ------------------------------------------------------------------------------------------


def begin(context: Context) -> None:
    """A new one has its own time; vouching anew does not lengthen it."""
    recovery: Recovery = context.obj
    if recovery.opened_at is None:
        recovery.opened_at = context.now
        recovery.opened_by = context.actor.label
        recovery.expires_at = context.now + timedelta(days=settings.RECOVERY_DAYS)


def write_voucher(context: Context) -> None:
    """Who vouched, in which capacity, how the identity was checked."""
    recovery: Recovery = context.obj
    recovery.voucher = _person_of(context)
    recovery.vouched_by = context.actor.label
    recovery.voucher_capacity = context.actor.capacity
    recovery.vouched_at = context.now
    recovery.channel = context.data["channel"]
    recovery.compared = str(context.data["compared"]).strip()
    if rule_of(recovery.way).own and not context.data.get("file") and context.actor.organization_id:
        recovery.organization_id = context.actor.organization_id
    context.result["event"] = {"channel": recovery.channel, "account": str(recovery.user_id)}


def keep_letter(context: Context) -> None:
    """The letter with its file (D17)."""
    recovery: Recovery = context.obj
    name, content, kind = context.data["file"]
    recovery.letter_from = str(context.data["letter_from"]).strip()
    recovery.letter_received_on = context.data["received_on"]
    recovery.file = store.store(name, content, recovery, context.now, content_type=kind)


def write_confirmation(context: Context) -> None:
    """Who confirmed; the link goes out, and every session of the account ends now."""
    recovery: Recovery = context.obj
    recovery.confirmer = _person_of(context)
    recovery.confirmed_by = context.actor.label
    recovery.confirmer_capacity = context.actor.capacity
    recovery.confirmed_at = context.now
    recovery.confirm_channel = context.data["channel"]
    recovery.confirm_compared = str(context.data["compared"]).strip()
    recovery.invitation = accounts.recover(
        recovery.user,
        context.actor,
        context.now,
        language=recovery.person.language,
        address=recovery.person.email,
    )
    recovery.expires_at = recovery.invitation.expires_at
    context.result["event"] = {
        "channel": recovery.confirm_channel,
        "account": str(recovery.user_id),
        "voucher": str(recovery.voucher_id),
    }


def end(context: Context) -> None:
    """It is over; a link that is still open opens nothing any more."""
    recovery: Recovery = context.obj
    recovery.ended_at = context.now
    if context.transition.action != "use" and recovery.invitation is not None:
        invitations.void_open(recovery.user)


def tell(context: Context) -> None:
    """Whoever takes part hears of every step."""
    notices.step(context.obj, context.now)
