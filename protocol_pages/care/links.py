"""Whether the addresses that resources point to still open. Asked from this server, to the public internet alone.

A name that leads into the own network is never asked (an editor's address is input like any other).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db.models import F, Q

from ..models import LinkState, ResourcePage
from .selectors import TOLD_AFTER

EVERY = timedelta(days=7)
AGAIN = timedelta(days=1)  # an address that failed is tried again sooner
AT_ONCE = 40  # addresses of one run of the job
SECONDS = 10
MOST_STEPS = 5  # redirects
_TLS = ssl.create_default_context()
AGENT = "PSEA-network-library/1 (checks once a week whether an address still opens)"


@dataclass(frozen=True, slots=True)
class Answer:
    """``words``: "200", "404", "no answer", "not a public address"."""

    ok: bool
    words: str


class _NoSteps(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by hand, so that each step is looked at."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def public(host: str) -> bool:
    """Whether every address of the name lies in the public internet."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(str(a).split("%")[0]).is_global for a in found)


def _opener(is_public: Callable[[str], bool]) -> urllib.request.OpenerDirector:
    """Nothing is sent over a connection that ends in the own network, whatever its name said a moment before."""

    def connected(to: HTTPConnection) -> None:
        HTTPConnection.connect(to)
        if not is_public(to.sock.getpeername()[0]):
            to.close()
            raise OSError("the name leads into the own network")

    class Plain(HTTPConnection):
        def connect(self) -> None:
            connected(self)

    class Sealed(HTTPSConnection):
        def connect(self) -> None:
            connected(self)
            self.sock = _TLS.wrap_socket(self.sock, server_hostname=self.host)

    class Opens(urllib.request.HTTPHandler):
        def http_open(self, request: urllib.request.Request) -> HTTPResponse:
            return self.do_open(Plain, request)

    class OpensSealed(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> HTTPResponse:
            return self.do_open(Sealed, request)

    no_proxy = urllib.request.ProxyHandler({})  # a proxy would ask for us
    return urllib.request.build_opener(Opens, OpensSealed, _NoSteps, no_proxy)


def ask(url: str, is_public: Callable[[str], bool] = public) -> Answer:
    """Open an address and say how it answers; GET, since many servers refuse HEAD."""
    opener = _opener(is_public)
    for _step in range(MOST_STEPS):
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            return Answer(False, "not a web address")
        if not is_public(parts.hostname):
            return Answer(False, "no public address")
        request = urllib.request.Request(url, headers={"User-Agent": AGENT})  # noqa: S310 (scheme checked)
        try:
            with opener.open(request, timeout=SECONDS) as answer:
                return Answer(True, str(answer.status))
        except urllib.error.HTTPError as said:
            target = said.headers.get("Location")
            said.close()
            if said.code in {301, 302, 303, 307, 308} and target:
                url = urljoin(url, target)
                continue
            # A server that wants a person, or has enough of us, is there.
            return Answer(said.code in {401, 403, 405, 406, 429}, str(said.code))
        except (OSError, HTTPException, ValueError):
            return Answer(False, "no answer")
    return Answer(False, "too many redirects")


def due(now: datetime) -> list[ResourcePage]:
    """Live resources whose address was never asked, is another by now, or was asked too long ago (UTC)."""
    waiting = (
        Q(link_state__isnull=True)
        | ~Q(link_state__url=F("external_url"))
        | Q(link_state__failures=0, link_state__checked_at__lte=now - EVERY)
        | Q(link_state__failures__gt=0, link_state__checked_at__lte=now - AGAIN)
    )
    pages = ResourcePage.objects.live().exclude(external_url="").filter(waiting)
    return list(pages.order_by(F("link_state__checked_at").asc(nulls_first=True), "pk")[:AT_ONCE])


def check(
    pages: Iterable[ResourcePage], now: datetime, asking: Callable[[str], Answer] = ask
) -> list[LinkState]:
    """Ask each address and keep the answer; returns those that have just failed often enough to tell the owner."""
    told = []
    for page in pages:
        answer = asking(page.external_url)
        state = LinkState.objects.filter(page=page).first() or LinkState(page_id=page.pk)
        if state.url != page.external_url:
            state.url, state.failures, state.broken_since = page.external_url, 0, None
        state.checked_at, state.answer = now, answer.words[:120]
        if answer.ok:
            state.failures, state.broken_since = 0, None
        else:
            state.failures += 1
            state.broken_since = state.broken_since or now
        state.save()
        if state.failures == TOLD_AFTER:
            told.append(state)
    return told
