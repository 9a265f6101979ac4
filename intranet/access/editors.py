"""The one group that Wagtail's permissions hang on: filled from the content editor's capacity (D16, W7)."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from wagtail import hooks
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from .capacities import held_by
from .models import User
from .reference_data import ReferenceDataAdmin
from .roles import Capacity

GROUP = "Content editors"
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page", "unlock_page")
COLLECTION_PERMISSIONS = (
    "add_document",
    "change_document",
    "choose_document",
    "add_image",
    "change_image",
    "choose_image",
)


def group() -> Group:
    """The group, made and completed when something is missing. No permission on users or groups."""
    found, _created = Group.objects.get_or_create(name=GROUP)
    found.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    found.permissions.add(*_reference_data_permissions())
    root = Page.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS
    ):
        GroupPagePermission.objects.get_or_create(group=found, page=root, permission=permission)
    collection = Collection.get_first_root_node()
    for permission in Permission.objects.filter(
        content_type__app_label__in=("wagtaildocs", "wagtailimages"), codename__in=COLLECTION_PERMISSIONS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=found, collection=collection, permission=permission
        )
    return found


def _reference_data_permissions() -> list[Permission]:
    """Add, change and view for each reference table; deleting is nobody's."""
    hooks.search_for_hooks()  # registers the tables, also where no URL was loaded yet
    models = [admin.model._meta for admin in ReferenceDataAdmin.__subclasses__()]
    names = [f"{verb}_{meta.model_name}" for meta in models for verb in ("add", "change", "view")]
    labels = {meta.app_label for meta in models}
    return list(Permission.objects.filter(codename__in=names, content_type__app_label__in=labels))


def named(now: datetime) -> list[User]:
    """Open accounts that hold the content editor's post at ``now`` (UTC).

    The group alone does not tell: who gave the post up stays in it until the next sign-in.
    """
    members = User.objects.filter(groups__name=GROUP, is_active=True)
    return [user for user in members if user.is_open(now) and _edits(user, now)]


def _edits(user: User, now: datetime) -> bool:
    return any(held.capacity == Capacity.CONTENT_EDITOR for held in held_by(user, now))


def synchronize(user: User, now: datetime) -> None:
    """Membership follows the capacities held now. The gate asks the capacity again on every request."""
    editor = _edits(user, now)
    member = user.groups.filter(name=GROUP).exists()
    if editor and not member:
        user.groups.add(group())
    elif member and not editor:
        user.groups.remove(Group.objects.get(name=GROUP))
