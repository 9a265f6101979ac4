"""Organizations, people and posts, signing authority, and the ledger of participation."""

from .authorities import COUNTING, AuthorityState, SigningAuthority
from .ledger import Answer, EntryKind, ParticipationEntry, ReceivedHow, SuspensionReason
from .organizations import SIGNING_KINDS, Kind, Organization, OrganizationState
from .people import Person, PersonState, Post, PostState

__all__ = [
    "COUNTING",
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
