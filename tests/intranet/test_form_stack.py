"""What people type: digits of three scripts, blank against zero, errors that name field and fix."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from uuid import uuid4

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory, override_settings
from django.urls import get_resolver

from intranet.clock.models import NonWorkingDay
from intranet.files.fields import UploadField
from intranet.forms import BaseForm, DayField, MonthField, NumberField, problems
from intranet.forms.base import Manners


class Sample(BaseForm):
    received = NumberField(label="Reports received", most=500)
    sent = NumberField(label="Of these sent", required=False)
    day = DayField(label="Day", required=False)
    answer = forms.ChoiceField(label="Answer", choices=[("y", "Yes")], widget=forms.RadioSelect)
    note = forms.CharField(label="Note", required=False)


def sample(**data: str) -> Sample:
    form = Sample({"answer": "y"} | data)
    form.is_valid()
    return form


@pytest.mark.parametrize(("typed", "read"), [("12", 12), ("٣", 3), ("۱۰", 10), ("\u200f٠", 0), (" 7 ", 7)])
def test_digits_of_three_scripts(typed: str, read: int) -> None:
    form = sample(received=typed)
    assert form.errors == {}
    assert form.cleaned_data["received"] == read


@pytest.mark.rule("D37")
def test_blank_is_not_zero() -> None:
    assert sample(received="0", sent="").cleaned_data["sent"] is None
    assert sample(received="0", sent="0").cleaned_data["sent"] == 0
    form = sample(received="")
    assert form.errors["received"] == ["Reports received: write a number. If there were none, write 0."]


@pytest.mark.parametrize("typed", ["-1", "1.5", "1,5", "two", "1e3", "0x1", "1 000", "<b>3</b>"])
def test_what_is_no_whole_number_is_named_and_kept(typed: str) -> None:
    form = sample(received=typed)
    assert form.errors["received"] == ["Reports received: write a whole number, like 2."]
    page = render_crispy_form(form)
    assert f'value="{typed}"' in page or "&lt;b&gt;3&lt;/b&gt;" in page


@pytest.mark.parametrize("typed", ["501", "9" * 12])
def test_too_large_names_the_limit(typed: str) -> None:
    assert "at most 500" in sample(received=typed).errors["received"][0]


def test_a_label_that_asks_stands_in_the_sentence_without_its_question_mark() -> None:
    class Asked(BaseForm):
        received = NumberField(label="How many reports were received?")

    assert Asked({"received": "x"}).errors["received"] == [
        "How many reports were received: write a whole number, like 2."
    ]


@pytest.mark.parametrize("typed", ["25/1/2026", "25 1 2026", "25.1.2026", "2026-01-25", "٢٥/١/٢٠٢٦"])
def test_days_as_people_write_them(typed: str) -> None:
    assert sample(received="0", day=typed).cleaned_data["day"] == date(2026, 1, 25)


@pytest.mark.parametrize("typed", ["31/2/2026", "25/1", "1/25/2026", "tomorrow", "1/1/1600", "99/99/9999"])
def test_days_that_are_not_there(typed: str) -> None:
    assert "day/month/year" in sample(received="0", day=typed).errors["day"][0]


def test_errors_come_once_in_order_and_link_to_their_fields() -> None:
    form = Sample({"received": "x", "day": "x"})
    form.is_valid()
    assert [error["target"] for error in form.error_list] == ["id_received", "id_day", "id_answer"]
    assert form.error_list[2]["text"] == "Answer: choose one of the answers."
    page = render_crispy_form(form)
    for error in form.error_list:
        assert f'id="{error["target"]}"' in page


def test_the_page_has_no_asterisks_no_browser_bubbles_and_says_optional() -> None:
    page = render_crispy_form(Sample())
    assert "*" not in page
    assert "required" not in page.replace("required_", "")
    assert page.count("(optional)") == 3


def test_a_form_carries_one_random_key_and_keeps_it_when_it_comes_back() -> None:
    first, second = Sample(), Sample()
    assert first["submission_key"].value() != second["submission_key"].value()
    key = uuid4()
    form = sample(received="x", submission_key=str(key))
    assert f'value="{key}"' in str(form["submission_key"])
    assert sample(received="1", submission_key=str(key)).key == key
    assert sample(received="1", submission_key="not a key").key is None


def test_months_are_the_open_ones() -> None:
    class Month(BaseForm):
        month = MonthField(label="Month")

    form = Month({"month": "2026-01"})
    form.fields["month"].open([date(2026, 1, 1)])  # type: ignore[attr-defined]
    assert form.is_valid()
    assert form.cleaned_data["month"] == date(2026, 1, 1)
    closed = Month({"month": "2026-02"})
    closed.fields["month"].open([date(2026, 1, 1)])  # type: ignore[attr-defined]
    assert not closed.is_valid()


class Typed(BaseForm):
    share = forms.CharField(label="Largest share in %", required=False, max_length=5)
    mail = forms.EmailField(label="E-mail", required=False)
    one = forms.ChoiceField(label="Kind", required=False, choices=[("y", "Yes")])
    many = forms.MultipleChoiceField(label="Tables", required=False, choices=[("y", "Yes")])
    true = forms.BooleanField(label="I confirm", error_messages={"required": "Tick it if it is true."})
    file = UploadField(label="The letter", required=False)
    shown = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["later"] = forms.CharField(label="Added later", max_length=3)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        (
            "share",
            "x" * 9,
            "Largest share in %: at most 5 characters fit here, and there are 9. Shorten the text.",
        ),
        ("share", "a\0b", "Largest share in %: a sign in it cannot be kept. Write the text by hand."),
        ("mail", "nobody", "E-mail: write an address like name@example.org."),
        ("one", "<script>", "Kind: choose one of the answers."),
        ("many", "no", "Tables: choose one of the answers."),
        ("later", "long", "Added later: at most 3 characters fit here, and there are 4. Shorten the text."),
        ("later", "", "Added later: this cannot stay empty."),
        ("true", "", "Tick it if it is true."),
        ("shown", "no id", "This page was damaged on its way. Open it again and send it once more."),
        ("shown", "", "This page was damaged on its way. Open it again and send it once more."),
    ],
)
def test_every_sentence_names_the_field_and_the_fix(name: str, typed: str, said: str) -> None:
    form = Typed({name: typed})
    form.is_valid()
    assert form.errors[name] == [said]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["no id", "a\0b", "00000000-0000-4000-8000-000000000001"])
def test_what_is_in_no_list_is_said_of_the_list(typed: str) -> None:
    class Sent(BaseForm):
        party = forms.ModelChoiceField(NonWorkingDay.objects.all(), label="Day")

    form = Sent({"party": typed})
    form.is_valid()
    assert form.errors["party"] == ["Day: choose from the list."]


def our_forms() -> Iterator[type[Manners]]:
    get_resolver().url_patterns  # noqa: B018 - the pages bring their forms
    waiting = [Manners]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.split(".")[0] in {"intranet", "signatories", "protocol_pages", "forms_app"}:
            yield kind


def test_no_form_leaves_a_sentence_to_the_library() -> None:
    left = []
    for kind in our_forms():
        for name, field in getattr(kind, "base_fields", {}).items():
            if not field.widget.is_hidden and not field.label:
                continue
            field = deepcopy(field)
            problems.name(field)
            codes = {"required", *field.error_messages, *(v.code for v in field.validators)}
            codes.discard("contradiction")  # a box that takes a file away, which no form of ours has
            for code in codes:
                said = field.error_messages.get(code)
                if said is None or said is problems.of_library(field, code):
                    left.append(f"{kind.__module__}.{kind.__name__}.{name}: {code}")
    assert left == []


def big(name: str = "file") -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", b"%PDF-1.7" + bytes(13 * 1024 * 1024))


def test_a_file_that_is_too_large_is_not_called_missing() -> None:
    request = RequestFactory().post("/x/", {"file": big(), "share": "kept"})
    form = Typed(request.POST, request.FILES)
    form.is_valid()
    assert form.errors["file"] == ["The letter: the file is larger than 10 MB. Send a smaller one."]
    assert form["share"].value() == "kept"
    assert "file" not in form.cleaned_data
    assert request.FILES["file"].read() == b""  # nothing of it was kept


@pytest.mark.parametrize(("path", "kept"), [("/admin/documents/add/", True), ("/en/answers/x/", False)])
def test_only_files_of_the_library_may_be_larger(path: str, kept: bool) -> None:
    handed = RequestFactory().post(path, {"file": big()}).FILES["file"]
    assert (handed.size, len(handed.read()) > 0) == (13 * 1024 * 1024 + 8, kept)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "said"),
    [(b"a=" + b"x" * 3 * 1024 * 1024, "Too much was sent"), (b"x=1&" * 1100, "Too much was sent")],
)
def test_more_than_a_form_takes_is_said(body: bytes, said: str) -> None:
    answer = Client().post("/en/account/login/", body, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, said in answer.content.decode()) == (400, True)


@pytest.mark.django_db
def test_a_damaged_request_is_not_called_large() -> None:
    with override_settings(ALLOWED_HOSTS=["one.example"]):
        answer = Client(headers={"host": "two.example"}).get("/en/account/login/")
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()
