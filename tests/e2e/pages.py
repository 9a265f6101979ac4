"""Our own pages as a browser reaches them: without arguments from the URL resolver, the rest by links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from django.utils import translation

from intranet.access.policy import ScreenPolicy, Stage, policy_of
from intranet.access.roles import Capacity
from tests.urls_walk import addresses

OURS = ("intranet.", "protocol_pages.", "signatories.", "forms_app.")
PREFERRED = (
    Capacity.COORDINATOR,
    Capacity.PRIMARY_FOCAL_POINT,
    Capacity.OFFICE,
    Capacity.HEAD_OF_AGENCY,
    Capacity.CONTENT_EDITOR,
    Capacity.AUDITOR,
    Capacity.MEMBER,
)


@dataclass(frozen=True)
class OurPage:
    """A page without arguments: its address in English and the capacity that opens it."""

    path: str
    policy: ScreenPolicy
    capacity: Capacity


def without_arguments() -> Iterator[OurPage]:
    """Every screen of ours behind the doors that an address alone leads to."""
    for address in addresses():
        policy = policy_of(address.view, address.namespaces)
        if policy is None or address.path is None or not address.path.startswith("/en/"):
            continue
        if "<" in address.route or policy.stage is not Stage.VERIFIED or not _is_ours(address.view):
            continue
        capacity = next((c for c in PREFERRED if c in policy.capacities), None)
        if capacity is not None and _answers_get(address.view):
            yield OurPage(address.path, policy, capacity)


def links(page: Any, language: str) -> Iterator[str]:
    """Paths of our own pages that the page links to, in its language, without fragments."""
    for href in page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))"):
        parts = urlsplit(urljoin(page.url, href))
        if parts.path.startswith(f"/{language}/") and parts.netloc == urlsplit(page.url).netloc:
            yield parts.path


def screen_name(path: str) -> str:
    """Which screen an address leads to, so that one of a kind is enough; empty for none of ours."""
    try:
        with translation.override(path.split("/")[1]):
            match = resolve(path)
    except Resolver404:
        return ""
    return f"{match.view_name}" if _is_ours(match.func) else ""


def _is_ours(view: Callable[..., Any]) -> bool:
    view = getattr(view, "view_class", view)
    return (getattr(view, "__module__", "") or "").startswith(OURS)


def _answers_get(view: Callable[..., Any]) -> bool:
    """A view behind ``require_POST`` answers GET with 405 before it looks at anything."""
    if getattr(view, "view_class", None) is not None:
        return True
    allowed = _closure(view, "request_method_list")
    return allowed is None or "GET" in allowed


def _closure(view: Any, name: str) -> Any:
    while view is not None:
        names = getattr(getattr(view, "__code__", None), "co_freevars", ())
        if name in names:
            return view.__closure__[names.index(name)].cell_contents
        view = getattr(view, "__wrapped__", None)
    return None
