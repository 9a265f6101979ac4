"""Whether somebody opened a file: what is confirmed against a file was read by the one who confirms (D17)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from audit.actors import Actor
from audit.models import Event

from .models import StoredFile


def was_opened(actor: Actor, stored: StoredFile) -> bool:
    """Whether the actor's account has downloaded the file. One query."""
    downloads = Event.objects.filter(
        object_type=stored.owner_type,
        object_id=str(stored.owner_id),
        actor_id=actor.user_id,
        action="files.download",
        data__file=str(stored.pk),
    )
    return actor.user_id is not None and downloads.exists()


def was_read(form: forms.BaseForm, actor: Actor, stored: StoredFile) -> bool:
    """Whether the actor opened what is answered against; else the form says which file to open (D17)."""
    if was_opened(actor, stored):
        return True
    form.add_error(None, _("Open the file first: %s.") % stored.name)
    return False
