"""Rows of organizations, people and posts: found by their natural key, created, changed or left."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from intranet.access.roles import Capacity
from intranet.clock.wording import plain_date
from intranet.workflow import wording
from signatories import record_services, services
from signatories.models import Kind, Organization, Person, Post, PostState
from signatories.names import find_by_name, folded

from .book import Row
from .run import Import, Line, Unjudged, Verdict, Wrong

_CORRECTED = ("name_ar", "name_ckb", "acronym", "region", "active_from", "active_to")
_DETAILS = ("language", "languages", "duty_station", "phone")


def changed(obj: models.Model, values: dict[str, Any]) -> tuple[str, ...]:
    """What would be different, in words: "Acronym: empty → WFP". Empty where nothing would."""
    model = type(obj)
    return tuple(
        _("%(field)s: %(before)s → %(after)s")
        % {
            "field": wording.field_label(model, name),
            "before": wording.value(model, name, getattr(obj, name)),
            "after": wording.value(model, name, value),
        }
        for name, value in values.items()
        if getattr(obj, name) != value
    )


def given(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """The cells of these columns in which something stands; an empty cell says nothing."""
    return {name: row[name] for name in names if row[name] not in (None, [])}


def organization(run: Import, row: Row) -> Line:
    """By the English name, or any name under which it is listed."""
    found = find_by_name(row["name_en"])
    if len(found) > 1:
        raise Wrong("name_en", _("%s organizations are called so. Write the whole name of one.") % len(found))
    if not found:
        dates_in_order(row, "active_from", "active_to")
        return _new_organization(run, row)
    known = found[0]
    last = row["active_to"] or known.active_to
    if last is not None and last < row["active_from"]:
        raise Wrong("active_to", _("it lies before the first day. Correct one of them."))
    if known.kind != row["kind"]:
        raise Wrong(
            "kind", _("it is listed as %s. Write that, or ask for a new entry.") % known.get_kind_display()
        )
    values = given(row, _CORRECTED)
    changes = changed(known, values)
    if changes:
        services.correct_organization(known, values, run.actor, run.now, run.note)
    changes += _other_names(run, row, known)
    verdict = Verdict.CHANGED if changes else Verdict.LEFT
    return Line("organizations", row.number, verdict, known.name_en, changes)


def _new_organization(run: Import, row: Row) -> Line:
    values = given(row, _CORRECTED)
    new = Organization(kind=Kind(row["kind"]), name_en=row["name_en"], **values)
    services.create_organization(new, run.actor, run.now)
    _other_names(run, row, new)
    return Line("organizations", row.number, Verdict.CREATED, new.name_en)


def _other_names(run: Import, row: Row, of: Organization) -> tuple[str, ...]:
    added = []
    others = {
        folded(r["name_en"]): r for r in run.book.rows["organizations"] if r["name_en"] and r is not row
    }
    for name in row["other_names"] or ():
        if folded(name) in others:
            raise Wrong(
                "other_names", _("“%s” is the name of another row. Each name means one organization.") % name
            )
        meant = find_by_name(name)
        if [item.pk for item in meant] == [of.pk]:
            continue
        record_services.add_other_name(of, name, run.actor, run.now)
        added.append(_("Other name: %s") % name)
    return tuple(added)


def person(run: Import, row: Row) -> Line:
    """By the e-mail; a name is never changed here, because a wrong address would rename somebody."""
    values = given(row, _DETAILS)
    known = Person.objects.filter(email__iexact=row["email"]).first()
    if known is None:
        new = Person(name=row["name"], email=row["email"], **values)
        _clean(new)
        services.register_person(new, run.actor, run.now)
        return Line("people", row.number, Verdict.CREATED, new.name)
    if folded(known.name) != folded(row["name"]):
        raise Wrong(
            "name", _("this address belongs to %s. Write that name, or another address.") % known.name
        )
    if "languages" in values and set(values["languages"]) == set(known.languages):
        del values["languages"]
    changes = changed(known, values)
    if changes:
        record_services.correct_person(known, values, run.actor, run.now, run.note)
    return Line("people", row.number, Verdict.CHANGED if changes else Verdict.LEFT, known.name, changes)


def _clean(new: Person) -> None:
    """Raise Wrong where a value is none that the field takes, like letters in a telephone number."""
    try:
        new.clean_fields(exclude=["user", "state"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Wrong(name, messages[0]) from error


def post(run: Import, row: Row) -> Line:
    """By organization, person, capacity and first day."""
    where = run.organization(row, "organization")
    who = Person.objects.filter(email__iexact=row["email"]).first()
    if who is None:
        if run.waits_for_person(row["email"]):
            raise Unjudged
        raise Wrong("email", _("nobody with this address is listed. Add the person to the sheet people."))
    dates_in_order(row, "begins_on", "ends_on")
    capacity = Capacity(row["capacity"])
    label = f"{capacity.label}: {who.name}, {where.name}"
    known = (
        Post.objects.filter(organization=where, person=who, capacity=capacity, begins_on=row["begins_on"])
        .exclude(state=PostState.CANCELLED)
        .first()
    )
    if known is None:
        services.appoint(
            who,
            where,
            capacity,
            row["begins_on"],
            run.actor,
            run.now,
            ends_on=row["ends_on"],
            instrument=row["instrument"] or "",
        )
        return Line("posts", row.number, Verdict.CREATED, label)
    if row["instrument"] and folded(row["instrument"]) != folded(known.instrument):
        raise Wrong(
            "instrument",
            _("the post is recorded with “%s”. Write that, or leave the cell empty.") % known.instrument
            if known.instrument
            else _("the post is recorded without an instrument. Leave the cell empty."),
        )
    ends_on: date | None = row["ends_on"]
    if ends_on is None or ends_on == known.ends_on:
        return Line("posts", row.number, Verdict.LEFT, label)
    changes = changed(known, {"ends_on": ends_on})
    services.end_post(known, ends_on, run.actor, run.now, run.note)
    return Line("posts", row.number, Verdict.CHANGED, label, changes)


def dates_in_order(row: Row, first: str, last: str) -> None:
    """Raise Wrong where the last day lies before the first."""
    if row[first] is not None and row[last] is not None and row[last] < row[first]:
        raise Wrong(
            last, _("it lies before the first day, %s. Correct one of them.") % plain_date(row[first])
        )
