"""Ten years of 200 organizations: few queries, and not much slower than asking for the ledger once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.access.roles import Capacity
from tests.bench import any_day, ten_years
from tests.personas import persona_client
from tests.services.postgres import Cluster


@pytest.mark.django_db(transaction=True)
def test_any_day_of_ten_years_is_read_quickly(cluster: Cluster) -> None:
    ten_years.build(200)
    with cluster.connect(connection.settings_dict["NAME"]) as owner:
        owner.execute("ANALYZE")  # as autovacuum does on any running server
    for found in any_day.register(times=3, days=any_day.DAYS[::2]):
        assert found.queries <= 8, found
        assert found.ratio <= 3, found
    client = persona_client(Capacity.COORDINATOR)
    page = "/en/protocol/endorsements/"
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        last = client.get(page, {"on": ten_years.LAST.isoformat()}).content.decode()
    assert len(captured) <= 12
    assert last.count("Former Ten Years") == 0
    assert client.get(page, {"on": "2020-06-30"}).content.decode().count("Former Ten Years") == 20
