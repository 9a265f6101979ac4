"""Issuing: one paper an act, numbers without gaps or twins, all or nothing, downloads under the object's policy."""

from __future__ import annotations

import hashlib
import threading
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from audit.models import Event
from intranet.access.roles import Capacity
from intranet.files import store
from intranet.files.models import StoredFile
from intranet.papers import kinds, pdf, services
from intranet.papers.models import IssuedPaper
from intranet.papers.paper import Table, Text
from intranet.workflow.runner import Refused
from tests.personas import outsider_client
from tests.signatories.conftest import edition, first_signed, network, signed  # noqa: F401
from tests.signatories.doors import coordinator_client, member_client
from tests.signatories.network import NOW, Network

SHA = "0f" * 32


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(kinds.PaperKind("test", "TT", "Test paper"))
    kinds.register(kinds.PaperKind("other", "TO", "Other paper"))


def build(stamp: services.Stamp) -> Any:
    return stamp.paper("A paper", (Text(f"Number {stamp.number}."),), sha256=SHA)


def issue(network: Network, member: str = "alpha", **more: Any) -> IssuedPaper:  # noqa: F811
    given = {"about": network.members[member], "actor": network.coordinator, "now": NOW} | more
    return services.issue(given.pop("kind", "test"), given.pop("build", build), **given)


def rows() -> tuple[int, int]:
    return IssuedPaper.objects.count(), StoredFile.objects.count()


def test_a_paper_is_numbered_stored_and_comparable(signed: Network) -> None:  # noqa: F811
    paper = issue(signed)
    assert (paper.number, paper.kind_label, str(paper.day)) == ("TT-2026-001", "Test paper", "2026-01-11")
    assert paper.certifies_sha256 == SHA
    assert paper.pdf is not None
    for file, digest, start in (
        (paper.word, paper.word_sha256, b"PK"),
        (paper.pdf, paper.pdf_sha256, b"%PDF"),
    ):
        content = store.read(file)
        assert content.startswith(start)
        assert hashlib.sha256(content).hexdigest() == digest == file.sha256
        assert file.owner_id == signed.members["alpha"].pk
    assert [paper.word.name, paper.pdf.name] == ["TT-2026-001.docx", "TT-2026-001.pdf"]
    assert paper.evidence["word"] == paper.word_sha256
    assert paper.verify_url.endswith(f"/en/papers/verify/{paper.pk}/")
    assert services.papers_about(signed.members["alpha"]) == [paper]


def test_one_act_gives_one_paper(signed: Network) -> None:  # noqa: F811
    first = issue(signed)
    before = rows()
    assert issue(signed, now=NOW + timedelta(days=9)).pk == first.pk
    assert rows() == before
    assert issue(signed, act="another").number == "TT-2026-002"
    assert issue(signed, language="ar").number == "TT-2026-003"
    assert issue(signed, kind="other").number == "TO-2026-001"
    assert issue(signed, member="beta").number == "TT-2026-004"


def test_numbers_count_by_year_and_within_an_object_where_wanted(signed: Network) -> None:  # noqa: F811
    alpha, beta = (signed.members[name].pk for name in ("alpha", "beta"))
    new_year = NOW.replace(month=12, day=31, hour=22)  # 2027 in Baghdad already
    numbers = [
        issue(signed, act="1").number,
        issue(signed, act="2", now=new_year).number,
        issue(signed, act="3", within=alpha).number,
        issue(signed, act="4", within=alpha).number,
        issue(signed, act="5", within=beta, member="beta").number,
    ]
    assert numbers == [
        "TT-2026-001",
        "TT-2027-001",
        f"TT-2026-001-{alpha.hex[:4].upper()}",
        f"TT-2026-002-{alpha.hex[:4].upper()}",
        f"TT-2026-001-{beta.hex[:4].upper()}",
    ]


def test_two_objects_whose_ids_begin_alike_have_two_numbers(signed: Network) -> None:  # noqa: F811
    one, two = (UUID(f"abcd{digit * 28}") for digit in "12")
    numbers = [issue(signed, act="1", within=one).number, issue(signed, act="2", within=two).number]
    assert numbers == ["TT-2026-001-ABCD", "TT-2026-001-ABCD2222"]


def test_a_crash_leaves_no_half_thing(signed: Network) -> None:  # noqa: F811
    before = rows()

    def crash() -> None:
        with transaction.atomic():
            issue(signed)
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError, match="power"):
        crash()
    assert rows() == before
    assert issue(signed).number == "TT-2026-001"  # the number was not used up


