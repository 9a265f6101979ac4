"""``python -m tests.bench``: makes a database of its own, prints the tables, drops it."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from tests.services.postgres import ROOT, Cluster


def main() -> None:
    """Measure and print; every part needs only what the repository brings."""
    options = argparse.ArgumentParser(prog="make bench", description=__doc__)
    options.add_argument("--rounds", type=int, default=5, help="interleaved rounds (5)")
    options.add_argument("--requests", type=int, default=80, help="requests a round (80)")
    options.add_argument("--organizations", type=int, nargs="+", default=[10, 200], help="for the queries")
    chosen = options.parse_args()

    from tests.bench.server import environment_for

    cluster, name = Cluster.of_environment(), f"test_clone_bench_{os.getpid()}"
    cluster.ensure_template()
    cluster.clone(name)
    try:
        environment = environment_for(
            cluster.url(cluster.app_url, name), cluster.url(cluster.owner_url, name)
        )
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        os.environ.update(environment)
        _measure(environment, chosen, lambda: cluster.connect(name).execute("ANALYZE"))
    finally:
        cluster.drop(name)


def _measure(environment: dict[str, str], chosen: argparse.Namespace, analyze: Callable[[], object]) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.urls import reverse

    from intranet.access.roles import Capacity
    from tests.bench import any_day, editions, library, measures, server, ten_years, world
    from tests.personas import sign_in

    world.adopt_protocol()
    stock, framed = world.stock_pages()
    member = sign_in(world.account(Capacity.MEMBER, world.organizations(1)[0]))
    cookie = f"{settings.SESSION_COOKIE_NAME}={member.cookies[settings.SESSION_COOKIE_NAME].value}"
    paths = {
        "protocol page, ours": reverse("protocol"),
        "stock Wagtail page, plain frame": str(stock.get_url()),
        "stock Wagtail page, our frame": str(framed.get_url()),
        "trivial signed-in view": "/bench/trivial/",
        "home": reverse("home"),
    }
    connection.close()
    with server.gunicorn(environment) as (port, master):
        rates = server.rates(port, paths, cookie, chosen.rounds, chosen.requests)
        workers = server.memory(master)
    ours = rates["protocol page, ours"]
    show(
        f"Pages for a signed-in member: requests a second, {server.WORKERS} workers, {server.CLIENTS} clients",
        ("page", "requests/s", "ours is … times as fast"),
        [(page, f"{rate:.0f}", f"{ours / rate:.2f}") for page, rate in rates.items()],
    )
    show("Memory", ("worker", "MB"), [(str(n), f"{size:.0f}") for n, size in enumerate(workers, 1)])
    numbers = [f"{number} organizations" for number in chosen.organizations]
    show(
        "Queries of a page; 3 requests in a round at the first step, 6 at the second",
        ("page", "capacity", *numbers),
        measures.queries(chosen.organizations),
    )
    ten_years.build(200)
    analyze()  # as autovacuum does on any running server
    show(
        "Register of any day: 200 organizations, ten years (at most 12 queries, at most 3 times the plain query)",
        ("day", "ledger rows", "queries", "register", "plain query", "ratio", "ratio to tuples"),
        any_day.table(),
    )
    library.build()
    analyze()
    show(
        f"Library of {library.RESOURCES} resources: page with all facets against one indexed query of the same words",
        ("page", "queries", "library", "plain query", "ratio"),
        library.table(),
    )
    show("Letter", ("work", "median", "ratio"), measures.letters())
    show("Word out (ratio at most 3)", ("work", "median", "ratio"), measures.word_out())
    show(
        f"Two texts of {editions.BLOCKS} blocks (ratio at most 3, and 5 in Word)",
        ("work", "median", "ratio"),
        editions.comparison(),
    )
    show(
        "The protocol page against the trivial view as editions grow (50 against 1: about 1)",
        ("editions", "queries", "page", "ratio"),
        editions.reader(member, paths["protocol page, ours"], paths["trivial signed-in view"]),
    )


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print one table."""
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    print(f"\n{title}")
    for row in [heads, ["-" * width for width in widths], *rows]:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main()
