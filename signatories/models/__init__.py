"""Organizations, people and posts, signing authority, and the ledger of participation."""

from .ledger import (
    FLOW,
    SHARING,
    STOPS,
    Answer,
    EntryKind,
    ParticipationEntry,
    ReceivedHow,
    SuspensionReason,
    SuspensionScope,
)
from .organizations import SIGNING_KINDS, Kind, Organization, OrganizationState
from .people import AuthorityState, Person, PersonState, Post, PostState, SigningAuthority

__all__ = [
    "FLOW",
    "SHARING",
    "SIGNING_KINDS",
    "STOPS",
    "Answer",
    "AuthorityState",
    "EntryKind",
    "Kind",
    "Organization",
    "OrganizationState",
    "ParticipationEntry",
    "Person",
    "PersonState",
    "Post",
    "PostState",
    "ReceivedHow",
    "SigningAuthority",
    "SuspensionReason",
    "SuspensionScope",
]
