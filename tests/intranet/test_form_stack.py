"""What people type: digits of three scripts, blank against zero, errors that name field and fix."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms

from intranet.forms import BaseForm, DayField, MonthField, NumberField


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