def test_a_paper_that_cannot_be_refuses_the_act(signed: Network) -> None:  # noqa: F811
    before = rows()

    def wrong(stamp: services.Stamp) -> Any:
        return stamp.paper("A paper", (Table("T", ("a",), (("1", "2"),)),))

    with pytest.raises(Refused, match="as long as its head") as refusal:
        issue(signed, build=wrong, rule="§9.i")
    assert refusal.value.rule == "§9.i"
    assert rows() == before


def test_unknown_kinds_and_objects_without_policy_are_mistakes(signed: Network) -> None:  # noqa: F811
    with pytest.raises(LookupError):
        issue(signed, kind="nothing")
    with pytest.raises(LookupError):
        issue(signed, about=Event.objects.first())
    with pytest.raises(ValueError, match="twice"):
        kinds.register(kinds.PaperKind("third", "TT", "Same letters"))


def test_without_a_pdf_engine_the_word_paper_is_issued(
    signed: Network,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> Any:
        raise pdf.PdfUnavailable("The PDF needs the text engine Pango: sudo apt-get install libpango-1.0-0")

    monkeypatch.setattr(pdf, "_engine", missing)
    paper = issue(signed)
    assert paper.pdf is None
    assert paper.pdf_sha256 == ""
    assert store.read(paper.word).startswith(b"PK")
    page = coordinator_client(signed).get(f"/en/papers/verify/{paper.pk}/")
    assert page.status_code == 200
    assert "sudo apt-get install libpango-1.0-0" in page.content.decode()


@pytest.mark.rule("D10")
def test_downloads_and_page_follow_the_policy_of_what_it_is_about(signed: Network) -> None:  # noqa: F811
    paper = issue(signed)
    assert paper.pdf is not None
    addresses = [
        f"/en/files/{paper.word.pk}/",
        f"/en/files/{paper.pdf.pk}/",
        f"/en/papers/verify/{paper.pk}/",
    ]
    own = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    for address in addresses:
        assert own.get(address).status_code == 200
        assert coordinator_client(signed).get(address).status_code == 200
    strangers = (member_client(signed, "beta.first", Capacity.PRIMARY_FOCAL_POINT), outsider_client())
    for client in strangers:
        for address in addresses:
            nothing = client.get(address.replace(str(paper.pk), str(uuid4())))
            got = client.get(address)
            assert got.status_code == nothing.status_code == 404 or str(paper.pk) not in address
            assert got.status_code == 404


@pytest.mark.parametrize(
    ("which", "says"),
    [
        ("word", "It is the Word file"),
        ("pdf", "It is the PDF"),
        ("text", "hash of the text"),
        ("typed", "It is the Word file"),
        ("other", "This is not the paper"),
    ],
)
def test_the_page_compares_a_file_or_a_hash(signed: Network, which: str, says: str) -> None:  # noqa: F811
    from django.core.files.uploadedfile import SimpleUploadedFile

    paper = issue(signed)
    assert paper.pdf is not None
    files = {"word": paper.word, "pdf": paper.pdf}
    given: dict[str, Any] = {"sha256": SHA}
    if which in files:
        given = {"file": SimpleUploadedFile("x", store.read(files[which]))}
    elif which == "typed":
        given = {"sha256": " ".join(paper.word_sha256[i : i + 8].upper() for i in range(0, 64, 8))}
    elif which == "other":
        given = {"file": SimpleUploadedFile("x", store.read(paper.word) + b" ")}
    before = rows()
    client = member_client(signed, "alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    page = client.post(f"/en/papers/verify/{paper.pk}/", given)
    assert page.status_code == 200
    assert says in page.content.decode()
    assert rows() == before


@pytest.mark.parametrize(("typed", "says"), [("", "choose it, or paste"), ("xyz", "64 digits")])
def test_input_that_cannot_be_compared_is_kept_and_explained(
    signed: Network,  # noqa: F811
    typed: str,
    says: str,
) -> None:
    client = coordinator_client(signed)
    page = client.post(f"/en/papers/verify/{issue(signed).pk}/", {"sha256": typed})
    assert page.status_code == 422
    text = page.content.decode()
    assert says in text
    assert f'value="{typed}"' in text or not typed
    assert "This is not the paper" not in text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers_and_one_act_one_paper() -> None:
    from tests.signatories.network import found_network

    made = found_network()
    made.member("alpha")
    numbers: list[str] = []
    start = threading.Barrier(4)

    def one(act: str) -> None:
        start.wait()
        try:
            numbers.append(issue(made, act=act).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(act,)) for act in ("a", "b", "a", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(numbers)) == ["TT-2026-001", "TT-2026-002", "TT-2026-003"]
    assert len(numbers) == 4
    assert IssuedPaper.objects.count() == 3
