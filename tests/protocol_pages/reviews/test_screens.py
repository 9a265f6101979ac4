"""Through the door: comment, dispose, close, record the past; who sees names; Word files; outsiders."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intranet.access.roles import Capacity
from protocol_pages.editions import redline
from protocol_pages.editions import selectors as editions
from protocol_pages.reviews import page as pages
from protocol_pages.reviews import papers, services
from protocol_pages.reviews.models import ReviewAnswer, ReviewComment, ReviewCycle, ReviewDecision
from tests.personas import outsider_client
from tests.protocol_pages.test_word_proposals import AMAL, BASIM, marked_up, original
from tests.signatories.doors import coordinator_client, hidden, member_client, office_client, text_of
from tests.signatories.network import Network

from .play import OPENING, OUTSIDE, WORDS, comment_of, focal_point

pytestmark = [pytest.mark.django_db, pytest.mark.rule("§8"), pytest.mark.usefixtures("clock")]
YEAR = {"year": 2027}


def page(name: str, *args: Any) -> str:
    return reverse(name, args=args or [2027])


def minutes() -> SimpleUploadedFile:
    return SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes")


def focal(network: Network, member: str) -> Any:
    return member_client(network, f"{member}.first", Capacity.PRIMARY_FOCAL_POINT)


def test_a_year_without_a_record_reads_not_recorded(signed: Network) -> None:
    client = coordinator_client(signed)
    listed = text_of(client.get(reverse("reviews")))
    assert listed.count("Not recorded") == 5
    assert "it opens" in listed
    assert "Record it from its minutes : 2023" in listed
    assert "Record it" not in text_of(focal(signed, "alpha").get(reverse("reviews")))
    assert "No record of this review is here" in text_of(client.get(page("review", 2024)))
    assert client.get(page("review", 2022)).status_code == 404
    assert client.get(page("review", 2029)).status_code == 404
    assert "Open the review" in text_of(client.get(page("review")))


def test_comment_dispose_build_and_close(cycle: ReviewCycle, signed: Network) -> None:
    alpha, keeper = focal(signed, "alpha"), coordinator_client(signed)
    address = page("review-comment-on", 2027, "7b-2")
    assert address in alpha.get(page("review")).content.decode()
    form = alpha.get(address)
    today_text = form.context["form"].initial["proposed_text"]
    assert today_text in text_of(form)
    typed = hidden(form) | {"kind": "substance", "comment": "", "proposed_text": WORDS}
    kept = alpha.post(address, typed)
    assert "Comment: this cannot stay empty." in text_of(kept)
    assert WORDS in text_of(kept)
    typed |= {"comment": "Five days are too short."}
    assert alpha.post(address, typed).status_code == 302
    assert alpha.post(address, typed).status_code == 302  # double submit
    comment = ReviewComment.objects.get()

    shown = text_of(keeper.get(page("review-comment", comment.pk)))
    assert "Removed:" in shown
    assert "Added:" in shown
    write = page("review-dispose", comment.pk)
    done = keeper.post(write, {"disposition": "accepted", "reason": "Agreed by the network", "wording": ""})
    assert done.status_code == 302
    assert "Agreed by the network" in text_of(alpha.get(page("review-comment", comment.pk)))
    assert keeper.post(page("review-draft"), {"submission_key": str(uuid4())}).status_code == 302
    decision = {"decided_by": "UNCT", "decided_on": "2/12/2026", "outcome": "amended"}
    missing = keeper.post(page("review-close"), decision)
    assert "Minutes: this cannot stay empty." in text_of(missing)
    assert keeper.post(page("review-close"), decision | {"minutes": minutes()}).status_code == 302
    told = alpha.get(page("review"))
    assert "1 of 3 organizations had answered." in text_of(told)
    cycle.refresh_from_db()
    assert alpha.get(reverse("file", args=[cycle.decision.minutes_id])).status_code == 200
    assert "Amended" in text_of(alpha.get(reverse("reviews")))


def test_no_change_is_two_steps_from_home(cycle: ReviewCycle, signed: Network) -> None:
    alpha = focal(signed, "alpha")
    assert page("review-no-change") in alpha.get(page("review")).content.decode()
    asked = alpha.get(page("review-no-change"))
    assert not ReviewAnswer.objects.exists()  # GET decides nothing
    assert alpha.post(page("review-no-change"), hidden(asked)).status_code == 302
    assert ReviewAnswer.objects.get().kind == "no_change"
    assert page("review-no-change") not in alpha.get(page("review")).content.decode()


def test_members_see_how_many_and_keepers_who(cycle: ReviewCycle, signed: Network) -> None:
    services.answer_no_change(cycle, signed.members["alpha"], focal_point(signed, "alpha"), OPENING)
    comment = comment_of(signed, cycle, "beta", "4-a", comment="Beta's own words here")
    member = focal(signed, "gamma")
    seen = text_of(member.get(page("review")))
    assert "2 of 3 organizations have answered" in seen
    assert not any(word in seen for word in ("Alpha", "Beta", "own words"))
    assert "Alpha (example)" in text_of(coordinator_client(signed).get(page("review")))
    answer = ReviewAnswer.objects.get(organization=signed.members["alpha"])
    reader = pages.context_of(cycle, signed.actor("alpha.first", Capacity.MEMBER), OPENING)
    assert (reader["answer"], reader["speaks"]) == (answer, False), "its page does not open to readers"
    for client in (member, outsider_client()):
        for address in (page("review-comment", comment.pk), page("review-answer", answer.pk)):
            assert client.get(address).status_code == 404
            assert client.get(address.replace(str(answer.pk), str(uuid4()))).status_code == 404
        assert client.post(page("review-dispose", comment.pk), {}).status_code == 403
        assert client.post(page("review-take-back", comment.pk), {}).status_code == 404
        table = client.get(page("review-dispositions"))
        assert b"own words" not in zipfile.ZipFile(io.BytesIO(table.content)).read("word/document.xml")


def test_the_outsider_answers_nothing(cycle: ReviewCycle, signed: Network) -> None:
    outsider = outsider_client()
    for name in ("review-no-change", "review-draft", "review-close", "review-open"):
        answer = outsider.post(page(name), {"submission_key": str(uuid4())})
        assert answer.status_code in (200, 403)
    for name in ("review-record", "review-record-comment"):
        args = [2027, signed.members["alpha"].pk, *(["4-a"] if name.endswith("comment") else [])]
        assert outsider.post(page(name, *args), {}).status_code == 403
    assert not ReviewAnswer.objects.exists()
    assert ReviewCycle.objects.get().state == "running"


@pytest.mark.rule("D17")
def test_what_arrived_outside_is_recorded_and_confirmed_by_another(
    cycle: ReviewCycle, signed: Network
) -> None:
    beta, keeper, office = signed.members["beta"], coordinator_client(signed), office_client(signed)
    address = page("review-record", 2027, beta.pk)
    typed = {"name": "Beta Head", "title": "Director", "how": "letter", "received_on": "2/12/2026"}
    refused = keeper.post(address, typed)
    assert "File: this cannot stay empty." in text_of(refused)
    assert keeper.post(address, typed | {"file": minutes()}).status_code == 302
    answer = ReviewAnswer.objects.get()
    assert keeper.get(page("review-confirm", answer.pk)).status_code == 403
    assert "Received outside the system." in text_of(office.get(page("review-answer", answer.pk)))
    confirm = page("review-confirm", answer.pk)
    unread = office.post(confirm, {"submission_key": str(uuid4())})
    assert "Open the file first: minutes.pdf." in text_of(unread)
    assert answer.file is not None
    assert reverse("file", args=[answer.file.pk]) in unread.content.decode()
    office.get(reverse("file", args=[answer.file.pk]))
    assert office.post(confirm, {"submission_key": str(uuid4())}).status_code == 302
    answer.refresh_from_db()
    assert answer.state == "given"


def test_a_past_year_through_the_door(signed: Network) -> None:
    keeper, office = coordinator_client(signed), office_client(signed)
    typed = {"decided_by": "UNCT", "decided_on": "8/2/2024", "outcome": "confirmed", "minutes": minutes()}
    assert keeper.post(page("review-past", 2024), typed).status_code == 302
    assert "waits for a confirmation" in text_of(office.get(page("review", 2024)))
    assert keeper.post(page("review-past-confirm", 2024), {"submission_key": str(uuid4())}).status_code == 200
    assert "Open the file first" in text_of(
        office.post(page("review-past-confirm", 2024), {"submission_key": str(uuid4())})
    )
    office.get(reverse("file", args=[ReviewDecision.objects.get().minutes_id]))
    assert office.post(page("review-past-confirm", 2024), {"submission_key": str(uuid4())}).status_code == 302
    assert text_of(keeper.get(reverse("reviews"))).count("Not recorded") == 4
    protocol = text_of(keeper.get(reverse("protocol")))
    assert "Recorded: 2024" in protocol
    assert "Not recorded: 2023 , 2025 , 2026" in protocol


@pytest.mark.rule("D10")
def test_what_was_recorded_and_denied_is_nobody_elses(signed: Network) -> None:
    keeper, office, alpha = coordinator_client(signed), office_client(signed), focal(signed, "alpha")
    typed = {"decided_by": "UNCT", "decided_on": "8/2/2024", "outcome": "confirmed", "minutes": minutes()}
    keeper.post(page("review-past", 2024), typed)
    made = ReviewDecision.objects.get()
    places = [reverse("file", args=[made.minutes_id]), reverse("history", args=["reviewdecision", made.pk])]
    assert [alpha.get(place).status_code for place in places] == [200, 200]
    denied = office.post(
        page("review-past-deny", 2024), {"submission_key": str(uuid4()), "reason": "Another meeting"}
    )
    assert denied.status_code == 302
    assert [alpha.get(place).status_code for place in places] == [404, 404]
    assert [keeper.get(place).status_code for place in places] == [200, 200]


def copy() -> SimpleUploadedFile:
    return SimpleUploadedFile("copy.docx", marked_up(original()))


def test_a_marked_up_copy_becomes_comments_by_block_and_author(cycle: ReviewCycle, signed: Network) -> None:
    alpha = focal(signed, "alpha")
    assert page("review-word") in alpha.get(page("review")).content.decode()
    plain = SimpleUploadedFile("plain.docx", original())
    assert "no tracked change and no comment" in text_of(alpha.post(page("review-word"), {"file": plain}))
    hostile = SimpleUploadedFile("copy.docx", b"PK\x03\x04 nothing")
    assert "damaged" in text_of(alpha.post(page("review-word"), {"file": hostile}))
    assert not ReviewAnswer.objects.exists()
    key = {"submission_key": str(uuid4())}
    for _again in (1, 2):
        sent = alpha.post(page("review-word"), {"file": copy()} | key)
    assert sent.status_code == 302
    made = ReviewComment.objects.order_by("number")
    assert [(row.block_id, row.kind, row.comment.partition(":")[0]) for row in made] == [
        ("4-a", "clarity", BASIM),
        ("7b-2", "substance", AMAL),
        ("7b-2", "substance", BASIM),
        ("c2-5", "substance", AMAL),
        ("9-d", "new_clause", BASIM),
    ]
    assert "10 business days" in made[1].proposed_text
    assert made[4].proposed_text == "Mediation comes first."
    assert "Policy and advocacy" in made[3].today_text
    assert "5 comments were recorded." in text_of(alpha.get(sent["Location"]))


@pytest.mark.rule("D17")
def test_a_marked_up_copy_from_outside_is_the_file_of_its_record(cycle: ReviewCycle, signed: Network) -> None:
    beta, keeper = signed.members["beta"], coordinator_client(signed)
    address = page("review-record-word", 2027, beta.pk)
    assert address in keeper.get(page("review-record", 2027, beta.pk)).content.decode()
    assert focal(signed, "alpha").get(address).status_code == 403
    typed = {"name": "Beta Head", "title": "Director", "how": "mail", "received_on": "2/12/2026"}
    assert keeper.post(address, typed | {"file": copy()}).status_code == 302
    answer = ReviewAnswer.objects.get()
    assert (answer.outside, answer.state, answer.comments.count()) == (True, "given", 5)
    assert answer.file is not None
    assert answer.file.name == "copy.docx"


def test_word_out_the_dispositions_and_a_redline_that_proves_itself(
    cycle: ReviewCycle, signed: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = comment_of(signed, cycle, "alpha", "7b-2")
    services.record_comment(
        cycle,
        signed.members["beta"],
        OUTSIDE,
        services.Proposal("4-a", "clarity", "Say which camps."),
        signed.coordinator,
        OPENING,
    )
    services.dispose(comment, "partly", "Shorter", "Six business days.", signed.coordinator, OPENING)
    draft = services.build_draft(cycle, signed.coordinator, OPENING)
    keeper = coordinator_client(signed)
    table = keeper.get(page("review-dispositions"))
    text = zipfile.ZipFile(io.BytesIO(table.content)).read("word/document.xml").decode()
    for words in ("Say which camps.", "Six business days.", "Shorter", "Alpha (example)", "Partly accepted"):
        assert words in text
    changed = keeper.get(page("review-redline"))
    assert cycle.edition is not None
    redline.prove(changed.content, editions.blocks_of(cycle.edition), editions.blocks_of_draft(draft))
    assert (
        focal(signed, "gamma").get(page("review-redline")).status_code == 404
    )  # the draft is not in review yet
    honest = redline._document
    monkeypatch.setattr(redline, "_document", lambda *all: honest(*all).replace("survivor", "victim"))
    refused = keeper.get(page("review-redline"))
    assert refused.status_code == 500
    assert "The Word file is not given out" in text_of(refused)


def test_the_pages_stay_flat(cycle: ReviewCycle, signed: Network, django_assert_max_num_queries: Any) -> None:
    for member in ("alpha", "beta", "gamma"):
        for block in ("4-a", "7b-2", "8"):
            comment_of(signed, cycle, member, block)
    for client in (coordinator_client(signed), focal(signed, "alpha")):
        for address in (page("review"), reverse("reviews"), reverse("home")):
            client.get(address)
            with django_assert_max_num_queries(12):
                assert client.get(address).status_code == 200


def test_today_s_text_in_arabic_runs_from_right_to_left_in_the_table(
    cycle: ReviewCycle, signed: Network
) -> None:
    comment = comment_of(signed, cycle, "alpha", "7b-2")
    comment.today_text = "لا تُنشر أي أسماء في التقارير[3]."
    data = papers.dispositions(cycle, [comment], OPENING)
    document = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    before = document[: document.index("لا تُنشر")]
    assert before[before.rindex("<w:p>") :].startswith('<w:p><w:pPr><w:pStyle w:val="PaperQuoteRTL"/>')
