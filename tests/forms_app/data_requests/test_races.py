"""Two people decide at once: one wins, the other is told who. A thousand times, on real connections."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from audit.actors import Actor, acting
from forms_app.data_requests import services
from forms_app.data_requests.models import Answer, Ask, DataRequest, OfficeDecision, Release
from forms_app.data_requests.tokens import Choice, RequestState
from intranet.access.roles import Capacity
from intranet.workflow.runner import Refused

from .world import ISSUED, JOB, World, authorized, build_world, everybody_authorizes, issued, person, word

RACES = 1000


@pytest.fixture
def small_world(transactional_db: None) -> World:
    from .world import adopt_protocol

    adopt_protocol()
    return build_world(3, posts=(Capacity.PRIMARY_FOCAL_POINT, Capacity.HEAD_OF_AGENCY))


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("§7B.7")
def test_a_thousand_approval_races_have_one_winner_each(small_world: World) -> None:
    world = small_world
    request = issued(world)
    everybody_authorizes(world, request, ISSUED)
    services.send_to_office(request, world.coordinator, ISSUED)
    second = person("Second Decider", Capacity.OFFICE, world.office_person.posts.get().organization)[1]
    deciders = [world.fresh(world.office, ISSUED), world.fresh(second, ISSUED)]
    given = word(request)
    barrier = Barrier(2)

    def decide(actor: Actor) -> str:
        mine = DataRequest.objects.get(pk=request.pk)
        barrier.wait()
        try:
            services.authorize(mine, given, actor, ISSUED)
        except Refused as refusal:
            return refusal.reason
        return "won"

    def hang_up(_number: int) -> None:
        barrier.wait()
        connection.close()

    wins = 0
    do_not_wait_for_the_disk()
    with ThreadPoolExecutor(2, initializer=do_not_wait_for_the_disk) as pool:
        for race in range(RACES):
            said = list(pool.map(decide, deciders if race % 2 else deciders[::-1]))
            assert sorted(sentence == "won" for sentence in said) == [False, True], said
            told = next(sentence for sentence in said if sentence != "won")
            assert "Authorized" in told
            assert f"Decider Example ({Capacity.OFFICE.label})" in told
            wins += 1
            stored = DataRequest.objects.get(pk=request.pk)
            assert stored.state == RequestState.AUTHORIZED
            with acting(JOB):
                stored.state = RequestState.TO_OFFICE
                stored.save()
        list(pool.map(hang_up, range(2)))
    assert wins == RACES
    assert OfficeDecision.objects.count() == RACES


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("D24")
def test_a_refusal_and_a_release_at_once_never_both_stand(small_world: World) -> None:
    world = small_world
    for _race in range(10):
        request = authorized(world)
        ask = world.asks(request)[0]
        barrier = Barrier(2)

        def refuse(ask: Ask = ask, barrier: Barrier = barrier) -> bool:
            return attempt(
                lambda: services.answer(
                    ask, Choice.REFUSE, world.of(ask.organization, Capacity.HEAD_OF_AGENCY), ISSUED
                ),
                barrier,
            )

        def release(request: DataRequest = request, barrier: Barrier = barrier) -> bool:
            mine = DataRequest.objects.get(pk=request.pk)
            coordinator = world.fresh(world.coordinator, ISSUED)
            return attempt(lambda: services.release(mine, coordinator, ISSUED), barrier)

        with ThreadPoolExecutor(2) as pool:
            won = [future.result() for future in (pool.submit(refuse), pool.submit(release))]
        request.refresh_from_db()
        assert won.count(True) == 1
        assert request.state == ("stopped" if won[0] else "released")
        assert Release.objects.filter(request=request).exists() is won[1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.rule("D15")
def test_the_same_form_sent_twice_at_once_makes_one_answer(small_world: World) -> None:
    world = small_world
    request = issued(world)
    for ask in world.asks(request):
        key, barrier = uuid4(), Barrier(4)

        def send(_number: int, ask: Ask = ask, key: UUID = key, barrier: Barrier = barrier) -> bool:
            mine = Ask.objects.get(pk=ask.pk)
            return attempt(
                lambda: services.answer(mine, Choice.AUTHORIZE, world.of(ask.organization), ISSUED, key=key),
                barrier,
            )

        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(send, range(4)))
        assert Answer.objects.filter(ask=ask).count() == 1


def do_not_wait_for_the_disk() -> None:
    """Commits of this connection return before they are on disk: locks and winners are the same."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def attempt(act: Callable[[], object], barrier: Barrier) -> bool:
    """Act together with the others, on a connection of this thread."""
    try:
        barrier.wait()
        act()
    except Refused:
        return False
    finally:
        connection.close()
    return True
