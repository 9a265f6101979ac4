"""Acts, states, fields and changed values in words, for history pages, the event log and the access log.

Nothing raw reaches people: no name of a field, no code, no id. What a slice's model does not say itself
it says by ``registry.Said``; acts without a transition table are named by ``register_acts``.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from audit.actors import SYSTEM
from intranet.access.roles import Capacity
from intranet.clock import wording as dates
from intranet.network.models import NetworkSettings

from . import registry

# Acts without a transition table; floors above add theirs.
ACTS: dict[str, StrOrPromise] = {
    "access.open": gettext_lazy("Opened a page"),
    "access.sign_in": gettext_lazy("Signed in"),
    "access.sign_out": gettext_lazy("Signed out"),
    "access.capacity": gettext_lazy("Chose a capacity"),
    "access.code": gettext_lazy("Typed a code"),
    "access.step_up": gettext_lazy("Confirmed with a fresh code"),
    "access.locked_out": gettext_lazy("Locked out after too many failures"),
    "access.address_closed": gettext_lazy("Closed an address after too many failures"),
    "access.reset_asked": gettext_lazy("Asked for a new password"),
    "access.password_reset": gettext_lazy("Chose a new password by the mailed link"),
    "access.password_changed": gettext_lazy("Changed the password"),
    "access.address_before_use": gettext_lazy("Followed a corrected address before its first use"),
    "access.address_changed": gettext_lazy("Changed the address with which one signs in"),
    "access.enrolled": gettext_lazy("Set up the second factor"),
    "access.device_replaced": gettext_lazy("Replaced the second factor"),
    "access.codes_renewed": gettext_lazy("Renewed the backup codes"),
    "access.disabled": gettext_lazy("Removed the second factor"),
    "account.open": gettext_lazy("Opened an account"),
    "account.technical": gettext_lazy("Opened a technical account"),
    "account.deactivate": gettext_lazy("Deactivated an account"),
    "account.reactivate": gettext_lazy("Opened an account again"),
    "calendar.add_day": gettext_lazy("Added a non-working day"),
    "calendar.change_day": gettext_lazy("Changed a non-working day"),
    "calendar.cancel_day": gettext_lazy("Cancelled a non-working day"),
    "calendar.load_year": gettext_lazy("Loaded a year of public holidays"),
    "calendar.confirm_year": gettext_lazy("Confirmed the calendar of a year"),
    "network.found": gettext_lazy("Founded the network"),
    "network.change_settings": gettext_lazy("Changed the network’s settings"),
    "notices.copy_text": gettext_lazy("Opened the text of an undelivered mail"),
    "notices.try_again": gettext_lazy("Asked for another try of a mail"),
    "files.download": gettext_lazy("Downloaded a file"),
    "account.end_access": gettext_lazy("Set the hour at which access ends"),
    "access.sessions_ended": gettext_lazy("Ended all own sessions"),
    "recovery.on_the_server": gettext_lazy("Opened a way back on the server"),
    "register.annex": gettext_lazy("Printed the list of signatories"),
    "register.export": gettext_lazy("Exported the register of signatories"),
    "reference_data.save": gettext_lazy("Saved reference data"),
    "audit.read_events": gettext_lazy("Read the event log"),
    "audit.read_access": gettext_lazy("Read the access log"),
    "audit.export_access": gettext_lazy("Downloaded the access log"),
}

# What events are about beside the governed objects.
NOUNS: dict[str, StrOrPromise] = {
    "account": gettext_lazy("account"),
    "calendar": gettext_lazy("calendar of a year"),
    "month": gettext_lazy("month of all organizations"),
    "notice": gettext_lazy("mail"),
    "page": gettext_lazy("page of the site"),
    "screen": gettext_lazy("page of the system"),
}

# Jobs and commands that act, by the name that follows "system:".
JOBS: dict[str, StrOrPromise] = {
    "run_due": gettext_lazy("the hourly job"),
    "data_requests": gettext_lazy("the hourly job"),
    "deliver": gettext_lazy("the mail job"),
    "installation": gettext_lazy("the installation"),
    "found_network": gettext_lazy("the installation"),
    "adopt_protocol": gettext_lazy("the installation"),
    "invite": gettext_lazy("the installation"),
}

# Fields that are called the same everywhere.
COMMON: dict[str, StrOrPromise] = {
    "act": gettext_lazy("act"),
    "address": gettext_lazy("address"),
    "again": gettext_lazy("invited again"),
    "answered_by": gettext_lazy("answered by"),
    "answers": gettext_lazy("answers the entry"),
    "at": gettext_lazy("time of the act"),
    "breach_reference": gettext_lazy("reference of the breach"),
    "by": gettext_lazy("by whom"),
    "by_capacity": gettext_lazy("in which capacity"),
    "calendar_version": gettext_lazy("version of the calendar"),
    "capacity": gettext_lazy("in which capacity"),
    "channel": gettext_lazy("channel"),
    "classification": gettext_lazy("class"),
    "compared": gettext_lazy("what was compared"),
    "completed_at": gettext_lazy("completed at"),
    "confirm_channel": gettext_lazy("channel of the confirmation"),
    "confirm_compared": gettext_lazy("what the confirmation compared"),
    "confirmed_at": gettext_lazy("confirmed at"),
    "confirmed_by": gettext_lazy("confirmed by"),
    "confirmer": gettext_lazy("who confirms"),
    "confirmer_capacity": gettext_lazy("confirmed in which capacity"),
    "counted_from": gettext_lazy("counted from"),
    "data_set_sha256": gettext_lazy("fingerprint of the figures (SHA-256)"),
    "decided_on": gettext_lazy("decided on"),
    "due_on": gettext_lazy("due on"),
    "edition_label": gettext_lazy("edition"),
    "edition_number": gettext_lazy("edition"),
    "edition_sha256": gettext_lazy("fingerprint of the text (SHA-256)"),
    "effective_on": gettext_lazy("takes effect on"),
    "ended_at": gettext_lazy("ended at"),
    "endorsement": gettext_lazy("endorsement"),
    "ends_at": gettext_lazy("ends at"),
    "entry": gettext_lazy("entry of the ledger"),
    "expires_at": gettext_lazy("holds until"),
    "file": gettext_lazy("file"),
    "former": gettext_lazy("signer until then"),
    "former_email": gettext_lazy("e-mail of the signer until then"),
    "former_name": gettext_lazy("name of the signer until then"),
    "former_title": gettext_lazy("title of the signer until then"),
    "from_on": gettext_lazy("from"),
    "how": gettext_lazy("how"),
    "in_effect": gettext_lazy("in effect"),
    "instrument": gettext_lazy("instrument"),
    "instrument_file": gettext_lazy("file of the instrument"),
    "instrument_sha256": gettext_lazy("fingerprint of the instrument (SHA-256)"),
    "invitation": gettext_lazy("invitation"),
    "invited_at": gettext_lazy("invited at"),
    "invited_by": gettext_lazy("invited by"),
    "invited_on": gettext_lazy("invited on"),
    "kind": gettext_lazy("kind"),
    "language": gettext_lazy("language"),
    "last_day": gettext_lazy("last day"),
    "letter": gettext_lazy("letter"),
    "letter_from": gettext_lazy("letter from"),
    "letter_received_on": gettext_lazy("letter received on"),
    "letters": gettext_lazy("letters"),
    "lifted_on": gettext_lazy("lifted on"),
    "made_at": gettext_lazy("made at"),
    "made_by": gettext_lazy("made by"),
    "made_capacity": gettext_lazy("made in which capacity"),
    "name": gettext_lazy("name"),
    "name_key": gettext_lazy("name as compared"),
    "note": gettext_lazy("note"),
    "notice": gettext_lazy("mail"),
    "notifications_continue": gettext_lazy("notifications go on"),
    "number": gettext_lazy("number"),
    "office_involved": gettext_lazy("the office is involved"),
    "opened_at": gettext_lazy("opened at"),
    "opened_by": gettext_lazy("opened by"),
    "organization": gettext_lazy("organization"),
    "party_key": gettext_lazy("name as compared"),
    "person": gettext_lazy("person"),
    "purpose": gettext_lazy("what it is for"),
    "reason": gettext_lazy("reason"),
    "received_how": gettext_lazy("how it arrived"),
    "received_on": gettext_lazy("received on"),
    "recorded_at": gettext_lazy("recorded at"),
    "recorded_by": gettext_lazy("recorded by"),
    "recorded_capacity": gettext_lazy("recorded in which capacity"),
    "reference": gettext_lazy("reference"),
    "reply": gettext_lazy("answer"),
    "request": gettext_lazy("request"),
    "review_on": gettext_lazy("expected review"),
    "round": gettext_lazy("round"),
    "round_on": gettext_lazy("asked on"),
    "same": gettext_lazy("the same party"),
    "scope": gettext_lazy("what it covers"),
    "side": gettext_lazy("for which side"),
    "signed_by": gettext_lazy("signed by"),
    "signed_title": gettext_lazy("title of who signed"),
    "state": gettext_lazy("state"),
    "statement": gettext_lazy("statement"),
    "succession": gettext_lazy("succession"),
    "successor": gettext_lazy("successor"),
    "successor_email": gettext_lazy("e-mail of the successor"),
    "successor_name": gettext_lazy("name of the successor"),
    "successor_title": gettext_lazy("title of the successor"),
    "suspension": gettext_lazy("suspension"),
    "user": gettext_lazy("account"),
    "verified": gettext_lazy("identity verified"),
    "vouched_at": gettext_lazy("vouched at"),
    "vouched_by": gettext_lazy("vouched for by"),
    "voucher": gettext_lazy("who vouches"),
    "voucher_capacity": gettext_lazy("vouched in which capacity"),
    "way": gettext_lazy("which way"),
    "why": gettext_lazy("why"),
}

_MONTH = re.compile(r"[12][0-9]{3}-(0[1-9]|1[0-2])")
LONGEST = 400  # characters of a value in a line of a history; the two versions show it whole


def register_acts(acts: Mapping[str, StrOrPromise]) -> None:
    """Words for acts that no transition table names; called by a slice's ``ready``."""
    ACTS.update(acts)


