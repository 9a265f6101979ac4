"""Guards and effects of signing authorities: given by the Head of Agency, or recorded from an instrument (D19, D17)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from intranet.files import store
from intranet.workflow.machine import ALLOWED, Context, Decision

from .days import network_day
from .models import (
    COUNTING,
    AuthorityState,
    Organization,
    Post,
    PostState,
    ReceivedHow,
    SigningAuthority,
)


def names_somebody_else(context: Context) -> Decision:
    """Nobody records an authority for themselves."""
    authority: SigningAuthority = context.obj
    if context.actor.user_id is not None and authority.person.user_id == context.actor.user_id:
        return Decision(False, _("Person: nobody records an authority for themselves."), "D19")
    return ALLOWED


def authority_is_whole(context: Context) -> Decision:
    """An organization that signs, an instrument, and days in order."""
    authority: SigningAuthority = context.obj
    if not authority.organization.may_sign:
        return Decision(False, _("Organization: one of this kind does not sign the protocol."), "§2")
    if not authority.instrument.strip():
        return Decision(False, _("Instrument: name the letter or decision that gives the authority."), "D19")
    if authority.ends_on is not None and authority.ends_on < authority.begins_on:
        return Decision(False, _("Last day: it lies before the first day. Correct one of them."), "D19")
    return ALLOWED


def one_at_a_time(context: Context) -> Decision:
    """The same person is not named twice for the same days; several people may be. Locks the organization."""
    authority: SigningAuthority = context.obj
    Organization.objects.select_for_update().get(pk=authority.organization_id)
    same = SigningAuthority.objects.filter(
        organization=authority.organization_id, person=authority.person_id, state__in=COUNTING
    ).exclude(pk=authority.pk)
    same = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=authority.begins_on))
    if authority.ends_on is not None:
        same = same.filter(begins_on__lte=authority.ends_on)
    found = same.order_by("begins_on").first()
    if found is None:
        return ALLOWED
    return Decision(
        False,
        _(
            "%(name)s is named from %(begin)s until %(end)s already (%(instrument)s). "
            "End that authority first, or choose other days."
        )
        % {
            "name": authority.person.name,
            "begin": found.begins_on.isoformat(),
            "end": found.ends_on.isoformat() if found.ends_on else _("further notice"),
            "instrument": found.instrument,
        },
        "D19",
    )


def receipt_is_whole(context: Context) -> Decision:
    """What arrived outside carries the way and the day of its arrival, and the file (D17)."""
    authority: SigningAuthority = context.obj
    if authority.received_how not in ReceivedHow.values:
        return Decision(False, _("How it arrived: choose e-mail, letter or signed paper."), "D17")
    if context.data.get("file") is None:
        return Decision(False, _("File: add the mail, the letter or the scan that arrived."), "D17")
    received_on: date | None = authority.received_on
    if received_on is None or received_on > network_day(context.now):
        return Decision(False, _("Received on: this day has not come yet."), "D17")
    return ALLOWED


def none_waits(context: Context) -> Decision:
    """The same authority is not recorded twice while the first waits for its confirmation."""
    authority: SigningAuthority = context.obj
    first = SigningAuthority.objects.filter(
        organization=authority.organization_id,
        person=authority.person_id,
        state=AuthorityState.WAITING,
    ).first()
    if first is None:
        return ALLOWED
    return Decision(
        False, _("%s recorded this already; it waits for its confirmation.") % first.recorded_by, "D17"
    )


def not_the_recorder(context: Context) -> Decision:
    """Nobody confirms their own recording, and nobody an authority for themselves (D17)."""
    authority: SigningAuthority = context.obj
    who = context.actor.user_id
    if who is not None and authority.recorded_by_id != who and authority.person.user_id != who:
        return ALLOWED
    return Decision(
        False, _("You recorded this, or it is your own authority; somebody else must confirm it."), "D17"
    )


def bearer_has_not_left(context: Context) -> Decision:
    """Who held a post there when the instrument was recorded, and holds none any more, signs for it no longer."""
    authority: SigningAuthority = context.obj
    posts = Post.objects.filter(person=authority.person, organization=authority.organization)
    posts = posts.exclude(state=PostState.CANCELLED)
    recorded_on, today = network_day(authority.recorded_at or context.now), network_day(context.now)
    gone = Q(ends_on__lt=today) | Q(ends_at__lte=context.now)
    then = posts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=recorded_on), begins_on__lte=recorded_on)
    if not then.exists() or posts.exclude(gone).exists():
        return ALLOWED
    return Decision(
        False, _("%s left the organization in the meantime; deny this record.") % authority.person.name, "D19"
    )


def no_earlier_day_counts(context: Context) -> Decision:
    """Only what has not been an authority on an earlier day is taken back; else its last day is recorded."""
    if context.obj.begins_on >= network_day(context.now):
        return ALLOWED
    return Decision(False, _("This authority has begun already. Record its last day instead."), "D19")


def keep_the_instrument(context: Context) -> None:
    """Who recorded it, and the uploaded instrument: ``data["file"]`` is (name, bytes, type)."""
    authority: SigningAuthority = context.obj
    authority.recorded_by = context.actor.label
    authority.recorded_by_id = context.actor.user_id
    authority.recorded_at = context.now
    upload = context.data.get("file")
    if upload is not None:
        name, content, kind = upload
        authority.file = store.store(name, content, authority, context.now, content_type=kind)
    context.result["event"] = {"person": str(authority.person_id)}


def name_who_answered(context: Context) -> None:
    """Who confirmed or denied it."""
    context.obj.answered_by = context.actor.label
    context.result["event"] = {"person": str(context.obj.person_id)}
