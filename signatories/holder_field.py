"""A choice among people with posts, in which nobody stands without the post that is held, was held or will be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from intranet.clock.wording import plain_date
from intranet.listing import listed

from .models import Person, Post


class HolderField(forms.ModelChoiceField):
    """Each person with the posts for which it is offered; ``offer`` says whom. Nobody before that."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.none(), **kwargs)
        self._posts: dict[Any, list[str]] = {}

    def offer(self, posts: Iterable[Post], today: date) -> None:
        """Offer the people of these posts, by name. ``today``: calendar date of the network's time zone."""
        self._posts = {}
        for post in posts:
            self._posts.setdefault(post.person_id, []).append(_words(post, today))
        self.queryset = Person.objects.filter(pk__in=self._posts).order_by("name", "id")

    def label_from_instance(self, obj: Person) -> str:
        """Name and posts."""
        return listed([obj.name, *dict.fromkeys(self._posts[obj.pk])])


def _words(post: Post, today: date) -> str:
    label = str(post.get_capacity_display())
    if post.begins_on > today:
        return _("%(post)s from %(day)s") % {"post": label, "day": plain_date(post.begins_on)}
    if post.ends_on is not None and post.ends_on < today:
        return _("%(post)s until %(day)s") % {"post": label, "day": plain_date(post.ends_on)}
    return label