def act(action: str) -> str:
    """ "requests.issue" in the words of its button; the token itself where nothing else is known."""
    if action in ACTS:
        return str(ACTS[action])
    name, _dot, verb = action.rpartition(".")
    for governed in registry.governed_objects():
        if governed.machine is not None and governed.machine.name == name:
            for row in governed.machine.transitions:
                if row.action == verb:
                    return str(row.label)
    return action


def state(object_type: str, token: str) -> str:
    """The state's label in its machine; the token where there is none."""
    governed = registry.find(object_type)
    if governed is None or governed.machine is None:
        return token
    return str(governed.machine.states.get(token, token))


def reason(object_type: str, written: str) -> str:
    """A reason as written, or the words of its code."""
    governed = registry.find(object_type)
    return str(governed.said.reason(written)) if governed is not None and written else written


def noun(object_type: str) -> str:
    """What an object of this type is; the type itself where nothing is known."""
    governed = registry.find(object_type)
    if governed is not None:
        return str(governed.said.noun or governed.model._meta.verbose_name)
    return str(NOUNS.get(object_type, object_type))


def label(written: str) -> str:
    """The reference of an object as the ledger wrote it; a month is spelled out."""
    if _MONTH.fullmatch(written):
        return dates.month(date.fromisoformat(f"{written}-01"))
    return written


