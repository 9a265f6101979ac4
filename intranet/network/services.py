"""Changing the network's settings: a new dated row, its event, its history (D42)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from audit import ledger
from audit.actors import Actor, acting
from intranet.clock.days import network_day

from .models import NetworkSettings

KEPT_BY_THE_SERVICE = frozenset({"id", "at", "by", "reason"})

CHANNELS, VERIFIED = {"hotline", "inter_agency_email"}, "channels_verified_on"


def setting_fields() -> list[models.Field[Any, Any]]:
    """The fields that people change, in the order of the model."""
    return [f for f in NetworkSettings._meta.fields if f.name not in KEPT_BY_THE_SERVICE]


def changes(values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Which settings ``values`` would change: name to (now, then)."""
    current = NetworkSettings.current()
    found = {}
    for field in setting_fields():
        if field.name in values and values[field.name] != getattr(current, field.name):
            found[field.name] = (getattr(current, field.name), values[field.name])
    return found


def change_settings(
    values: Mapping[str, Any], actor: Actor, now: datetime, reason: str, base: UUID | None
) -> NetworkSettings | None:
    """Write the next settings record; None (and nothing written) when nothing changes.

    ``now``: UTC instant from which they are in force. ``base``: the record that the person saw, None
    for the shipped defaults. Raises ValidationError for a value that the model refuses, and when
    somebody else changed the settings meanwhile. The event names each setting with old and new value.
    Another number or address is not verified until somebody has called or written to it (trap 46).
    """
    with transaction.atomic():
        changed = changes(values)
        if not changed:
            return None
        current = NetworkSettings.current()
        if changed.keys() & CHANNELS and VERIFIED not in changed and current.channels_verified_on:
            changed[VERIFIED] = (current.channels_verified_on, None)
        if (verified := changed.get(VERIFIED, (None, None))[1]) and verified > network_day(now):
            raise ValidationError(_("Hotline and e-mail verified on: the day has not come yet."))
        facts = {field.name: getattr(current, field.name) for field in setting_fields()}
        facts |= {name: new for name, (_old, new) in changed.items()}
        row = NetworkSettings(at=now, by=actor.label, reason=reason, **facts)
        row.full_clean(exclude=["id"])
        ledger.hold()  # two changes at once come one after the other
        newest = NetworkSettings.objects.order_by("-at").first()
        if newest is not None and newest.pk != base:
            raise ValidationError(
                _(
                    "%(who)s changed the settings after you opened this page. Look at them, then change again."
                ),
                params={"who": newest.by},
            )
        with acting(actor, reason) as written:
            row.save()
        ledger.record(
            now=now,
            actor=actor,
            action="network.change_settings",
            subject=ledger.Subject("networksettings", str(row.pk), row.network_name),
            clause="D42",
            reason=reason,
            data={name: [str(old), str(new)] for name, (old, new) in changed.items()},
            rows=written.rows,
        )
    return row
