"""Acts, states and changed values in words, for history pages and the event log."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from intranet.access.roles import Capacity

from . import registry

# Acts without a transition table.
ACTS: dict[str, StrOrPromise] = {
    "access.open": gettext_lazy("Opened a page"),
    "access.sign_out": gettext_lazy("Signed out"),
    "access.capacity": gettext_lazy("Chose a capacity"),
    "calendar.add_day": gettext_lazy("Added a non-working day"),
    "calendar.change_day": gettext_lazy("Changed a non-working day"),
    "calendar.cancel_day": gettext_lazy("Cancelled a non-working day"),
    "calendar.load_year": gettext_lazy("Loaded a year of public holidays"),
    "calendar.confirm_year": gettext_lazy("Confirmed the calendar of a year"),
    "network.change_settings": gettext_lazy("Changed the network’s settings"),
    "notices.copy_text": gettext_lazy("Opened the text of an undelivered mail"),
    "notices.try_again": gettext_lazy("Asked for another try of a mail"),
    "files.download": gettext_lazy("Downloaded a file"),
    "register.annex": gettext_lazy("Printed the list of signatories"),
    "register.export": gettext_lazy("Exported the register of signatories"),
    "audit.read_events": gettext_lazy("Read the event log"),
}


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


def capacity(value: str) -> str:
    """The capacity in words; jobs are "the system"."""
    if value in Capacity.values:
        return str(Capacity(value).label)
    return _("the system") if value == "system" else value


def field_label(model: type[models.Model], name: str) -> str:
    """The field's name for people."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    label = str(getattr(field, "verbose_name", name))
    return label[:1].upper() + label[1:]


def value(model: type[models.Model], name: str, raw: Any) -> str:
    """A stored value for people: choices and states in words, another record only as such."""
    if raw is None or raw == "":
        return _("empty")
    if isinstance(raw, bool):
        return _("yes") if raw else _("no")
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(raw)
    if field.is_relation:
        return _("another record")
    if name == _state_field(model):
        return state(str(model._meta.model_name), str(raw))
    if isinstance(raw, list):
        each = dict(getattr(field, "base_field", field).flatchoices)
        return ", ".join(str(each.get(item, item)) for item in raw)[:400] or _("empty")
    words = dict(getattr(field, "flatchoices", []))
    return str(words.get(raw, raw))[:400]


def _state_field(model: type[models.Model]) -> str:
    governed = registry.find(str(model._meta.model_name))
    return governed.machine.state_field if governed and governed.machine else ""
