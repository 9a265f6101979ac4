"""Accounts, invitations, second factors, sessions."""

from ..devices import Authenticator, BackupCode, BackupDevice
from .invitation import Invitation
from .session import Session
from .user import User, UserManager

__all__ = ["Authenticator", "BackupCode", "BackupDevice", "Invitation", "Session", "User", "UserManager"]
