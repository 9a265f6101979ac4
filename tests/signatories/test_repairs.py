"""A bounced address opens a contact to repair; the repaired address gets what came back (trap 6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from intranet.access.roles import Capacity
from intranet.clock.due import due_rows
from intranet.notices import outbox
from intranet.notices.models import Notice
from intranet.notices.outbox import Letter
from intranet.workflow.runner import Refused
from signatories import selectors, services
from signatories.models import Organization, Person
from tests.services.smtp import Mailbox, Mode

from .doors import coordinator_client, hidden, member_client, text_of
from .network import NOW, TODAY, Network, later

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OLD, NEW, OTHER = "alpha.first@example.org", "first.new@example.org", "alpha.second@example.org"


@pytest.fixture
def alpha(network: Network) -> Organization:
    return network.member("alpha")


def write(to: list[str], kind: str = "test.news", text: str = "One item waits.") -> Notice:
    notice = outbox.write(Letter(kind, to, "News", text), NOW)
    assert notice is not None
    return notice


def delivered(mailbox: Mailbox) -> list[tuple[str, ...]]:
    """Who got the news; what the correction itself writes is left out."""
    both = zip(mailbox.received, mailbox.envelopes, strict=True)
    return [addresses for mail, (_sender, addresses) in both if mail["Subject"] == "News"]


def repair(network: Network, first: Person) -> None:
    services.correct_person(first, {"email": NEW}, network.coordinator, later(minutes=5), "typing error")


@pytest.mark.rule("trap 6")
def test_one_refused_address_of_two_is_noticed_though_the_other_got_the_mail(
    network: Network, alpha: Organization, smtp_mailbox: Mailbox
) -> None:
    first = network.people["alpha.first"]
    smtp_mailbox.refused.add(OLD)
    notice = write([OLD, OTHER])
    assert outbox.deliver_due(NOW).sent == 1
    notice.refresh_from_db()
    assert (notice.delivered_at, notice.refused) == (NOW, [OLD])
    assert list(selectors.failing_people()) == [first]
    repair(network, first)
    assert list(selectors.failing_people()) == []
    smtp_mailbox.clear()
    outbox.deliver_due(later(hours=2))
    assert delivered(smtp_mailbox) == [(NEW,)]  # and the other one does not get it twice
    assert Notice.objects.get(subject="News", to=[NEW]).text == "One item waits."


@pytest.mark.rule("trap 6")
def test_a_mail_that_nobody_got_goes_to_each_address_after_its_repair(
    network: Network, alpha: Organization, smtp_mailbox: Mailbox
) -> None:
    first, second = network.people["alpha.first"], network.people["alpha.second"]
    smtp_mailbox.refused |= {OLD, OTHER}
    notice = write([OLD, OTHER])
    assert outbox.deliver_due(NOW).failed == 1
    assert set(selectors.failing_people()) == {first, second}
    assert outbox.stuck() == [Notice.objects.get(pk=notice.pk)]
    repair(network, first)
    assert list(selectors.failing_people()) == [second]
    assert outbox.stuck() == [notice]  # the other address still waits for its repair
    services.correct_person(second, {"email": "second.new@example.org"}, network.coordinator, NOW, "typing")
    assert outbox.stuck() == []
    outbox.deliver_due(later(hours=2))
    assert set(delivered(smtp_mailbox)) == {(NEW,), ("second.new@example.org",)}


@pytest.mark.rule("trap 16")
@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("access.some_link", "Choose it here: " + outbox.PRIVATE_LINK),
        ("access.factor_changed", "A new authenticator app protects your account."),
        ("some.slice", "Your link: " + outbox.PRIVATE_LINK),
    ],
)
def test_what_opens_an_account_never_goes_to_another_address(
    network: Network, alpha: Organization, smtp_mailbox: Mailbox, kind: str, text: str
) -> None:
    smtp_mailbox.refused.add(OLD)
    write([OLD], kind, text)
    outbox.deliver_due(NOW)
    repair(network, network.people["alpha.first"])
    assert not Notice.objects.filter(kind=kind, to=[NEW]).exists()
    assert outbox.stuck() == []


@pytest.mark.rule("§7B.1")
def test_what_a_slice_sends_again_itself_is_left_to_it(
    network: Network, alpha: Organization, smtp_mailbox: Mailbox
) -> None:
    smtp_mailbox.refused.add(OLD)
    lost = write([OLD], "data_requests.request")
    half = write([OLD, OTHER], "data_requests.request")
    outbox.deliver_due(NOW)
    repair(network, network.people["alpha.first"])
    copies = Notice.objects.filter(kind="data_requests.request", to=[NEW])
    assert copies.count() == 1  # of the one that had reached the organization
    lost.refresh_from_db()
    half.refresh_from_db()
    assert lost.is_stuck  # its clock starts anew with the slice's own act
    assert lost.bounced_at == NOW
    assert list(selectors.failing_people()) == []


@pytest.mark.rule("trap 6")
def test_an_address_that_is_right_gets_it_once_more(
    network: Network, alpha: Organization, smtp_mailbox: Mailbox
) -> None:
    first = network.people["alpha.first"]
    smtp_mailbox.mode = Mode.PERMANENT
    write([OLD])
    outbox.deliver_due(NOW)
    assert list(selectors.failing_people()) == [first]
    with pytest.raises(Refused, match="write why"):
        services.address_is_right(first, network.coordinator, NOW, "")
    with pytest.raises(Refused, match="Coordinator repairs"):
        services.address_is_right(first, network.head("alpha"), NOW, "called her")
    services.address_is_right(first, network.coordinator, NOW, "called her: the server was moved")
    assert list(selectors.failing_people()) == []
    smtp_mailbox.clear()
    outbox.deliver_due(later(minutes=5))
    assert delivered(smtp_mailbox) == [(OLD,)]
    assert outbox.waiting_count() == 0


@pytest.mark.rule("trap 6")
def test_a_temporary_failure_is_no_bounce(
    network: Network, alpha: Organization, smtp_mailbox: Mailbox
) -> None:
    smtp_mailbox.mode = Mode.TEMPORARY
    write([OLD])
    outbox.deliver_due(NOW)
    assert list(selectors.failing_people()) == []
    smtp_mailbox.clear()
    outbox.deliver_due(later(hours=1))
    assert delivered(smtp_mailbox) == [(OLD,)]


@pytest.mark.rule("trap 6")
def test_the_task_on_home_its_page_and_the_organizations_page(network: Network, alpha: Organization) -> None:
    first = network.people["alpha.first"]
    client = coordinator_client(network)
    home = [row.what for row in due_rows(network.coordinator, NOW)]
    assert not any("mail comes back" in str(what) for what in home)
    empty = client.get(reverse("contact-repairs"))
    assert "Mail reaches everybody." in text_of(empty)
    url = reverse("person-bounce", args=[first.pk])
    assert url in client.get(reverse("person", args=[first.pk])).content.decode()
    assert client.post(url, hidden(client.get(url))).status_code == 302
    with pytest.raises(Refused, match="recorded already"):
        services.note_bounce(first, network.coordinator, NOW)
    row = next(row for row in due_rows(network.coordinator, NOW) if "mail comes back" in str(row.what))
    assert (str(row.what), row.url) == ("Repair 1 contact: mail comes back", reverse("contact-repairs"))
    for actor in (network.office_actor, network.head("alpha")):
        assert not any("comes back" in str(row.what) for row in due_rows(actor, NOW))
    listed = text_of(client.get(reverse("contact-repairs")))
    assert "Alpha First alpha.first@example.org" in listed
    assert "came back, recorded on 11 January 2026" in listed
    own = member_client(network, "alpha.head", Capacity.HEAD_OF_AGENCY)
    page = text_of(own.get(reverse("organization", args=[alpha.pk])))
    assert "Mail to somebody of this organization comes back. Tell the PSEA Coordinator" in page
    assert "mail comes back" in text_of(client.get(reverse("network")))
    network.member("beta")
    stranger = member_client(network, "beta.head", Capacity.HEAD_OF_AGENCY)
    assert "comes back" not in text_of(stranger.get(reverse("network")))
    for path in (reverse("contact-repairs"), url, reverse("person-right", args=[first.pk])):
        assert own.get(path).status_code == 403
    correct = reverse("person-correct", args=[first.pk])
    typed = {"name": "Alpha First", "email": NEW, "language": "en", "reason": "typing error"}
    assert client.post(correct, hidden(client.get(correct)) | typed).status_code == 302
    assert "Mail reaches everybody." in text_of(client.get(reverse("contact-repairs")))
    assert "comes back" not in text_of(own.get(reverse("organization", args=[alpha.pk])))


@pytest.mark.rule("trap 6")
def test_a_person_who_left_stays_repairable_and_a_right_address_through_the_door(
    network: Network, alpha: Organization
) -> None:
    first = network.people["alpha.first"]
    services.note_bounce(first, network.coordinator, NOW, "a mail from the postmaster")
    services.end_post(
        alpha.posts.get(capacity=Capacity.PRIMARY_FOCAL_POINT),
        TODAY - timedelta(days=1),
        network.coordinator,
        NOW,
    )
    client = coordinator_client(network)
    assert "no post today" in text_of(client.get(reverse("contact-repairs")))
    url = reverse("person-right", args=[first.pk])
    assert client.post(url, hidden(client.get(url)) | {"reason": "called her"}).status_code == 302
    assert list(selectors.failing_people()) == []
