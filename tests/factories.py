"""Small builders of accounts for tests; everything invented. No builder sets a status of a governed act."""

from __future__ import annotations

import itertools
from typing import Any

from intranet.access.devices import Authenticator
from intranet.access.models import User

PASSWORD = "blue kettle on the roof 7"
_number = itertools.count(1)


def make_user(email: str = "", *, password: str | None = PASSWORD, **fields: Any) -> User:
    """An account with a password and no second factor."""
    address = email or f"person{next(_number)}@example.org"
    names = {"first_name": "Person", "last_name": address.split("@")[0].title()} | fields
    return User.objects.create_user(address, password, **names)


def make_authenticator(user: User) -> Authenticator:
    """A confirmed authenticator app for ``user``."""
    return Authenticator.objects.create(user=user, name="default")
