"""What each stop does, as data: stop by area, every cell with its clause.

No slice decides on its own what a stop means: it asks ``effects``, which reads this table, so that one table
is true everywhere. It is printed in ``docs/features/stops.md`` and tested cell by cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from intranet.access.roles import Capacity


class Stop(StrEnum):
    """The stops, kept apart (trap 19). A suspension of external release alone is a suspension of its own sort."""

    SUSPENSION = "suspension"
    EXTERNAL_SUSPENSION = "external_suspension"
    FLOW_STOP = "flow_stop"
    WITHDRAWAL = "withdrawal"
    RECEIVING_PARTY = "receiving_party"

    @property
    def label(self) -> StrOrPromise:
        return _STOPS[self]


_STOPS: dict[Stop, StrOrPromise] = {
    Stop.SUSPENSION: _("Suspension of all sharing"),
    Stop.EXTERNAL_SUSPENSION: _("Suspension of external release only"),
    Stop.FLOW_STOP: _("Stop of the flow of data"),
    Stop.WITHDRAWAL: _("Withdrawal"),
    Stop.RECEIVING_PARTY: _("Suspension of a receiving party"),
}


class Area(StrEnum):
    """What a stop can touch."""

    DUTY = "duty"
    CHASERS = "chasers"
    REQUESTS = "requests"
    CONSENTS = "consents"
    ACCESS = "access"
    NOTICES = "notices"
    COMPLETENESS = "completeness"

    @property
    def label(self) -> StrOrPromise:
        return _AREAS[self]


_AREAS: dict[Area, StrOrPromise] = {
    Area.DUTY: _("Monthly duty"),
    Area.CHASERS: _("Chasers"),
    Area.REQUESTS: _("Open requests"),
    Area.CONSENTS: _("Consents"),
    Area.ACCESS: _("Access"),
    Area.NOTICES: _("Notices"),
    Area.COMPLETENESS: _("Completeness lines"),
}


class Duty(IntEnum):
    """Of two that hold at once the higher one counts; so in every area."""

    GOES_ON = 0
    RESTS_OPEN = 1  # nobody asks, the form stays open
    RESTS_CLOSED = 2  # nobody asks, nothing is taken
    ENDS = 3


class Chasers(IntEnum):
    GO_ON = 0
    STOP = 1


class Requests(IntEnum):
    GO_ON = 0
    LEFT_OUT = 1  # not asked, its figures stay behind
    ON_HOLD = 2


class Consents(IntEnum):
    STAND = 0
    VOID = 1


class Access(IntEnum):
    STAYS = 0
    SIGNERS_ONLY = 1
    LETTERS_HELD = 2


class Notices(IntEnum):
    """Who is told, beside the own people of the organization."""

    COORDINATION = 0
    OFFICE_COPY_COORDINATION = 1
    EVERYBODY = 2
    OFFICE_AND_COORDINATION = 3


class Completeness(IntEnum):
    COUNTED = 0
    SUSPENDED_OUTSIDE = 1  # a number in releases; still asked for the month
    SUSPENDED = 2  # a number, out of the month's denominator
    LEFT_OUT = 3  # of every later line


Effect = Duty | Chasers | Requests | Consents | Access | Notices | Completeness


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what the code obeys, the same in words, and the clause it follows from."""

    effect: Effect
    says: StrOrPromise
    clause: str


_REST: StrOrPromise = _(
    "The month reads “Suspended”, never missing and never 0; nothing is sent until sharing is resumed, and what "
    "is sent late afterwards is not marked late."
)
_NOT_ASKED: StrOrPromise = _(
    "It is not asked in a new round. A round that was open is recomputed without its figures, and the others are "
    "asked anew."
)
_VOID: StrOrPromise = _(
    "A yes from before the stop, its own and that of the others, no longer counts, and does not come back when "
    "the stop is lifted: every organization is asked for a new one."
)
_SIGNATORY: StrOrPromise = _("Unchanged: it remains a signatory and its people keep their access.")
_TO_OFFICE: StrOrPromise = _(
    "To the office, with a copy to the Coordinator and to its own people. Other members are not told."
)

