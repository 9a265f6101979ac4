"""The signer's right does not pass to somebody who is no longer there (§9.i, footnote 5)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intranet.workflow.runner import Refused
from signatories.models import Post
from signatories.services import end_post
from signatories.speaking import speaker_on
from signatories.succession import services
from signatories.succession.models import SuccessionState

from .network import NOW, TODAY, Network, counts, later
from .succession_play import at, sent, verify_both

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.rule("§9.i fn5"),
    pytest.mark.usefixtures("word_only"),
]


def test_a_successor_who_leaves_while_it_is_verified_gets_no_right(signed: Network) -> None:
    succession = sent(signed)
    post = Post.objects.get(person=signed.people["alpha.first"])
    end_post(post, TODAY, signed.coordinator, NOW)
    then = later(days=2)
    with pytest.raises(Refused, match="holds no post of the organization any more"):
        verify_both(signed, succession, then)
    succession.refresh_from_db()
    assert succession.state == SuccessionState.VERIFYING
    speaker = speaker_on(signed.members["alpha"], then.date())
    assert speaker is not None
    assert speaker.name == "Alpha Head"
    # The way on: it could not be verified, and a new letter may come.
    why = "The successor left."
    services.could_not_verify(succession, at(signed.coordinator, then), then, why)
    assert succession.state == SuccessionState.NOT_VERIFIED


def test_a_former_holder_of_a_post_is_not_named(signed: Network) -> None:
    post = Post.objects.get(person=signed.people["alpha.second"])
    end_post(post, TODAY - timedelta(days=100), signed.coordinator, NOW)
    before = counts()
    with pytest.raises(Refused, match="choose somebody with a post"):
        sent(signed, successor="alpha.second")
    assert counts() == before