def who(label: str) -> str:
    """A person by name; a job by what it does."""
    name, _colon, job = label.partition(":")
    return str(JOBS.get(job, gettext_lazy("the system"))) if name == SYSTEM and job else label


def capacity(value: str) -> str:
    """The capacity in words; jobs are "the system"."""
    if value in Capacity.values:
        return str(Capacity(value).label)
    return _("the system") if value == "system" else value


def shown_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields that a history shows: tracked, neither an id nor hidden by the slice."""
    governed = registry.kind_of(model)
    hidden = governed.said.hidden if governed is not None else frozenset()
    tracked = {field.name for field in model.history.model.tracked_fields}  # type: ignore[attr-defined]
    return [
        field
        for field in model._meta.fields
        if field.name in tracked and field.name not in hidden and not _is_id(field)
    ]


def _is_id(field: models.Field[Any, Any]) -> bool:
    return field.primary_key or (isinstance(field, models.UUIDField) and not field.is_relation)


def named(model: type[models.Model], name: str) -> StrOrPromise | None:
    """The field's name as somebody wrote it; None where only Django's guess from the code is left."""
    governed = registry.kind_of(model)
    if governed is not None and name in governed.said.fields:
        return governed.said.fields[name]
    written: StrOrPromise | None = getattr(model._meta.get_field(name), "_verbose_name", None)
    return written or COMMON.get(name)


def field_label(model: type[models.Model], name: str) -> str:
    """The field's name for people."""
    label = str(named(model, name) or getattr(model._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


class Names:
    """What a field points to, by the label of the other record: who reads the object reads that too."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[models.Model], Any], str] = {}

    def load(self, wanted: Iterable[tuple[type[models.Model], Any]]) -> None:
        """Read the records that values point to. One query a kind."""
        by_model: dict[type[models.Model], set[Any]] = {}
        for model, pk in wanted:
            if pk is not None and (model, pk) not in self._known:
                by_model.setdefault(model, set()).add(pk)
        for model, pks in by_model.items():
            governed = registry.kind_of(model)
            rows = model._default_manager.all()
            if governed is not None and governed.said.related:
                rows = rows.select_related(*governed.said.related)
            for row in rows.filter(pk__in=pks):
                self._known[model, row.pk] = str(registry.name_of(row) or _("another record"))

    def of(self, model: type[models.Model], pk: Any) -> str:
        return self._known.get((model, pk), _("another record"))


def points_to(model: type[models.Model], name: str, raw: Any) -> tuple[type[models.Model], Any] | None:
    """The record that a value of this field stands for, as ``Names`` takes it; None for plain values."""
    field: Any = model._meta.get_field(name)
    return (field.related_model, raw) if field.is_relation and raw is not None else None


def value(
    model: type[models.Model], name: str, raw: Any, names: Names | None = None, longest: int | None = LONGEST
) -> str:
    """A stored value for people: choices and states in words, dates spelled out, records by their label."""
    said = _value(model, name, raw, names)
    return said if longest is None or len(said) <= longest else f"{said[:longest].rstrip()}…"


def _value(model: type[models.Model], name: str, raw: Any, names: Names | None) -> str:
    if raw is None or raw == "" or raw == []:
        return _("empty")
    governed = registry.kind_of(model)
    if governed is not None and name in governed.said.values:
        return str(governed.said.values[name](raw))
    if isinstance(raw, bool):
        return _("yes") if raw else _("no")
    target = points_to(model, name, raw)
    if target is not None:
        return names.of(*target) if names is not None else _("another record")
    if name == _state_field(model):
        return state(str(model._meta.model_name), str(raw))
    field: Any = model._meta.get_field(name)
    if isinstance(raw, list):
        each = dict(getattr(field, "base_field", field).flatchoices or ())
        return ", ".join(str(each.get(item, item)) for item in raw)
    words = dict(getattr(field, "flatchoices", []))
    if raw in words:
        return str(words[raw])
    return _plain(name, raw)


def _plain(name: str, raw: Any) -> str:
    if isinstance(raw, datetime):
        zone = NetworkSettings.current().zone()
        return f"{dates.plain_date(raw.astimezone(zone).date())}, {dates.time_of_day(raw, zone)}"
    if isinstance(raw, date):
        return dates.plain_date(raw)
    if isinstance(raw, uuid.UUID):
        return _("another record")
    if name == "capacity" or name.endswith("_capacity"):
        return capacity(str(raw))
    if name == "language" or name.endswith("_language"):
        return str(dict(settings.LANGUAGES).get(str(raw), raw))
    return str(raw)


def _state_field(model: type[models.Model]) -> str:
    governed = registry.kind_of(model)
    return governed.machine.state_field if governed and governed.machine else ""
