"""Guards of a succession: why an act is not possible, in a sentence that says the fix."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from intranet.access.roles import ORGANIZATION_POSTS, Capacity
from intranet.listing import listed
from intranet.workflow.machine import ALLOWED, Context, Decision
from signatories.days import network_day
from signatories.models import Organization, Person, ReceivedHow
from signatories.selectors import posts_from, posts_in
from signatories.speaking import complete, same_name, speaker_on

from . import selectors
from .models import OPEN, Succession
from .policy import FOOTNOTE, side_of

EVER = date.max


def something_to_pass_on(context: Context) -> Decision:
    """A signatory with a binding endorsement, and still the one that the succession speaks about."""
    succession: Succession = context.obj
    why = selectors.overtaken(succession)
    return Decision(False, why, FOOTNOTE) if why else ALLOWED


def is_overtaken(context: Context) -> Decision:
    """The job closes only what the ledger has overtaken."""
    if selectors.overtaken(context.obj):
        return ALLOWED
    return Decision(False, _("Nothing has overtaken this succession."), "D26")


def none_under_way(context: Context) -> Decision:
    """One succession of an organization at a time; the second of two letters is told of the first."""
    succession: Succession = context.obj
    Organization.objects.select_for_update().get(pk=succession.organization_id)
    others = Succession.objects.filter(organization=succession.organization_id, state__in=OPEN)
    first = next((item for item in others if not selectors.overtaken(item)), None)
    if first is None:
        return ALLOWED
    letter = first.letter_rows.order_by("-number")[0]
    return Decision(
        False,
        _("A letter of %(who)s came on %(day)s already (%(state)s). Go on with it, or take it back first.")
        % {
            "who": letter.signed_by,
            "day": network_day(letter.at).isoformat(),
            "state": first.get_state_display(),
        },
        FOOTNOTE,
    )


def letter_is_whole(context: Context) -> Decision:
    """Who succeeds, in which title, from when, by which instrument, with the letter itself."""
    data = context.data
    if not str(data["successor_title"]).strip():
        return Decision(
            False, _("Title of the successor: write it as it stands under a signature."), FOOTNOTE
        )
    if not str(data["instrument"]).strip():
        return Decision(False, _("Instrument: name the letter of the Head of Agency."), FOOTNOTE)
    if data.get("file") is None:
        return Decision(False, _("File: add the letter of the Head of Agency."), FOOTNOTE)
    return ALLOWED


def successor_is_somebody_else(context: Context) -> Decision:
    """Somebody of the organization who does not speak as signer already."""
    succession: Succession = context.obj
    successor = context.data["successor"]
    if not _holds_a_post(succession.organization, successor, context):
        return Decision(False, _("Successor: choose somebody with a post in this organization."), FOOTNOTE)
    speaker = speaker_on(succession.organization, EVER)
    if speaker is not None and speaker.is_named(successor.name, successor):
        return Decision(
            False, _("Successor: %s holds the signer's right already.") % successor.name, FOOTNOTE
        )
    return ALLOWED


def _holds_a_post(organization: Organization, person: Person, context: Context) -> bool:
    """Whether the person holds a post there today or is to begin in one."""
    return any(post.person_id == person.pk for post in posts_from(organization, network_day(context.now)))


def successor_is_still_there(context: Context) -> Decision:
    """The right to withdraw does not pass to somebody who left while it was verified."""
    succession: Succession = context.obj
    if _holds_a_post(succession.organization, succession.successor, context):
        return ALLOWED
    return Decision(
        False,
        _(
            "%s holds no post of the organization any more. Say that it could not be verified; then a new letter "
            "may come."
        )
        % succession.successor.name,
        FOOTNOTE,
    )


def begins_in_order(context: Context) -> Decision:
    """Not before the signature, and not before the succession that came last."""
    succession: Succession = context.obj
    from_on: date = context.data["from_on"]
    last = complete(EVER).filter(endorsement=succession.endorsement_id).first()
    earliest = succession.endorsement.effective_on
    if last is not None and last.effective_on is not None:
        earliest = max(earliest, last.effective_on)
    if from_on >= earliest:
        return ALLOWED
    return Decision(
        False,
        _("From: the right came to %(who)s on %(day)s. Choose that day or a later one.")
        % {"who": succession.former_name, "day": earliest.isoformat()},
        FOOTNOTE,
    )


def letter_arrived(context: Context) -> Decision:
    """What came outside names the way, the day, and the Head of Agency of that day (D17)."""
    data = context.data
    answer = arrived(context)
    if not answer.allowed:
        return answer
    heads = posts_in(context.obj.organization, data["received_on"], {Capacity.HEAD_OF_AGENCY})
    if any(same_name(post.person.name, str(data["signed_by"])) for post in heads):
        return ALLOWED
    names = listed(post.person.name for post in heads)
    return Decision(
        False,
        _("In whose name: the letter is the Head of Agency's (%s).") % (names or _("the post was vacant")),
        "D17",
    )


def arrived(context: Context) -> Decision:
    """How, when, and the file (D17)."""
    data = context.data
    if data["received_how"] not in ReceivedHow.values:
        return Decision(False, _("How it arrived: choose e-mail, letter or signed paper."), "D17")
    if data["received_on"] > network_day(context.now):
        return Decision(False, _("Received on: this day has not come yet."), "D17")
    if data.get("file") is None:
        return Decision(False, _("File: add the mail, the letter or the scan that arrived."), "D17")
    return ALLOWED


def not_the_recorder(context: Context) -> Decision:
    """Nobody confirms their own recording, and no successor the own succession (D17)."""
    letter, who = selectors.newest_letter(context.obj), context.actor.user_id
    if who is not None and letter.by_id != who and context.obj.successor.user_id != who:
        return ALLOWED
    return Decision(
        False, _("You recorded this, or you are the successor; somebody else must confirm it."), "D17"
    )


def not_a_party(context: Context) -> Decision:
    """Who belongs to the organization, or is one of the two persons, does not verify (trap 16)."""
    if not selectors.is_party(context.obj, context.actor, network_day(context.now)):
        return ALLOWED
    return Decision(
        False,
        _(
            "You belong to this organization or are named in the letter, so you do not verify it; "
            "another holder of your post does, for example the acting Coordinator."
        ),
        FOOTNOTE,
    )


def side_is_open(context: Context) -> Decision:
    """Each side says it once a letter, and the two are two persons."""
    side = side_of(context.actor)
    for check in selectors.checks(context.obj):
        if check.side == side:
            return Decision(
                False,
                _("%(who)s verified this letter on %(day)s already.")
                % {"who": check.by, "day": network_day(check.at).isoformat()},
                FOOTNOTE,
            )
        if check.by_id == context.actor.user_id:
            return Decision(
                False, _("You verified this for the other side; a second person must do it."), FOOTNOTE
            )
    return ALLOWED


def how_is_written(context: Context) -> Decision:
    """Each verifier records how."""
    if str(context.data["how"]).strip():
        return ALLOWED
    return Decision(False, _("How you verified it: write it in one or two sentences."), FOOTNOTE)


def not_the_own_letter(context: Context) -> Decision:
    """Who wrote the letter takes it back instead."""
    letter = selectors.newest_letter(context.obj)
    if letter.received_how or letter.by_id != context.actor.user_id:
        return ALLOWED
    return Decision(False, _("This letter is yours: take it back instead of objecting to it."), FOOTNOTE)


def not_objected_before(context: Context) -> Decision:
    """One objection a person: the new letter answers it, and the same person cannot hold it for ever."""
    name, person = selectors.who_objects(context)
    for earlier in context.obj.objections.select_related("person"):
        both_known = person is not None and earlier.person is not None
        if (earlier.person == person) if both_known else same_name(earlier.name, name):
            return Decision(
                False,
                _(
                    "%s objected to an earlier letter already; the new letter of the Head of Agency answers it."
                )
                % earlier.name,
                FOOTNOTE,
            )
    return ALLOWED


def may_object_by_name(context: Context) -> Decision:
    """An objection from outside is the signer's, or that of an office holder of the day it came (D17)."""
    succession: Succession = context.obj
    name = str(context.data["name"])
    speaker = speaker_on(succession.organization, network_day(context.now))
    holders = posts_in(succession.organization, context.data["received_on"], ORGANIZATION_POSTS)
    names = [post.person.name for post in holders] + ([speaker.name] if speaker else [])
    if any(same_name(known, name) for known in names):
        return ALLOWED
    return Decision(
        False,
        _("In whose name: the signer or an office holder of the organization objects (%s).")
        % listed(dict.fromkeys(names)),
        "D17",
    )
