"""The request as our views see it: behind the gate, with an actor."""

from __future__ import annotations

from django.http import HttpRequest

from audit.actors import Actor

from .models import User


class Request(HttpRequest):
    """A request that has passed the gate: ``user`` is verified and ``actor`` is set."""

    user: User
    actor: Actor
