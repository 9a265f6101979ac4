"""Accounts, invitations, second factors."""

from ..devices import Authenticator, BackupCode, BackupDevice
from .invitation import Invitation
from .user import User, UserManager

__all__ = ["Authenticator", "BackupCode", "BackupDevice", "Invitation", "User", "UserManager"]
