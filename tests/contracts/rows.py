"""A row of every kind of governed object, made through the services, for tests that walk all kinds.

A new kind: make a row of it in ``every_kind``, or name in ``ELSEWHERE`` the test that has one.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy

from audit.actors import acting
from forms_app.common.letter_templates import services as letter_templates
from forms_app.common.letters.render import built_in
from forms_app.data_requests import services as requests
from forms_app.data_requests.tokens import Choice, Classification, Kind, MediaOutcome, RequesterKind
from forms_app.monthly_reports import services as reports
from forms_app.own_data import services as own_data
from forms_app.receiving_parties import services as parties
from forms_app.receiving_parties.inputs import Case, Said
from forms_app.training import services as training
from forms_app.training.models import OBLIGED, Audience
from intranet.access import accounts
from intranet.access.roles import Capacity
from intranet.clock import services as calendar
from intranet.network.services import change_settings
from intranet.notices import outbox
from intranet.notices import services as told_services
from intranet.notices.models import Channel
from intranet.papers import kinds
from intranet.papers import services as papers
from intranet.papers.paper import Text
from intranet.workflow.registry import governed_objects
from intranet.workflow.runner import Refused
from protocol_pages.care import services as care
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from protocol_pages.models import NewsIndexPage
from protocol_pages.reference import GlossaryTerm, ResourceTheme
from protocol_pages.reviews import services as reviews
from protocol_pages.translations import services as translations
from signatories import record_services as records
from signatories import services as people
from signatories.acknowledgements import services as acknowledgements
from signatories.agreements import services as agreements
from signatories.cascade import services as cascade
from signatories.handover import services as handover
from signatories.imports import services as imports
from signatories.invitations import services as reminders
from signatories.models import Kind as OrganizationKind
from signatories.names import Names
from signatories.presence import services as presence
from signatories.presence.models import Reply
from signatories.recovery import services as recovery
from signatories.stops import services as stops
from signatories.succession import services as succession
from tests.factories import make_authenticator, make_user
from tests.forms_app.data_requests import world as ladder
from tests.forms_app.monthly_reports import world as months
from tests.signatories import network as members
from tests.signatories import succession_play as play
from tests.signatories.imports.workbooks import ORGANIZATIONS, sent

# Kinds without a row here: the test that looks at their history.
ELSEWHERE: dict[str, str] = {}
SINCE = ladder.ISSUED + timedelta(days=1)


def every_kind() -> ladder.World:
    """A network with a row of every kind; some were changed, some acts were refused."""
    ladder.adopt_protocol()
    _months()
    _members()
    _settings_and_words()
    world = ladder.build_world(4)
    _ladder(world)
    _parties(world)
    return world


def missing() -> set[str]:
    """Kinds of which there is no row."""
    found = {kind.type for kind in governed_objects() if not kind.model._default_manager.exists()}
    return found - set(ELSEWHERE)


def _months() -> None:
    months.confirmed_calendar()
    agency = months.organization("Reporting")
    sent = months.send(agency, received=3)
    focal_point = months.focal_point(agency)
    reports.correct_report(sent, months.counts(2), months.REASON, 1, focal_point, months.NOW)
    reports.record_intake(months.JANUARY, months.intake_counts(1), months.coordinator(), months.NOW)
    wish = own_data.Wish(
        months.JANUARY, months.JANUARY, "donor", "A report", "Dana Donor", "Director", "Fund (invented)"
    )
    own_data.make_note(agency, wish, focal_point, months.NOW)
    template = built_in("memo", "en")
    letter_templates.put_in_use("memo", "en", template, "Letterhead", months.coordinator(), months.NOW)


def _members() -> None:
    network = members.found_network()
    for name in ("alpha", "beta"):
        network.member(name)
    alpha, coordinator = network.members["alpha"], network.coordinator
    edition = edition_in_force(members.TODAY)
    members.endorse(network, "alpha", edition)
    _reviews(network, edition)
    _reviewed_text(network, edition)
    people.record_endorsement_received_outside(
        network.members["beta"], edition, members.received(), coordinator, members.NOW
    )
    people.record_authority(
        alpha, network.people["alpha.first"], "Letter 7", members.START, network.head("alpha"), members.NOW
    )
    people.correct_organization(alpha, {"acronym": "AR"}, coordinator, members.NOW, "Acronym")
    records.rename_organization(
        alpha, Names("Alpha renamed (example)"), members.TODAY, coordinator, members.NOW, "Letter 8"
    )
    gamma = network.member("gamma", OrganizationKind.PARTNER_NGO)
    terms = agreements.Terms(members.START, None, True, members.START, "REF-1")
    agreements.record_agreement(gamma, alpha, terms, coordinator, members.NOW)
    kinds._kinds.setdefault("contract", kinds.PaperKind("contract", "CT", gettext_lazy("Paper")))
    papers.issue(
        "contract",
        lambda stamp: stamp.paper("A paper", (Text("One line."),)),
        about=alpha,
        actor=coordinator,
        now=members.NOW,
    )
    imports.import_workbook(sent({"organizations": ORGANIZATIONS}), coordinator, members.NOW)
    post = network.people["alpha.second"].posts.get()
    people.end_post(post, members.TODAY + timedelta(days=9), coordinator, members.NOW)
    for late in (replace(coordinator, verified_at=None), network.head("beta")):
        try:
            people.end_post(post, members.TODAY, late, members.NOW)
        except Refused:
            continue
        raise AssertionError("this end should have been refused")
    accounts.invite(make_user(), coordinator, members.NOW)
    _leaving_and_following(network, edition)
    _people_over_time(network)
    _library(network)
    _understood(network)


def _reviews(network: members.Network, edition: Edition) -> None:
    """A running review with a comment, a past one from its minutes, and a sharing of the standards."""
    alpha, coordinator = network.members["alpha"], network.coordinator
    focal_point = network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    cycle = reviews.open_cycle(2026, coordinator, members.NOW)
    said = reviews.Proposal("4-a", "clarity", "Say which camps.")
    reviews.comment(cycle, alpha, said, focal_point, members.NOW)
    decided = reviews.Decision("UNCT", date(2024, 2, 1), "confirmed", members.SCAN)
    reviews.record_past(2024, decided, coordinator, members.NOW)
    cascade.record(alpha, edition, members.TODAY, "staff", 3, 4, focal_point, members.NOW)


def _leaving_and_following(network: members.Network, edition: Edition) -> None:
    """Invitations, a successor to whom somebody objects, a withdrawal that both sides acknowledge."""
    coordinator = network.coordinator
    play.confirm_calendar(network, 2026)
    opened = reminders.open_round(edition, members.TODAY + timedelta(days=30), coordinator, members.NOW)
    assert opened.invitations.exists()
    succeeds = play.sent(network)
    succession.verify(succeeds, "Called the known number.", coordinator, members.NOW)
    succession.record_objection(
        succeeds,
        "Alpha Head",
        "letter",
        members.TODAY,
        members.SCAN,
        coordinator,
        members.NOW,
        "I have not left.",
    )
    left = people.withdraw(
        network.members["alpha"],
        network.signer("alpha"),
        members.NOW,
        statement="We leave.",
        effective_on=members.TODAY,
    )
    stops.acknowledge(left, coordinator, members.NOW)


def _reviewed_text(network: members.Network, edition: Edition) -> None:
    """A block put in, corrected and handed in; one in Kurdish that was discarded."""
    actor = network.coordinator
    facts = translations.Facts("Rana Example", "Translator", members.TODAY, "Mail of today")
    text = translations.begin("ar", edition, facts, actor, members.NOW, members.SCAN)
    for words in ("نموذج", "نموذج مصحح"):
        translations.write(text, {"4-a": words}, actor, members.NOW)
    translations.hand_in(text, actor, members.NOW)
    other = translations.begin("ckb", edition, facts, actor, members.NOW)
    translations.discard(other, actor, members.NOW, "Begun twice")


def _library(network: members.Network) -> None:
    """A problem with a page that was told and settled, a session and a return of training."""
    page = NewsIndexPage.objects.get()
    reader = network.actor("beta.first", Capacity.PRIMARY_FOCAL_POINT)
    check = care.report(page, "link", reader, members.NOW)
    care.settle(check, "mend", replace(reader, capacity=Capacity.CONTENT_EDITOR.value), members.NOW)
    beta = network.members["beta"]
    facts = training.Facts("Basics", ("basics",), "online", "Arabic", members.TODAY, "Network", 1)
    counts = training.Attended(dict.fromkeys(Audience.values, 1), len(Audience))
    session = training.record_session(beta, facts, counts, reader, members.NOW)
    training.strike_session(session, "Held twice", reader, members.NOW)
    row = {"required": 2, "valid": 1, "expired": 1, "new": 0}
    training.send_return(beta, 2026, members.TODAY, dict.fromkeys(OBLIGED, row), reader, members.NOW)


def _understood(network: members.Network) -> None:
    """Somebody has read and understood the text in force."""
    edition = edition_in_force(members.TODAY)
    reader = network.people["beta.second"]
    actor = network.actor("beta.second", Capacity.SECONDARY_FOCAL_POINT)
    acknowledgements.acknowledge(reader, edition.sha256, "en", actor, members.NOW)


def _people_over_time(network: members.Network) -> None:
    """Still you, a lost phone, a hand-over, a mail told by telephone."""
    head = network.people["beta.head"]
    presence.answer(head, Reply.YES, network.head("beta"), members.NOW)
    assert head.user is not None
    make_authenticator(head.user)
    recovery.report(head.user, network.coordinator, members.NOW)
    handover.keep_network(network.coordinator, members.NOW)
    notice = outbox.write(outbox.Letter("test", ["a@example.org"], "One item", "It waits."), members.NOW)
    assert notice is not None
    notice.attempts, notice.next_attempt_at, notice.bounced_at = 1, None, members.NOW
    notice.save()
    told = told_services.Told(channel=Channel.PHONE, other="", told_on=members.TODAY)
    told_services.tell_otherwise(notice, told, network.coordinator, members.NOW)


def _settings_and_words() -> None:
    actor = months.coordinator()
    first = change_settings({"hotline": "80060000"}, actor, members.NOW, "A new number", None)
    assert first is not None
    change_settings({"weekend": "567"}, actor, members.NOW, "Three days", first.pk)
    day = calendar.add_day(calendar.DayFacts(date(2026, 2, 10), "Eid", estimated=True), actor, members.NOW)
    calendar.change_day(day, calendar.DayFacts(date(2026, 2, 11), "Eid"), actor, members.NOW, "Announced")
    change_settings({"weekend": "56"}, actor, members.NOW, "Two days", _newest_settings())
    with acting(actor, "reference data"):
        ResourceTheme.objects.create(name="Prevention", name_ar="الوقاية")
        GlossaryTerm.objects.create(term="Focal point", definition="Who speaks for an organization.")


def _parties(world: ladder.World) -> None:
    office = world.fresh(world.office, ladder.at("2026-01-22"))
    case = Case(
        party="Another Party (invented)",
        release_number="Table of 2023",
        reason="It published the table.",
        from_on=date(2026, 1, 20),
    )
    row = parties.suspend(case, Said("The party is suspended."), office, ladder.at("2026-01-22"))
    parties.settle_name(
        row, "Another Party Ltd (invented)", True, office, ladder.at("2026-01-22"), "The same address."
    )


def _newest_settings() -> Any:
    from intranet.network.models import NetworkSettings

    return NetworkSettings.current().pk


def _ladder(world: ladder.World) -> None:
    media = {"kind": Kind.MEDIA, "requester_kind": RequesterKind.MEDIA}
    asked = ladder.registered(world, **media)
    requests.decide_media(asked, MediaOutcome.DECLINED, "No figures go to the media.", world.office, SINCE)
    done = ladder.authorized(world)
    requests.release(done, world.fresh(world.coordinator, ladder.ISSUED), ladder.ISSUED)
    second = ladder.issued(world)
    ladder.everybody_authorizes(world, second, ladder.ISSUED, but=[2, 3])
    paper = ladder.outside(Choice.AUTHORIZE, SINCE.date())
    recorded = requests.record_received_outside(world.asks(second)[2], paper, world.assistant, SINCE)
    requests.confirm_received(recorded, world.office, SINCE)
    requests.follow_up(second, world.coordinator, ladder.FIRST_OVER)
    ladder.deliver(ladder.FIRST_OVER)
    wrong = ladder.issued(world)
    no = ladder.outside(Choice.REFUSE, SINCE.date())
    recorded = requests.record_received_outside(world.asks(wrong)[0], no, world.coordinator, SINCE)
    correction = requests.correct_record(recorded, world.coordinator, SINCE, "It was another mail.")
    requests.accept_correction(correction, world.office, SINCE)
    family = {"kind": Kind.UN_FAMILY, "requester_kind": RequesterKind.UN_FAMILY}
    cousin = ladder.registered(world, **family)
    requests.classify(cousin, Classification.REFERRED, world.office, SINCE, "It asks another office.")
    requests.open_second_round(second, world.coordinator, ladder.at("2026-01-21"))
