"""Endorsing and withdrawing: who may, to which text, and that a refusal changes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError

from audit.actors import Actor, acting, system_actor
from audit.models import Event
from intranet.access.roles import Capacity
from intranet.notices.models import Notice
from intranet.workflow.runner import Refused
from protocol_pages.editions.models import Edition
from protocol_pages.editions.selectors import edition_in_force
from signatories import selectors, services
from signatories.models import EntryKind, Kind, Organization, ParticipationEntry

from .network import NOW, START, TODAY, Network, acting_as, counts, endorse, later


def sign(network: Network, member: str, edition: Edition, actor: Actor, **changes: Any) -> ParticipationEntry:
    values: dict[str, Any] = {
        "sha256": edition.sha256,
        "signer_name": actor.label,
        "signer_title": "Country Director",
        "authority": "Head of Agency",
    }
    return services.endorse(network.members[member], edition, actor, NOW, **values | changes)


@pytest.mark.rule("D19")
def test_the_signature_is_text_bound_to_the_edition(network: Network, edition: Edition) -> None:
    network.member("alpha")
    entry = endorse(network, "alpha", edition)
    assert (entry.edition_number, entry.edition_sha256) == (1, edition.sha256)
    assert entry.signer == network.people["alpha.head"]
    assert (entry.signer_name, entry.signer_title) == ("Alpha Head", "Country Director")
    assert entry.signer_email == "alpha.head@example.org"
    assert entry.in_effect
    event = Event.objects.get(action="organization.endorse")
    assert (event.outcome, event.state_after, event.clause) == ("done", "signatory", "D19")
    assert event.data["sha256"] == edition.sha256


@pytest.mark.rule("trap 18")
def test_the_signature_outlives_account_name_and_address(network: Network, edition: Edition) -> None:
    network.member("alpha")
    entry = endorse(network, "alpha", edition)
    person = network.people["alpha.head"]
    assert person.user is not None
    # An account that acted cannot be deleted: its history rows name it, and they are append-only.
    with pytest.raises(DatabaseError), transaction.atomic():
        person.user.delete()
    with pytest.raises(ProtectedError):
        person.delete()
    with acting(network.coordinator, "married"):
        person.name, person.email, person.user = "Other Name", "other@example.org", None
        person.save()
    entry = ParticipationEntry.objects.get(pk=entry.pk)
    assert (entry.signer_name, entry.signer_email) == ("Alpha Head", "alpha.head@example.org")
    assert selectors.is_signatory(network.members["alpha"], TODAY)


@pytest.mark.rule("D19")
@pytest.mark.parametrize(
    "who",
    [
        "focal point",
        "senior management",
        "other head",
        "coordinator",
        "office",
        "system",
        "superuser",
        "signer of another",
    ],
)
def test_nobody_else_endorses(network: Network, edition: Edition, who: str) -> None:
    alpha, beta = network.member("alpha"), network.member("beta")
    endorse(network, "beta", edition)
    first = network.people["alpha.first"]
    actor = {
        "focal point": network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        "senior management": acting_as(first, Capacity.SENIOR_MANAGEMENT, alpha),
        "other head": network.head("beta"),
        "coordinator": network.coordinator,
        "office": network.office_actor,
        "system": system_actor("run_due"),
        "superuser": Actor("Root", "", user_id=first.user_id, verified_at=NOW),
        "signer of another": acting_as(network.people["beta.head"], Capacity.SIGNER, beta),
    }[who]
    before = counts()
    with pytest.raises(Refused) as refusal:
        sign(network, "alpha", edition, actor)
    assert refusal.value.code in {"policy", "step_up"}
    assert counts() == before
    assert Event.objects.get(action="organization.endorse", outcome="refused").clause == "D19"


@pytest.mark.rule("D19")
def test_a_person_named_in_a_recorded_authority_endorses(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    deputy = network.people["alpha.first"]
    actor = network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT)
    services.record_authority(
        alpha, deputy, "Letter 7 of the Head of Agency", TODAY, network.head("alpha"), NOW, ends_on=TODAY
    )
    with pytest.raises(Refused):
        services.endorse(
            alpha,
            edition,
            Actor(**{f: getattr(actor, f) for f in actor.__slots__} | {"verified_at": later(days=1)}),
            later(days=1),
            sha256=edition.sha256,
            signer_name="Alpha First",
            signer_title="Deputy",
            authority="Letter 7",
        )
    entry = sign(network, "alpha", edition, actor, authority="Letter 7")
    assert entry.signer == deputy
    assert selectors.is_signatory(alpha, TODAY)


@pytest.mark.rule("D19")
@pytest.mark.parametrize("who", ["other head", "focal point", "office", "for oneself"])
def test_authority_is_given_by_the_own_head_or_recorded_by_the_coordinator(
    network: Network, who: str
) -> None:
    alpha, _beta = network.member("alpha"), network.member("beta")
    person = network.people["alpha.head" if who == "for oneself" else "alpha.first"]
    actor = {
        "other head": network.head("beta"),
        "focal point": network.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        "office": network.office_actor,
        "for oneself": network.head("alpha"),
    }[who]
    with pytest.raises(Refused):
        services.record_authority(alpha, person, "Letter", TODAY, actor, NOW)
    assert not alpha.authorities.exists()


@pytest.mark.rule("D11")
def test_an_old_code_endorses_nothing(network: Network, edition: Edition) -> None:
    alpha = network.member("alpha")
    old = acting_as(network.people["alpha.head"], Capacity.HEAD_OF_AGENCY, alpha, NOW - timedelta(minutes=16))
    before = counts()
    with pytest.raises(Refused) as refusal:
        sign(network, "alpha", edition, old)
    assert refusal.value.code == "step_up"
    assert counts() == before


@pytest.mark.rule("trap 44")
@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"signer_title": " "}])
def test_another_text_or_no_title_is_refused(
    network: Network, edition: Edition, change: dict[str, str]
) -> None:
    network.member("alpha")
    before = counts()
    with pytest.raises(Refused) as refusal:
        sign(network, "alpha", edition, network.head("alpha"), **change)
    assert refusal.value.code == "guard"
    assert counts() == before


@pytest.mark.rule("D7")
def test_the_second_of_two_signatures_is_told_who_was_first(network: Network, edition: Edition) -> None:
    network.member("alpha")
    endorse(network, "alpha", edition)
    before = counts()
    with pytest.raises(Refused, match="Alpha Head endorsed edition 1"):
        sign(network, "alpha", edition, network.head("alpha"))
    assert counts() == before


@pytest.mark.rule("§2")
def test_the_office_and_others_do_not_sign(network: Network, edition: Edition) -> None:
    network.member("alpha", Kind.PARTNER_GOVERNMENT)
    outside = services.create_organization(
        Organization(kind=Kind.EXTERNAL, name_en="Donor (example)", active_from=START),
        network.coordinator,
        NOW,
    )
    network.members["donor"] = outside
    actor = acting_as(network.people["alpha.head"], Capacity.HEAD_OF_AGENCY, outside)
    with pytest.raises(Refused, match="does not sign"):
        sign(network, "donor", edition, actor)


@pytest.mark.rule("§9.i fn5")
@pytest.mark.parametrize(
    "who",
    ["head of agency", "new head", "focal point", "coordinator", "office", "system", "superuser", "no code"],
)
def test_only_the_signer_withdraws(signed: Network, who: str) -> None:
    alpha = signed.members["alpha"]
    first = signed.people["alpha.first"]
    actor = {
        # The very person who signed, but acting as Head of Agency: the act is the signer's.
        "head of agency": signed.head("alpha"),
        "new head": acting_as(first, Capacity.HEAD_OF_AGENCY, alpha),
        "focal point": signed.actor("alpha.first", Capacity.PRIMARY_FOCAL_POINT),
        "coordinator": signed.coordinator,
        "office": signed.office_actor,
        "system": system_actor("import"),
        "superuser": Actor("Root", "", user_id=first.user_id, verified_at=NOW),
        "no code": acting_as(signed.people["alpha.head"], Capacity.SIGNER, alpha, None),
    }[who]
    before = counts()
    with pytest.raises(Refused) as refusal:
        services.withdraw(alpha, actor, NOW, statement="We leave.", effective_on=TODAY)
    assert refusal.value.code == ("step_up" if who == "no code" else "policy")
    assert counts() == before
    assert selectors.is_signatory(alpha, TODAY)


@pytest.mark.rule("§9.i fn5")
def test_another_signer_capacity_by_somebody_else_is_worth_nothing(signed: Network) -> None:
    alpha = signed.members["alpha"]
    false = acting_as(signed.people["alpha.first"], Capacity.SIGNER, alpha)
    with pytest.raises(Refused):
        services.withdraw(alpha, false, NOW, statement="We leave.", effective_on=TODAY)


@pytest.mark.rule("§9.i")
def test_a_withdrawal_tells_everybody_and_makes_a_minor_edition(signed: Network, edition: Edition) -> None:
    endorse(signed, "beta", edition)
    alpha = signed.members["alpha"]
    written = set(Notice.objects.values_list("pk", flat=True))
    entry = services.withdraw(
        alpha, signed.signer("alpha"), NOW, statement="We leave the protocol.", effective_on=TODAY
    )
    assert entry.kind == EntryKind.WITHDRAWN
    assert entry.signer_name == "Alpha Head"
    notices = Notice.objects.exclude(pk__in=written)
    told = {address for notice in notices for address in notice.to}
    assert {
        "cora@example.org",
        "olive@example.org",
        "beta.first@example.org",
        "beta.head@example.org",
    } <= told
    for notice in notices:
        assert "Alpha" not in notice.subject + notice.text  # trap 37
    annexed = edition_in_force(TODAY)
    assert (annexed.number, annexed.minor, annexed.minor_kind) == (1, 1, "signatory_annex")
    assert annexed.annex == ["Beta (example)"]
    assert annexed.sha256 == edition.sha256
    assert selectors.is_signatory(signed.members["beta"], TODAY)  # nobody is asked again (D7)


@pytest.mark.rule("§9.i")
@pytest.mark.parametrize(
    ("statement", "days", "says"), [(" ", 0, "Statement"), ("We leave.", -1, "Effective date")]
)
def test_a_withdrawal_needs_words_and_a_day_ahead(
    signed: Network, statement: str, days: int, says: str
) -> None:
    alpha = signed.members["alpha"]
    before = counts()
    with pytest.raises(Refused, match=says):
        services.withdraw(
            alpha,
            signed.signer("alpha"),
            NOW,
            statement=statement,
            effective_on=TODAY + timedelta(days=days),
        )
    assert counts() == before


@pytest.mark.rule("§4.f")
def test_suspension_goes_to_the_office_and_nobody_else_may_say_it(signed: Network) -> None:
    alpha = signed.members["alpha"]
    for actor in (signed.coordinator, signed.office_actor, signed.head("beta")):
        with pytest.raises(Refused):
            services.suspend(alpha, actor, NOW, reason="safety", effective_on=TODAY)
    before = set(Notice.objects.values_list("pk", flat=True))
    services.suspend(alpha, signed.head("alpha"), NOW, reason="safety", effective_on=TODAY)
    told = {a for notice in Notice.objects.exclude(pk__in=before) for a in [*notice.to, *notice.cc]}
    assert {"olive@example.org", "cora@example.org"} <= told
    assert "beta.head@example.org" not in told
    assert selectors.is_suspended(alpha, TODAY)
    services.resume(alpha, signed.head("alpha"), NOW, effective_on=TODAY)
    assert not selectors.is_suspended(alpha, TODAY)
