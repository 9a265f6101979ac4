"""When a mail may be marked as told by another channel."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intranet.network.models import NetworkSettings
from intranet.workflow.machine import ALLOWED, Context, Decision

from .models import Channel, ToldOtherwise


def mail_is_stuck(context: Context) -> Decision:
    """One that arrived, or whose turn still comes, needs no other channel."""
    notice = context.obj.notice
    if notice.delivered_at is not None:
        return Decision(False, _("This mail has arrived in the meantime."), "D23")
    if not notice.is_stuck:
        return Decision(False, _("This mail is not stuck: it is still being tried."), "D23")
    return ALLOWED


def channel_is_named(context: Context) -> Decision:
    """By which channel; another one by its name."""
    told: ToldOtherwise = context.obj
    if told.channel not in Channel.values:
        return Decision(False, _("Channel: choose how it was told."), "D23")
    if told.channel == Channel.OTHER and not told.other.strip():
        return Decision(False, _("Other channel: write which one."), "D23")
    return ALLOWED


def day_can_be(context: Context) -> Decision:
    """Not before the mail was written, not after today; days of the network's time zone."""
    told: ToldOtherwise = context.obj
    zone = NetworkSettings.current().zone()
    if told.told_on > context.now.astimezone(zone).date():
        return Decision(False, _("Told on: this day has not come yet."), "D23")
    if told.told_on < told.notice.written_at.astimezone(zone).date():
        return Decision(False, _("Told on: the mail had not been written yet."), "D23")
    return ALLOWED


def note(context: Context) -> None:
    """Who told it, when it was entered; the mail itself stays undelivered."""
    told: ToldOtherwise = context.obj
    told.by, told.by_user_id = context.actor.label, context.actor.user_id
    told.at = context.now
    context.result["event"] = {"notice": str(told.notice_id), "channel": told.channel}
