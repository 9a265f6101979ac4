"""Guards of the acts on a suspension: each is one sentence that says what is missing and how to mend it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from forms_app.common import parties
from intranet.access.roles import Capacity
from intranet.files import store
from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories.days import network_day
from signatories.selectors import coordination_people, office_people

from . import selectors
from .inputs import Case, Said, Upload
from .models import PartySuspension, Word
from .names import key


def case_is_whole(context: Context) -> Decision:
    """Party, release, reason, and a day that has come: a stop takes effect at once."""
    case: Case = context.data["case"]
    if not key(case.party):
        return Decision(False, _("Receiving party: write its name."), "§7B.7")
    if not case.release_number.strip():
        return Decision(
            False, _("Release: write the number of the letter whose caveat was not kept."), "§7B.7"
        )
    if not case.reason.strip():
        return Decision(False, _("Reason: write in a sentence what happened."), "§7B.7")
    if case.from_on > network_day(context.now):
        return Decision(
            False, _("From: this day has not come yet; a suspension takes effect at once."), "§7B.7"
        )
    return ALLOWED


def release_was_to_this_party(context: Context) -> Decision:
    """The letter exists and went to this party; another spelling needs a person's word, never a guess."""
    case: Case = context.data["case"]
    number = case.release_number.strip().upper()
    if not number.startswith("RL-"):
        return ALLOWED  # shared before the system kept releases: described in words
    found = next((row for row in parties.requests().released() if row.number == number), None)
    if found is None:
        return Decision(False, _("Release: no letter has this number."), "§7B.7")
    if key(found.party) == key(case.party) or case.same_party:
        return ALLOWED
    return Decision(
        False,
        _("Release: letter %(number)s went to “%(party)s”. Say whether that is the same party.")
        % {"number": number, "party": found.party},
        "§7B.7",
    )


def not_kept_back_yet(context: Context) -> Decision:
    """One suspension a party at a time; the second is told where the first stands."""
    case: Case = context.data["case"]
    first = next((known for known in selectors.in_force() if known.is_party(case.party)), None)
    if first is None or first.suspension.pk == context.obj.pk:
        return ALLOWED
    return Decision(
        False,
        _("This party is kept back already: %(reference)s, %(state)s.")
        % {"reference": first.suspension.reference, "state": first.suspension.get_state_display()},
        "§7B.7",
    )


def not_a_coordination_person(context: Context) -> Decision:
    """Traps 16 and 21: the Coordinator's own person does not decide for the office, in whatever capacity."""
    people = coordination_people(network_day(context.now))
    if context.actor.user_id is not None and any(p.user_id == context.actor.user_id for p in people):
        return Decision(
            False, _("You are the Coordinator or the acting one: somebody else has to do this."), "D20"
        )
    return ALLOWED


def _paper(upload: Upload | None) -> Decision:
    if upload is None:
        return Decision(False, _("File: upload the signed paper that you record."), "D17")
    try:
        store.check(upload.name, upload.content)
    except store.FileRefused as refusal:
        return Decision(False, str(refusal), "D17")
    return ALLOWED


def _signed_by_the_office(context: Context, said: Said) -> Decision:
    today = network_day(context.now)
    person = next((p for p in office_people(today) if p.pk == said.decided_by), None)
    if person is None:
        return Decision(False, _("Name the office person who signed the paper."), "D20")
    if any(p.pk == person.pk for p in coordination_people(today)):
        return Decision(False, _("The Coordinator's own person cannot decide for the office."), "D20")
    if said.decided_on is None or said.decided_on > today:
        return Decision(False, _("Date of the decision: write the day on which the paper was signed."), "D20")
    return _paper(said.paper)


def word_is_the_offices(context: Context) -> Decision:
    """D20: typed by an office person in her own name, or the signed paper with the person who signed it."""
    said: Said = context.data["said"]
    if not said.text.strip():
        return Decision(False, _("Text: write the decision in words."), "§7B.6")
    if context.actor.capacity == Capacity.OFFICE_ASSISTANT:
        return _signed_by_the_office(context, said)
    if said.decided_by is not None:
        return Decision(False, _("An office person writes in her own name."), "D20")
    return ALLOWED


def paper_is_the_offices(context: Context) -> Decision:
    """D17: in whose name, when, the file."""
    said: Said = context.data["said"]
    if not said.text.strip():
        return Decision(False, _("Text: write what the paper says."), "D17")
    return _signed_by_the_office(context, said)


def not_the_recorder(context: Context) -> Decision:
    """Nobody confirms their own recording (D17)."""
    row: PartySuspension = context.obj
    last = Word.objects.filter(suspension=row, act="record_lift").order_by("-at").first()
    user = context.actor.user_id
    if last is not None and user is not None and last.recorded_by_user_id != user:
        return ALLOWED
    return Decision(False, _("You recorded this yourself; somebody else must confirm it."), "D17")


def name_is_near(context: Context) -> Decision:
    """Only a near name is settled, and each once; a correction is a new word on the same name."""
    name = str(context.data["name"])
    row: PartySuspension = context.obj
    if not key(name):
        return Decision(False, _("Name: write the name as it was used."), "practice")
    if key(name) == row.party_key:
        return Decision(False, _("This is the party's own name."), "practice")
    return ALLOWED
