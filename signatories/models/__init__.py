"""Organizations, people and posts, signing authority, and the ledger of participation."""

from .authorities import COUNTING, AuthorityState, SigningAuthority
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
from .names import AliasKind, AliasState, OrganizationAlias
from .organizations import SIGNING_KINDS, Kind, Organization, OrganizationState
from .people import SPOKEN, Person, PersonState, Post, PostState

__all__ = [
    "COUNTING",
    "FLOW",
    "SHARING",
    "SIGNING_KINDS",
    "SPOKEN",
    "STOPS",
    "AliasKind",
    "AliasState",
    "Answer",
    "AuthorityState",
    "EntryKind",
    "Kind",
    "Organization",
    "OrganizationAlias",
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
