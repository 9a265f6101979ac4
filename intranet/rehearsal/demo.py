"""The demo: twelve invented organizations and two years of work, played up to this very moment (D41)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.utils import translation

from forms_app.common import figures as common
from forms_app.data_requests import facts
from forms_app.data_requests import services as requests
from forms_app.data_requests.inputs import ConsultationInput, OfficeWord, OutsideAnswer, Upload
from forms_app.data_requests.models import DataRequest
from forms_app.data_requests.tokens import Choice, Kind, MediaOutcome, RequesterKind
from forms_app.monthly_reports import services as reports
from forms_app.monthly_reports.models import MonthlyReport
from intranet.access.roles import Capacity
from intranet.clock.calendars import calendar_for
from intranet.notices import outbox
from protocol_pages.editions import services as editions
from protocol_pages.editions.blocks import DATA_FILE, read_protocol
from protocol_pages.editions.models import Edition
from signatories import services as people
from signatories.models import Post

from . import (
    demo_accounts,
    demo_editions,
    demo_library,
    demo_people,
    demo_signing,
    demo_texts,
    network,
    reporting,
    words,
)
from .demo_reviews import Reviews
from .demo_stops import Stops, shares_monthly
from .stage import ORGANIZATION_POSTS, Clock, Stage

MONTHS = 24
PASSWORD = "example network 2026"  # noqa: S105 (of every demo account; the demo listens on this machine alone)
PAPER_SIGNERS = ("marshland", "directorate")  # signed on paper; the second still waits for its confirmation
SUSPENDED = "palm"
MISSING = ("zagros",)  # sent nothing for the newest month
VACANCY = "agency-b"
ACTING_DAYS = 90
DAILY = 21  # days before the end on which the jobs ran every day; before them every second week
DONORS = ("Example Donor Office (example)", "Example Foundation (example)", "Example Embassy (example)")


@dataclass(order=True)
class Scene:
    """Something that happens at a moment; scenes of one moment keep their order."""

    at: datetime
    order: int
    play: Callable[[], object] = field(compare=False)


@dataclass
class Demo:
    """Builds everything through the services, in order of time, and ends at ``until`` (UTC)."""

    until: datetime
    stage: Stage = field(init=False)
    edition: Edition = field(init=False)
    scenes: list[Scene] = field(default_factory=list)
    requests: dict[str, DataRequest] = field(default_factory=dict)

    def build(self) -> Stage:
        """Play it all; returns the stage with everybody on it."""
        with translation.override("en"):
            self._found()
            self._plan()
            self._run()
        return self.stage

    # -- time ---------------------------------------------------------------------------------------

    def at(self, day: date, hour: int, play: Callable[[], object]) -> None:
        """A scene of another module of the demo."""
        self._at(day, hour, play)

    def _at(self, day: date, hour: int, play: Callable[[], object], minute: int = 0) -> None:
        """Plan a scene; what lies after ``until`` does not happen."""
        moment = datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)
        self.scenes.append(Scene(moment, len(self.scenes), play))

    def _run(self) -> None:
        work = self.stage.now
        while self.scenes:
            scene = min(self.scenes)  # a scene may plan further ones
            if scene.at >= self.until - timedelta(minutes=30):
                break
            self.scenes.remove(scene)
            while work < scene.at:
                work += timedelta(days=1 if self.until - work < timedelta(days=DAILY) else 14)
                if work < scene.at:
                    self.stage.clock.now = max(self.stage.now, work)
                    self.stage.work()
            self.stage.clock.now = max(self.stage.now, scene.at)
            scene.play()
            if all(other.at.date() > scene.at.date() for other in self.scenes):  # it was the last of its day
                outbox.deliver_due(self.stage.clock.tick())
        self.stage.clock.now = max(self.stage.now, self.until - timedelta(minutes=20))
        self.stage.work()

    # -- the network --------------------------------------------------------------------------------

    def _found(self) -> None:
        self.zone = ZoneInfo("Asia/Baghdad")
        today = self.until.astimezone(self.zone).date()
        self.newest = reporting.previous_month(today)
        self.months = reporting.months_back(self.newest, MONTHS)
        start = datetime.combine(self.months[0] - timedelta(days=20), time(9), self.zone)
        stage = self.stage = Stage(Clock(start.astimezone(UTC), self.zone), password=PASSWORD)
        stage.found(range(start.year, today.year + 2))
        draft = editions.bring_in(read_protocol(DATA_FILE), stage.system, stage.clock.tick())
        self.edition = editions.adopt(draft, stage.system, stage.clock.tick())
        for number, invented in enumerate(network.ORGANIZATIONS):
            more = (Capacity.MEMBER,) if number == 0 else ()
            stage.join(invented, (*ORGANIZATION_POSTS, *more))
        for invented in network.ORGANIZATIONS:
            if invented.key in PAPER_SIGNERS:
                self._sign_on_paper(invented.key)
            else:
                stage.endorse(invented.key, self.edition)

    def _sign_on_paper(self, key: str) -> None:
        """Recorded by the Coordinator from the scan; the first is confirmed by the office (D17, D18)."""
        stage = self.stage
        signer = stage.members[key, Capacity.HEAD_OF_AGENCY]
        entry = people.record_endorsement_received_outside(
            stage.organizations[key],
            self.edition,
            people.Received(
                how="paper",
                received_on=stage.clock.today,
                effective_on=stage.clock.today - timedelta(days=2),
                signer_name=signer.person.name,
                signer_title="Head of Agency",
                signer_email=signer.person.email,
                signer=signer.person,
                authority="Head of Agency",
                file=("signed-page.pdf", words.PAPER, "application/pdf"),
            ),
            stage.coordinator,
            stage.now,
        )
        if key == PAPER_SIGNERS[0]:
            people.confirm_received(entry, stage.office, stage.clock.tick())

    # -- the plan -----------------------------------------------------------------------------------

    def _plan(self) -> None:
        for index, month in enumerate(self.months):
            self._plan_month(index, month)
        newest = reporting.next_month(self.newest)
        self._at(newest - timedelta(days=95), 10, self._suspend)
        self._at(newest - timedelta(days=40), 10, self._leave_a_vacancy)
        today = self.until.astimezone(self.zone).date()
        self._at(today - timedelta(days=6), 9, self._name_an_acting_coordinator)
        self._plan_requests()
        demo_people.plan(self)
        demo_editions.plan(self.at, self.stage, today)
        demo_library.plan(self.at, self.stage)
        demo_texts.plan(self.at, self.stage, self.until.astimezone(self.zone).date())
        Stops(self.stage).plan(self._at, self.until.astimezone(self.zone).date())
        Reviews(self.stage).plan(self._at, self.until.astimezone(self.zone).date())
        demo_accounts.plan(self._at, self.stage, self.until.astimezone(self.zone).date())
        demo_signing.plan(self._at, self.stage, self.until.astimezone(self.zone).date())

    def _plan_month(self, index: int, month: date) -> None:
        due = reporting.next_month(month)
        for position, invented in enumerate(network.ORGANIZATIONS):
            if invented.key == PAPER_SIGNERS[1]:
                continue  # its endorsement is not confirmed: not a signatory yet
            if month == self.newest and invented.key in MISSING:
                continue
            late = (index * 7 + position * 5) % 41 == 0
            day = due + timedelta(days=11 if late else (position * 3 + index) % 4)
            self._at(day, 9, partial(self._report, position, invented.key, month), position)
        if index % 9 == 4:
            self._at(due + timedelta(days=16), 11, partial(self._correct, index % 5, month))

    def _report(self, position: int, key: str, month: date) -> None:
        if shares_monthly(self.stage, key):
            self.stage.report(key, month, reporting.figures(position, month))

    def _correct(self, position: int, month: date) -> None:
        stage, key = self.stage, network.ORGANIZATIONS[position].key
        report = MonthlyReport.objects.get(organization=stage.organizations[key], month=month)
        counts = reporting.one_report("sexual_exploitation", "partner_ngo")
        actor = stage.actor(key, Capacity.SECONDARY_FOCAL_POINT)
        reports.correct_report(report, counts, "arrived_late", 1, actor, stage.now)

    def _suspend(self) -> None:
        stage = self.stage
        people.suspend(
            stage.organizations[SUSPENDED],
            stage.actor(SUSPENDED, Capacity.HEAD_OF_AGENCY),
            stage.now,
            reason="security",
            effective_on=stage.clock.today,
            statement="The security situation of our field office does not allow sharing at present.",
            review_on=stage.clock.today + timedelta(days=180),
        )

    def _name_an_acting_coordinator(self) -> None:
        """While the Coordinator is on leave; the login is of use as long."""
        self.stage.fill("coordination", Capacity.ACTING_COORDINATOR, self.stage.office, ACTING_DAYS)

    def _leave_a_vacancy(self) -> None:
        stage = self.stage
        member = stage.members[VACANCY, Capacity.SECONDARY_FOCAL_POINT]
        post = Post.objects.get(person=member.person, organization=member.organization)
        people.end_post(
            post, stage.clock.today, stage.coordinator, stage.now, "moved to another duty station"
        )

    # -- the requests -------------------------------------------------------------------------------

    def _plan_requests(self) -> None:
        today = self.until.astimezone(self.zone).date()
        self._at(self._working(today - timedelta(days=200)), 10, partial(self._released, DONORS[0]))
        self._at(self._working(today - timedelta(days=110)), 10, partial(self._stopped, DONORS[1]))
        self._at(self._working(today - timedelta(days=75)), 11, self._media)
        self._at(self._working(today - timedelta(days=30)), 10, partial(self._with_the_office, DONORS[2]))
        self._at(calendar_for().business_day_before(today, 7), 10, partial(self._running, DONORS[0]))
        self._at(self._working(today - timedelta(days=2)), 12, self._forwarded)

    def _working(self, day: date) -> date:
        return calendar_for().business_day_on_or_before(day)

    def _open(self, name: str, donor: str, language: str = "en") -> DataRequest:
        """Register, consult and issue within one morning."""
        stage = self.stage
        asked = words.external(donor, self._year_before(stage.clock.today), stage.clock.today, language)
        request = requests.register(asked, stage.coordinator, stage.now)
        view = ConsultationInput(on=stage.clock.today, view=words.CONSULTED)
        requests.record_consultation(request, view, stage.office, stage.clock.tick(30))
        requests.issue(request, stage.coordinator, stage.clock.tick(30))
        self.requests[name] = request
        self.stage.work()
        return request

    def _year_before(self, day: date) -> common.Period:
        last = reporting.previous_month(reporting.previous_month(day))
        months = reporting.months_back(last, 12)
        return common.Period(months[0], months[-1])

    def _released(self, donor: str) -> None:
        request = self._open("released", donor)
        asked = self.stage.clock.today
        self._at(
            asked + timedelta(days=2),
            10,
            partial(self._answer_all, request, Choice.AUTHORIZE, ("tigris-aid",)),
        )
        calendar = calendar_for()
        answers_over = calendar.count(self.stage.now, 5).last_day + timedelta(days=1)
        follow = calendar.business_day_on_or_after(answers_over)
        self._at(follow, 10, lambda: requests.follow_up(request, self.stage.coordinator, self.stage.now))
        second = calendar.business_day_on_or_after(follow + timedelta(days=16))
        self._at(
            second, 10, lambda: requests.open_second_round(request, self.stage.coordinator, self.stage.now)
        )
        self._at(second + timedelta(days=1), 10, partial(self._answer_all, request, Choice.AUTHORIZE, ()))
        self._at(second + timedelta(days=2), 10, partial(self._to_office, request))
        self._at(second + timedelta(days=4), 10, partial(self._authorize_and_release, request))

    def _to_office(self, request: DataRequest) -> None:
        requests.send_to_office(request, self.stage.coordinator, self.stage.now)

    def _authorize_and_release(self, request: DataRequest) -> None:
        stage = self.stage
        current = facts.current_round(request)
        assert current is not None
        word = OfficeWord(text=words.AUTHORIZATION, data_set_sha256=current.data_set_sha256)
        requests.authorize(request, word, stage.office, stage.now)
        stage.clock.tick(40)
        requests.release(request, stage.coordinator, stage.now)

    def _stopped(self, donor: str) -> None:
        request = self._open("stopped", donor)
        asked = self.stage.clock.today
        self._at(
            asked + timedelta(days=1), 10, partial(self._answer_one, request, "agency-c", Choice.AUTHORIZE)
        )
        self._at(asked + timedelta(days=3), 10, partial(self._answer_one, request, "agency-d", Choice.REFUSE))

    def _with_the_office(self, donor: str) -> None:
        request = self._open("to_office", donor, "ar")
        asked = self.stage.clock.today
        self._at(asked + timedelta(days=2), 10, partial(self._answer_all, request, Choice.AUTHORIZE, ()))
        self._at(asked + timedelta(days=4), 10, partial(self._to_office, request))

    def _running(self, donor: str) -> None:
        """The first round is open: yes, "need to ask", one received by letter, one bounced, some silent."""
        request = self._open("running", donor)
        asked = self.stage.clock.today
        for day, key, choice in (
            (1, "agency-c", Choice.AUTHORIZE),
            (1, "agency-d", Choice.AUTHORIZE),
            (2, "agency-b", Choice.NEED_TO_ASK),
            (3, "agency-a", Choice.AUTHORIZE),
        ):
            self._at(asked + timedelta(days=day), 11, partial(self._answer_one, request, key, choice))
        self._at(asked + timedelta(days=2), 13, partial(self._answer_by_letter, request, "agency-e"))
        self._at(asked + timedelta(days=1), 15, partial(self._bounce, request, "tigris-aid"))

    def _answer_all(self, request: DataRequest, choice: Choice, silent: tuple[str, ...]) -> None:
        for key in self._asks(request):
            if key not in silent:
                self._answer_one(request, key, choice)
                self.stage.clock.tick(3)

    def _answer_one(self, request: DataRequest, key: str, choice: Choice) -> None:
        asks = self._asks(request)
        if key in asks:
            actor = self.stage.actor(key, Capacity.PRIMARY_FOCAL_POINT)
            requests.answer(asks[key].ask, choice, actor, self.stage.now)

    def _answer_by_letter(self, request: DataRequest, key: str) -> None:
        stage = self.stage
        head = stage.members[key, Capacity.HEAD_OF_AGENCY]
        given = OutsideAnswer(
            choice=Choice.AUTHORIZE,
            person=head.person.name,
            capacity=Capacity.HEAD_OF_AGENCY,
            received_on=stage.clock.today,
            file=Upload("answer.pdf", words.PAPER),
        )
        requests.record_received_outside(self._asks(request)[key].ask, given, stage.coordinator, stage.now)

    def _bounce(self, request: DataRequest, key: str) -> None:
        address = self.stage.members[key, Capacity.PRIMARY_FOCAL_POINT].person.email
        requests.record_bounce(self._asks(request)[key].ask, address, self.stage.coordinator, self.stage.now)

    def _asks(self, request: DataRequest) -> dict[str, facts.AskFacts]:
        request.refresh_from_db()
        current = facts.of_current(request)
        assert current is not None
        by_id = {organization.pk: key for key, organization in self.stage.organizations.items()}
        return {by_id[item.ask.organization_id]: item for item in current.asks}

    def _media(self) -> None:
        stage = self.stage
        asked = words.plain(Kind.MEDIA, "Example Daily (example)", RequesterKind.MEDIA, stage.clock.today)
        request = requests.register(asked, stage.coordinator, stage.now)
        requests.decide_media(
            request,
            MediaOutcome.DECLINED,
            "Figures are not given to the media; the newsroom was pointed to published reports.",
            stage.office,
            stage.clock.tick(120),
        )

    def _forwarded(self) -> None:
        stage = self.stage
        asked = words.plain(Kind.EXTERNAL, DONORS[1], RequesterKind.DONOR, stage.clock.today)
        requests.forward(asked, stage.actor("agency-a", Capacity.PRIMARY_FOCAL_POINT), stage.now)
