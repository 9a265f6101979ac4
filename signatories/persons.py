"""What is kept of a person: corrections with their reason, own details, mail that came back (trap 6).

The address that the network writes to is corrected here. The address with which the person signs in
follows only by the person's own act, or while the account was never used (docs/features/people.md).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access import sign_in_address
from intranet.notices import outbox
from intranet.workflow.machine import ALLOWED, Context, Decision, Transition
from intranet.workflow.wording import field_label

from . import own_address, policy
from .accounts import rules as accounts
from .appointments import address_belongs_to
from .days import network_day
from .models import Person, PersonState

CORRECTABLE = ("name", "email", "language", "languages", "duty_station", "phone")
OWN_DETAILS = ("language", "languages", "duty_station", "phone")
_TEXTS = ("name", "email", "duty_station", "phone")


def tidy(values: dict[str, Any]) -> dict[str, Any]:
    """Texts without spaces around them, the address in small letters."""
    clean = {name: value.strip() if name in _TEXTS else value for name, value in values.items()}
    if "email" in clean:
        clean["email"] = clean["email"].lower()
    return clean


def values_hold(context: Context) -> Decision:
    """Each value is one that the field takes: an address, known languages, a telephone number."""
    fields = [name for name in CORRECTABLE if name in context.data]
    candidate = Person(**{name: context.data[name] for name in fields})
    others = [field.name for field in Person._meta.fields if field.name not in fields]
    try:
        candidate.clean_fields(exclude=others)
    except ValidationError as error:
        name = next(iter(error.message_dict))
        return Decision(False, f"{field_label(Person, name)}: {error.message_dict[name][0]}", "D9")
    return ALLOWED


def own_details_alone(context: Context) -> Decision:
    """Name and address are corrected by the Coordinator, with a reason."""
    if set(context.data) <= set(OWN_DETAILS):
        return ALLOWED
    return Decision(False, _("Name and e-mail: the PSEA Coordinator corrects them."), "D9")


def something_changes(context: Context) -> Decision:
    """A correction that corrects nothing is none."""
    if any(getattr(context.obj, name) != context.data[name] for name in CORRECTABLE if name in context.data):
        return ALLOWED
    return Decision(False, _("Nothing is different from what stands there already."), "D9")


def address_is_free(context: Context) -> Decision:
    """No other person, and nobody else's account, has the new address."""
    address = context.data.get("email", context.obj.email)
    if address.lower() == context.obj.email.lower():
        return ALLOWED
    owner = address_belongs_to(Person(pk=context.obj.pk, email=address))
    if owner is not None:
        return Decision(False, _("E-mail: this address belongs to %s. Write another one.") % owner.name, "D9")
    if sign_in_address.is_taken(address, context.obj.user):
        return Decision(False, _("E-mail: another account signs in with this address."), "D10")
    return ALLOWED


def apply(context: Context) -> None:
    """The new values; a new address ends the repair, sends again what came back, and asks its owner."""
    person: Person = context.obj
    before = person.email
    changed = [n for n in CORRECTABLE if n in context.data and getattr(person, n) != context.data[n]]
    for name in changed:
        setattr(person, name, context.data[name])
    context.result["event"] = {"fields": changed}
    if "name" in changed and person.user is not None:
        sign_in_address.follow_name(person.user, person.name)
    if "email" in changed:
        person.address_fails_since = None
        context.result["event"]["sent_again"] = outbox.send_again(before, person.email, context.now)
        own_address.corrected(person, context.actor, context.now)


def mark_failing(context: Context) -> None:
    """Mail to the person's address came back: a contact to repair."""
    context.obj.address_fails_since = network_day(context.now)


def is_not_marked(context: Context) -> Decision:
    """One mark is enough until the repair."""
    if context.obj.address_fails_since is None:
        return ALLOWED
    return Decision(
        False, _("It is recorded already; correct the address, or say that it is right."), "§7B.1"
    )


def address_is_right(context: Context) -> None:
    """Nothing was wrong with the address, or it works again: what came back goes there once more."""
    person: Person = context.obj
    person.address_fails_since = None
    context.result["event"] = {"sent_again": outbox.send_again(person.email, person.email, context.now)}


ROWS = (
    Transition(
        action="correct",
        label=gettext_lazy("Correct what is kept of a person"),
        sources=(PersonState.LISTED,),
        target=None,
        rule="D9",
        policy=policy.may_correct_person,
        guards=(
            accounts.address_alone,
            values_hold,
            something_changes,
            address_is_free,
            accounts.two_stand_behind_a_signer,
        ),
        effects=(apply,),
        needs_note=True,
        step_up=True,
    ),
    Transition(
        action="describe",
        label=gettext_lazy("Change one's own details"),
        sources=(PersonState.LISTED,),
        target=None,
        rule="D9",
        policy=policy.may_describe_person,
        guards=(own_details_alone, values_hold),
        effects=(apply,),
    ),
    Transition(
        action="note_bounce",
        label=gettext_lazy("Record that mail came back"),
        sources=(PersonState.LISTED,),
        target=None,
        rule="§7B.1",
        policy=policy.may_repair_contact,
        guards=(is_not_marked,),
        effects=(mark_failing,),
    ),
    Transition(
        action="address_is_right",
        label=gettext_lazy("Say that the address is right, and send again"),
        sources=(PersonState.LISTED,),
        target=None,
        rule="§7B.1",
        policy=policy.may_repair_contact,
        effects=(address_is_right,),
        needs_note=True,
    ),
)
