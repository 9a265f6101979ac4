"""Holes of Wagtail that concern the admin, its users and its settings: W6, W7, W12, W15."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from intranet.access import editors
from intranet.access.policy import policy_of
from intranet.access.reference_data import ReferenceDataAdmin
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.clock.models import NonWorkingDay
from tests.factories import make_user
from tests.personas import PersonaClient, give, persona_client, sign_in, take_away
from tests.urls_walk import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> PersonaClient:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    return client


@pytest.mark.rule("D16")
def test_w6_nobody_but_editors_reaches_any_address_of_the_admin(editor: PersonaClient) -> None:
    inside = [a for a in addresses() if a.path and a.path.startswith("/admin/")]
    assert len(inside) > 120
    coordinator = persona_client(Capacity.COORDINATOR)
    both = [a for a in inside if "screen_policy" not in vars(a.view)]
    assert [a.path for a in both if coordinator.get(a.path).status_code != 403] == []
    assert editor.get("/admin/").status_code == 200
    closed = [a for a in both if not opens(a, Capacity.CONTENT_EDITOR)]
    assert {"/admin/users/", "/admin/groups/", "/admin/sites/"} <= {a.path for a in closed}
    assert [a.path for a in closed if editor.get(a.path).status_code != 403] == []
    assert [a.path for a in closed if editor.post(a.path).status_code != 403] == []


def opens(address, capacity: Capacity) -> bool:
    policy = policy_of(address.view, address.namespaces)
    return policy is not None and capacity in policy.capacities


@pytest.mark.rule("D16")
def test_w7_the_editors_group_holds_no_power_over_accounts(editor: PersonaClient) -> None:
    group = Group.objects.get(name=editors.GROUP)
    tables = {a.model._meta.model_name for a in ReferenceDataAdmin.__subclasses__()}
    allowed = {"access_admin"} | {f"{verb}_{t}" for t in tables for verb in ("add", "change", "view")}
    assert {p.codename for p in group.permissions.all()} == allowed
    pages = GroupPagePermission.objects.filter(group=group)
    assert {p.permission.codename for p in pages} == set(editors.PAGE_PERMISSIONS)
    collections = GroupCollectionPermission.objects.filter(group=group)
    assert {p.permission.codename for p in collections} == set(editors.COLLECTION_PERMISSIONS)
    assert {"add_user", "change_user", "delete_user", "add_group", "change_group"}.isdisjoint(
        {permission.split(".")[1] for permission in editor.user.get_all_permissions()}
    )


@pytest.mark.rule("D16")
def test_w7_not_even_the_superuser_edits_accounts_groups_or_factors() -> None:
    client = sign_in(make_user(is_superuser=True, is_staff=True))
    victim = make_user()
    before = (victim.password, victim.is_superuser)
    for name in ("wagtailusers_users", "wagtailusers_groups"):
        assert client.get(reverse(f"{name}:index")).status_code == 403
        assert client.post(reverse(f"{name}:add")).status_code == 403
    edit = reverse("wagtailusers_users:edit", args=[victim.pk])
    form = {"email": victim.email, "password1": "x" * 20, "password2": "x" * 20, "is_superuser": "on"}
    assert client.post(edit, form).status_code == 403
    victim.refresh_from_db()
    assert (victim.password, victim.is_superuser) == before
    offered = {model._meta.app_label for model in admin.site._registry}
    assert offered == {"axes", "django_tasks_database"}
    assert client.get("/django-admin/auth/group/", follow=True).status_code == 403
    assert client.get("/django-admin/otp_totp/totpdevice/add/", follow=True).status_code == 403


def test_w7_membership_follows_the_capacity(editor: PersonaClient) -> None:
    assert editor.user.groups.filter(name=editors.GROUP).exists()
    take_away(editor.user)
    give(editor.user, Capacity.AUDITOR)
    editors.synchronize(editor.user, now())
    assert not editor.user.groups.exists()
    assert editor.get("/admin/").status_code == 403


def test_w12_the_admin_changes_neither_password_nor_address(editor: PersonaClient) -> None:
    assert settings.WAGTAIL_PASSWORD_MANAGEMENT_ENABLED is False
    assert settings.WAGTAIL_EMAIL_MANAGEMENT_ENABLED is False
    assert settings.WAGTAIL_PASSWORD_RESET_ENABLED is False
    before = (editor.user.email, editor.user.password)
    form = {"name_email-email": "evil@example.org", "password-new_password1": "x" * 20}
    for where in ("/admin/account/", "/admin/password_reset/", "/admin/login/"):
        answer = editor.post(where, form)
        assert answer.status_code == 302, where
        assert answer.url == "/en/account/two_factor/", where
    editor.user.refresh_from_db()
    assert (editor.user.email, editor.user.password) == before


@pytest.mark.rule("D16")
def test_w15_only_reference_data_stands_in_the_admin() -> None:
    from wagtail_modeladmin.options import ModelAdmin

    governed = {
        "signatories",
        "monthly_reports",
        "data_requests",
        "own_data",
        "forms_common",
        "access",
        "audit",
    }
    shown = {cls.model for cls in every_subclass(ModelAdmin) if getattr(cls, "model", None)}
    assert NonWorkingDay in shown
    assert {model._meta.app_label for model in shown}.isdisjoint(governed)
    assert all(
        issubclass(c, ReferenceDataAdmin) for c in every_subclass(ModelAdmin) if getattr(c, "model", None)
    )
    assert apps.is_installed("wagtail_modeladmin")


def every_subclass(cls: type) -> set[type]:
    return {cls}.union(*(every_subclass(sub) for sub in cls.__subclasses__())) - {cls} | set(
        cls.__subclasses__()
    )


@pytest.mark.rule("D16")
def test_w15_reference_data_is_changed_with_a_name_and_never_deleted(editor: PersonaClient) -> None:
    listing = "/admin/clock/nonworkingday/"
    assert editor.get(listing).status_code == 200
    form = {"on": "2031-03-03", "name": "Invented day", "name_ar": "", "region": "", "source": "test"}
    editor.post(f"{listing}create/", form)
    day = NonWorkingDay.objects.filter(on="2031-03-03").first()
    assert day is not None
    assert day.history.get().history_actor == editor.user.label
    for verb in ("edit", "inspect", "history", "delete"):
        assert editor.get(f"{listing}{verb}/999999/", follow=True).status_code == 404, verb
        assert editor.get(f"{listing}{verb}/{day.pk}/").status_code in (200, 302, 403), verb
    editor.post(f"{listing}delete/{day.pk}/")
    assert NonWorkingDay.objects.filter(pk=day.pk).exists()
