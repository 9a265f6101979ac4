"""Organizations, people and posts, signing authority, and the ledger of participation."""

from .ledger import Answer, EntryKind, ParticipationEntry, ReceivedHow, SuspensionReason
from .organizations import SIGNING_KINDS, Kind, Organization, OrganizationState
from .people import AuthorityState, Person, PersonState, Post, PostState, SigningAuthority

__all__ = [
    "SIGNING_KINDS",
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
]
