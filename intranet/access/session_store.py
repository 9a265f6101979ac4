"""Where sessions are kept (``SESSION_ENGINE``): by the SHA-256 of the cookie's key, never by the key (T7).

Reading a session also reads its account, its second factors and which network settings are in force, in one
query, because every request asks for them. They are read anew with each request: whoever is deactivated,
changed the password, or lost the device is met by the change on the very next request, in every process.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django_otp.models import Device

from intranet.clock import now
from intranet.compiled import Statement
from intranet.network.models import NetworkSettings

from .devices import Authenticator, BackupDevice
from .models import Session, User

_ACCOUNT = [field.attname for field in User._meta.concrete_fields]


def digest_of(session_key: str) -> str:
    """What the table holds for the key of a cookie. The key is 165 random bits: no salt, no slow hash."""
    return hashlib.sha256(session_key.encode(errors="replace")).hexdigest()


def _live(digest: str, at: datetime) -> QuerySet[Session, Any]:
    """One row: data, ids of authenticators, of backup devices, of the settings in force, the account's columns."""
    theirs = {"user": OuterRef("user"), "confirmed": True}
    return Session.objects.filter(digest=digest, expires_at__gt=at).values_list(
        "data",
        ArraySubquery(Authenticator.objects.filter(**theirs).values("pk")),
        ArraySubquery(BackupDevice.objects.filter(**theirs).values("pk")),
        Subquery(NetworkSettings.newest().values("pk")),
        *(f"user__{name}" for name in _ACCOUNT),
    )


def _persistent_ids(kind: type[Device], keys: Iterable[int]) -> frozenset[str]:
    return frozenset(f"{kind.model_label()}/{key}" for key in keys)


_LIVE = Statement(_live, digest=str, at=datetime)


class SessionStore(SessionBase):
    """Django's database sessions without a usable key in the database.

    ``account``: the account of the row that was loaded, None for none. ``devices``: persistent ids of its
    confirmed second factors.
    """

    account: User | None = None
    devices: frozenset[str] = frozenset()

    @property
    def key_salt(self) -> str:
        """Data is signed for one key: it does not verify under any other."""
        return f"intranet.access.session.{digest_of(self.session_key or '')}"

    def load(self) -> dict[str, Any]:
        rows = _LIVE.rows(digest=digest_of(self.session_key or ""), at=now())
        if not rows:
            self._session_key = None
            return {}
        data, authenticators, backups, settings_record, *account = rows[0]
        NetworkSettings.is_in_force(settings_record)
        if account[_ACCOUNT.index("id")] is not None:
            self.account = User.from_db(DEFAULT_DB_ALIAS, _ACCOUNT, account)
            self.devices = _persistent_ids(Authenticator, authenticators) | _persistent_ids(
                BackupDevice, backups
            )
        found: dict[str, Any] = self.decode(data)
        return found

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        """Write the row. Raises CreateError where the key is taken, UpdateError where the row is gone."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        row = Session(
            digest=digest_of(self.session_key),
            user_id=data.get(SESSION_KEY),
            data=self.encode(data),
            expires_at=self.get_expiry_date(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except IntegrityError:
            if must_create:
                raise CreateError from None
            raise
        except DatabaseError:
            if not must_create:
                raise UpdateError from None
            raise
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(digest=digest_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lt=now()).delete()
