"""The certificate of an endorsement and the receipt of a succession: what they say, and that they are issued once."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation
from docx import Document

from audit.actors import acting
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.files import store
from intranet.papers.bidi import strip_marks
from intranet.papers.letterhead import Language
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Facts, Quote
from intranet.papers.services import Stamp, papers_about
from intranet.papers.word import render
from protocol_pages.editions.models import Edition
from signatories import certificates, services
from signatories.certificates import Endorsed, certificate
from signatories.models import ParticipationEntry, Person
from tests.intranet.papers.samples import HEAD, VERIFY

from .doors import member_client, text_of
from .network import NOW, SCAN, TODAY, Network, endorse, received
from .succession_play import sent, verify_both

pytestmark = [pytest.mark.django_db, pytest.mark.rule("D19")]
SHA = "5e" * 32
FOOTNOTE_5 = (
    "The individual who signed the information sharing protocol would communicate the organization's "
    "withdrawal."
)
FACTS = Endorsed(
    organization="Alpha (example)",
    organization_en="Alpha (example)",
    edition="1",
    protocol="Information Sharing Protocol",
    sha256=SHA,
    endorsed_on=date(2026, 1, 11),
    at="11 January 2026, 12:00",
    zone="Asia/Baghdad",
    signer="Alpha Head",
    title="Country Director",
    authority="Head of Agency",
    instrument_file="",
    instrument_sha256="",
    statement="On behalf of Alpha I endorse edition 1.",
    came="",
    quoted=((FOOTNOTE_5, "Protocol, footnote 5"),),
)


def stamp(language: Language = "en") -> Stamp:
    return Stamp("endorsement", language, HEAD, "EC-2026-001", date(2026, 1, 11), VERIFY)


def words(paper: IssuedPaper) -> str:
    document = Document(io.BytesIO(store.read(paper.word)))
    texts = [node.text or "" for node in document.element.body.iter() if node.tag.endswith("}t")]
    return strip_marks("".join(texts))


def only_paper(entry: ParticipationEntry) -> IssuedPaper:
    (paper,) = papers_about(entry)
    return paper


def test_the_certificate_says_everything_that_was_signed() -> None:
    paper = certificate(stamp(), FACTS)
    (facts,) = [block for block in paper.blocks if isinstance(block, Facts)]
    said = dict(facts.rows)
    assert (paper.number, paper.sha256, paper.verify) == ("EC-2026-001", SHA, VERIFY)
    assert said["Text fingerprint (SHA-256)"] == SHA
    assert said["Recorded at"] == "11 January 2026, 12:00 (Asia/Baghdad)"
    assert (said["Signed by"], said["Title"], said["Authority to sign"]) == (
        "Alpha Head",
        "Country Director",
        "Head of Agency",
    )
    assert "Its SHA-256" not in said  # no instrument, no line
    assert [block.text for block in paper.blocks if isinstance(block, Quote)] == [
        FACTS.statement,
        FOOTNOTE_5,
    ]
    assert render(paper) == render(certificate(stamp(), FACTS))  # pure: same facts, same bytes


@pytest.mark.rule("D4")
def test_the_arabic_one_quotes_the_protocol_in_english_left_to_right() -> None:
    facts = replace(FACTS, organization="ألفا (مثال)")
    with translation.override("ar"):
        paper = certificate(stamp("ar"), facts)
    quotes = {block.text: block.language for block in paper.blocks if isinstance(block, Quote)}
    assert quotes[FOOTNOTE_5] == "en"
    assert paper.title == "شهادة إقرار البروتوكول"
    (said,) = [dict(block.rows) for block in paper.blocks if isinstance(block, Facts)]
    assert {"ألفا (مثال)", "Alpha (example)"} <= set(said.values())
    document = Document(io.BytesIO(render(paper)))
    quoted = next(
        p
        for p in document.element.body.iter()
        if p.tag.endswith("}p") and FOOTNOTE_5[:30] in "".join(p.itertext())
    )
    assert not list(quoted.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rtl"))


def test_a_click_gets_one_certificate_in_the_act(signed: Network, edition: Edition, with_pdf: None) -> None:
    entry = endorse(signed, "beta", edition)
    paper = only_paper(entry)
    assert (paper.kind, paper.number, paper.language) == ("endorsement", "EC-2026-002", "en")
    assert paper.certifies_sha256 == edition.sha256
    assert paper.pdf is not None
    assert store.read(paper.pdf).startswith(b"%PDF")
    event = Event.objects.filter(action="organization.endorse").order_by("-sequence")[0]
    assert event.data["certificate"]["word"] == paper.word_sha256
    text = words(paper)
    for piece in (edition.sha256, "Beta (example)", "Country Director", edition.title, FOOTNOTE_5):
        assert piece in text


def test_the_signers_language_decides(network: Network, edition: Edition) -> None:
    network.member("alpha")
    person = network.people["alpha.head"]
    with acting(network.coordinator, "reads Arabic"):
        person.language = "ar"
        person.save()
    paper = only_paper(endorse(network, "alpha", edition))
    assert (paper.language, paper.title) == ("ar", "شهادة إقرار البروتوكول")
    assert FOOTNOTE_5 in words(paper)


@pytest.mark.rule("D17")
def test_a_paper_signature_gets_its_certificate_with_the_confirmation(
    network: Network, edition: Edition
) -> None:
    alpha = network.member("alpha")
    first = services.record_endorsement_received_outside(
        alpha,
        edition,
        received(how="paper", effective_on=date(2024, 2, 15), signer_name="Old Head"),
        network.coordinator,
        NOW,
    )
    assert papers_about(first) == []
    second = services.confirm_received(first, network.office_actor, NOW)
    paper = only_paper(second)
    assert paper.title == "Certificate of endorsement, received outside the system"
    text = words(paper)
    assert "Received as a signed paper, recorded by Cora Coordinator, confirmed by Olive Office" in text
    assert "Thursday 15 February 2024" in text
    assert second.instrument_sha256 in text
    assert papers_about(first) == []


def test_nothing_is_issued_where_the_act_is_refused(signed: Network, edition: Edition) -> None:
    from intranet.workflow.runner import Refused

    before = IssuedPaper.objects.count()
    with pytest.raises(Refused):
        endorse(signed, "alpha", edition)
    assert IssuedPaper.objects.count() == before


@pytest.mark.usefixtures("clock")
def test_the_receipt_page_gives_the_files_to_own_people_only(signed: Network, edition: Edition) -> None:
    entry = ParticipationEntry.objects.get()
    paper = only_paper(entry)
    own = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    page = own.get(reverse("participation-entry", args=[entry.pk])).content.decode()
    assert paper.number in page
    assert own.get(reverse("file", args=[paper.word_id])).status_code == 200
    other = member_client(signed, "beta.head", Capacity.HEAD_OF_AGENCY)
    for url in (reverse("file", args=[paper.word_id]), reverse("paper-verify", args=[paper.pk])):
        assert other.get(url).status_code == 404
    assert own.get(reverse("paper-verify", args=[paper.pk])).status_code == 200


@pytest.mark.usefixtures("clock")
def test_a_succession_gets_its_receipt_when_it_is_complete(signed: Network) -> None:
    succession = sent(signed)
    assert papers_about(succession) == []
    verify_both(signed, succession)
    (paper,) = papers_about(succession)
    assert (paper.kind, paper.number) == ("succession", "SR-2026-001")
    text = words(paper)
    for piece in (
        "From 11 January 2026 Alpha First speaks as signer of Alpha (example) instead of Alpha Head.",
        "Letter HA/12 of 10 January 2026",
        "Cora Coordinator, 11 January 2026",
        "Olive Office, 11 January 2026",
        FOOTNOTE_5,
    ):
        assert piece in text
    assert "known number" not in text  # how it was verified stays on the page
    own = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    assert paper.number in text_of(own.get(reverse("succession", args=[succession.pk])))


# -- the signer as text that survives (trap 18) ----------------------------------------------------------


@pytest.mark.rule("trap 18")
def test_signer_and_instrument_stay_as_text_whatever_happens(network: Network, edition: Edition) -> None:
    from intranet.access import accounts

    alpha = network.member("alpha")
    deputy: Person = network.people["alpha.first"]
    authority = services.record_authority(
        alpha, deputy, "Letter 7 of the Head of Agency", TODAY, network.head("alpha"), NOW, file=SCAN
    )
    actor = network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    entry = services.endorse(
        alpha,
        edition,
        actor,
        NOW,
        sha256=edition.sha256,
        signer_name="Alpha First",
        signer_title="Deputy",
        authority="what the form says does not count",
    )
    assert authority.file is not None
    kept = (
        "Alpha First",
        "Deputy",
        "alpha.first@example.org",
        "Letter 7 of the Head of Agency",
        "scan.pdf",
        authority.file.sha256,
        edition.sha256,
    )

    def text() -> tuple[str, ...]:
        row = ParticipationEntry.objects.get(pk=entry.pk)
        return (
            row.signer_name,
            row.signer_title,
            row.signer_email,
            row.authority,
            row.instrument_file,
            row.instrument_sha256,
            row.edition_sha256,
        )

    paper = words(only_paper(entry))
    assert text() == kept
    assert all(piece in paper for piece in kept if "@" not in piece)
    assert deputy.user is not None
    accounts.deactivate(deputy.user, network.coordinator, NOW, "left")
    with acting(network.coordinator, "anonymised"):
        deputy.user.email, deputy.user.first_name = "gone@example.invalid", "Gone"
        deputy.user.save()
        deputy.name, deputy.email, deputy.user = "Somebody", "somebody@example.org", None
        deputy.save()
    services.correct_organization(
        alpha, {"name_en": "Renamed (example)"}, network.coordinator, NOW, "renamed"
    )
    services.end_authority(authority, TODAY, network.head("alpha"), NOW)
    assert text() == kept
    assert words(only_paper(entry)) == paper  # the certificate keeps the name of that day


@pytest.mark.rule("D19")
def test_the_post_of_the_head_names_its_instrument(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    post = alpha.posts.get(capacity=Capacity.HEAD_OF_AGENCY)
    services.end_post(post, post.begins_on, network.coordinator, NOW)
    services.appoint(
        network.people["alpha.head"],
        alpha,
        Capacity.HEAD_OF_AGENCY,
        TODAY,
        network.coordinator,
        NOW,
        instrument="Decree 9",
    )
    assert endorse(network, "alpha", edition).authority == "Head of Agency: Decree 9"


def test_an_edition_without_the_clause_is_not_quoted_for_it(edition: Edition) -> None:
    assert [source for _words, source in certificates.quotes(edition, "6.1", "99", "fn5")] == [
        "Protocol, §6.1",
        "Protocol, footnote 5",
    ]
