"""The product's own files in a real S3 endpoint: what was handed in, and the letter that goes out."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.files.storage import Storage, default_storage
from django.urls import reverse

from forms_app.data_requests import services
from intranet.access.models import User
from intranet.files import store
from intranet.files.models import StoredFile
from tests.personas import sign_in

from .world import ISSUED, World, authorized

pytestmark = [pytest.mark.s3, pytest.mark.django_db]  # at the real time: S3 refuses a clock that is off


@pytest.mark.rule("§7B.7")
def test_the_letter_lies_in_the_bucket_and_comes_back_the_same(world: World, s3_storage: Storage) -> None:
    request = authorized(world)
    release = services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    assert default_storage.bucket_name == s3_storage.bucket_name  # type: ignore[attr-defined]
    kept = set(s3_storage.listdir("")[1])
    assert kept == set(StoredFile.objects.values_list("storage_name", flat=True))
    assert not any("letter" in name or "." in name for name in kept)  # a name tells nothing
    client = sign_in(User.objects.get(pk=world.coordinator.user_id))
    letters = [client.get(reverse("request-letter", args=[request.pk])) for _time in range(2)]
    assert {hashlib.sha256(letter.content).hexdigest() for letter in letters} == {release.letter_sha256}
    assert "Location" not in letters[0].headers  # never a way around this server


def test_bytes_that_changed_in_the_bucket_are_not_given_out(world: World, s3_storage: Any) -> None:
    request = authorized(world)
    release = services.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    s3_storage.bucket.Object(release.letter.storage_name).put(Body=b"another letter")
    with pytest.raises(store.FileDamaged):
        store.read(release.letter)
