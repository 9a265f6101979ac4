"""Organizations, people and posts, signing authority, and the ledger of participation."""

from .ledger import Answer, EntryKind, ParticipationEntry, ReceivedHow, SuspensionReason
from .names import AliasKind, AliasState, OrganizationAlias
from .organizations import SIGNING_KINDS, Kind, Organization, OrganizationState
from .people import SPOKEN, AuthorityState, Person, PersonState, Post, PostState, SigningAuthority

__all__ = [
    "SIGNING_KINDS",
    "SPOKEN",
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
]
