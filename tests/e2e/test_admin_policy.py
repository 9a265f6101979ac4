"""The Wagtail admin works under its own content policy, looser than the site's and still closed (W9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from wagtail.models import Page

from intranet.access import editors
from intranet.access.roles import Capacity
from intranet.clock import now
from tests.personas import persona_client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.rule("D16")
def test_the_editor_meets_no_violation(new_page: Callable[..., Any], live_server: Any) -> None:
    client = persona_client(Capacity.CONTENT_EDITOR)
    editors.synchronize(client.user, now())
    page = new_page()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    violations: list[str] = []
    page.on("console", lambda m: violations.append(m.text) if "Content Security Policy" in m.text else None)
    root = Page.get_first_root_node()
    first = Page.objects.filter(depth=2).first() or root
    for where in ("/admin/", f"/admin/pages/{first.pk}/", f"/admin/pages/{first.pk}/edit/", "/admin/images/"):
        answer = page.goto(where)
        page.wait_for_load_state("networkidle")
        assert answer.status == 200, where
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "object-src 'none'" in policy
    assert violations == []