MATRIX: Mapping[Stop, Mapping[Area, Cell]] = {
    Stop.SUSPENSION: {
        Area.DUTY: Cell(Duty.RESTS_CLOSED, _REST, "§4.f"),
        Area.CHASERS: Cell(
            Chasers.STOP, _("No reminder for a month and no follow-up on a request reaches it."), "§4.f"
        ),
        Area.REQUESTS: Cell(Requests.LEFT_OUT, _NOT_ASKED, "D22"),
        Area.CONSENTS: Cell(Consents.VOID, _VOID, "D30"),
        Area.ACCESS: Cell(Access.STAYS, _SIGNATORY, "§4.f"),
        Area.NOTICES: Cell(Notices.OFFICE_COPY_COORDINATION, _TO_OFFICE, "§4.f"),
        Area.COMPLETENESS: Cell(
            Completeness.SUSPENDED,
            _("Counted as suspended, as a number without a name; the month's denominator drops it."),
            "D22",
        ),
    },
    Stop.EXTERNAL_SUSPENSION: {
        Area.DUTY: Cell(Duty.GOES_ON, _("Unchanged: the month is due as ever."), "§6.1"),
        Area.CHASERS: Cell(
            Chasers.GO_ON, _("Reminders for a month go on; no follow-up on a request reaches it."), "§6.1"
        ),
        Area.REQUESTS: Cell(Requests.LEFT_OUT, _NOT_ASKED, "D22"),
        Area.CONSENTS: Cell(Consents.VOID, _VOID, "D30"),
        Area.ACCESS: Cell(Access.STAYS, _SIGNATORY, "§4.f"),
        Area.NOTICES: Cell(Notices.OFFICE_COPY_COORDINATION, _TO_OFFICE, "§4.f"),
        Area.COMPLETENESS: Cell(
            Completeness.SUSPENDED_OUTSIDE,
            _("Counted as suspended in a release, as a number without a name; the month still counts it."),
            "D22",
        ),
    },
    Stop.FLOW_STOP: {
        Area.DUTY: Cell(
            Duty.RESTS_OPEN,
            _(
                "The month reads “Flow stopped”, never missing and never 0. The form stays open: to go on is "
                "recommended while the office is not involved, and never forced; what comes later is not marked late."
            ),
            "§9.g",
        ),
        Area.CHASERS: Cell(
            Chasers.STOP, _("No reminder for a month and no follow-up on a request reaches it."), "§9.f"
        ),
        Area.REQUESTS: Cell(Requests.LEFT_OUT, _NOT_ASKED, "§9.f"),
        Area.CONSENTS: Cell(Consents.VOID, _VOID, "D30"),
        Area.ACCESS: Cell(Access.STAYS, _SIGNATORY, "§9.f"),
        Area.NOTICES: Cell(
            Notices.COORDINATION,
            _(
                "To the Coordinator, with the reasons, and to its own people. The office reads it unless it is "
                "involved in the breach; other members are not told."
            ),
            "§9.f",
        ),
        Area.COMPLETENESS: Cell(
            Completeness.SUSPENDED,
            _(
                "Counted among the suspended, as a number without a name, so that no release tells of a breach; "
                "the month's denominator drops it."
            ),
            "D22",
        ),
    },
    Stop.WITHDRAWAL: {
        Area.DUTY: Cell(
            Duty.ENDS,
            _("No month is due whose report had not become due on the effective date. What was sent stays."),
            "§9.i",
        ),
        Area.CHASERS: Cell(Chasers.STOP, _("Nobody reminds it any more."), "§9.i"),
        Area.REQUESTS: Cell(
            Requests.LEFT_OUT,
            _(
                "It is not asked any more and answers no more. A round that was open is recomputed without its "
                "figures, and the others are asked anew; every later release leaves its figures out."
            ),
            "§9.i",
        ),
        Area.CONSENTS: Cell(Consents.VOID, _VOID, "D30"),
        Area.ACCESS: Cell(
            Access.SIGNERS_ONLY,
            _(
                "From the effective date focal points, senior management and readers have no access for it. The "
                "signer keeps reading the receipt; the Head of Agency and whoever is named in an authority to sign "
                "keep what they need to endorse again (network practice, not protocol text)."
            ),
            "§9.i",
        ),
        Area.NOTICES: Cell(
            Notices.EVERYBODY,
            _(
                "To the Coordinator, the office and all members; Coordinator and office each acknowledge it, which "
                "approves nothing. The annex of signatories becomes a minor edition."
            ),
            "§9.i fn5",
        ),
        Area.COMPLETENESS: Cell(
            Completeness.LEFT_OUT,
            _("Figures in totals of the past stay there; every later line counts it no more."),
            "§9.i",
        ),
    },
    Stop.RECEIVING_PARTY: {
        Area.DUTY: Cell(Duty.GOES_ON, _("Unchanged: no organization of the network is stopped."), "§6.1"),
        Area.CHASERS: Cell(
            Chasers.STOP, _("Nobody is reminded of its requests while they are on hold."), "practice"
        ),
        Area.REQUESTS: Cell(
            Requests.ON_HOLD,
            _(
                "Its open requests are on hold and no step of a new one goes on; the board shows why, the party "
                "hears “on hold” and no more."
            ),
            "§7B.7",
        ),
        Area.CONSENTS: Cell(
            Consents.VOID,
            _(
                "A yes that was given to it before no longer counts after the suspension is lifted: the guarantee "
                "it rested on was not kept, so every organization is asked anew (network practice, not protocol "
                "text)."
            ),
            "§7B.0",
        ),
        Area.ACCESS: Cell(
            Access.LETTERS_HELD,
            _("It has none. Letters released to it before are not given out again while it lasts."),
            "§7B.6",
        ),
        Area.NOTICES: Cell(
            Notices.OFFICE_AND_COORDINATION,
            _(
                "To the office and the Coordinator. The party gets a letter with the caveat, without the reason."
            ),
            "§7B.6",
        ),
        Area.COMPLETENESS: Cell(Completeness.COUNTED, _("Unchanged."), "D22"),
    },
}

# Who keeps access to an organization that has withdrawn: those who may endorse for it again (D19), and the
# signer, which is a fact of the ledger and no post (footnote 5).
ACCESS_AFTER_WITHDRAWAL = frozenset({Capacity.HEAD_OF_AGENCY, Capacity.SIGNER})


def cells(stop: Stop) -> list[Cell]:
    """What a stop does, in the order of the areas: the consequences that a form shows."""
    return [MATRIX[stop][area] for area in Area]
