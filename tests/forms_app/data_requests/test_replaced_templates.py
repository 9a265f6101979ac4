"""The office replaces a template in Word: through its page, checked, recorded; the next letter is made from it."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from docx.oxml.ns import qn

from audit.models import Event
from forms_app.common.letter_templates import selectors, services
from forms_app.common.letter_templates.models import LetterTemplate
from forms_app.common.letters.render import built_in
from forms_app.data_requests import letter
from forms_app.data_requests import services as requests
from forms_app.data_requests.picture import Picture
from intranet.access.roles import Capacity
from intranet.clock import now
from intranet.files import store
from intranet.workflow.runner import Refused
from tests.forms_app.letters.samples import C1, C3
from tests.forms_app.letters.test_templates import body_edit, changed
from tests.personas import outsider_client, persona_actor, persona_client

from .world import ISSUED, World, authorized

pytestmark = [pytest.mark.django_db, pytest.mark.rule("§7B.7")]
OURS = "With the kind regards of the new office"


def own_wording(kind: str = "release", language: str = "en") -> bytes:
    """The built-in template with another line of the office's in it."""
    document = docx.Document(io.BytesIO(built_in(kind, language)))
    document.paragraphs[-1].insert_paragraph_before(OURS)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def text_of(content: bytes) -> str:
    """Every paragraph of the body, in tables too, one a line."""
    paragraphs = docx.Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    return "\n".join("".join(run.text or "" for run in found.iter(qn("w:t"))) for found in paragraphs)


def page(name: str = "letter-template", kind: str = "release", language: str = "en") -> str:
    with translation.override("en"):
        return reverse(name, args=[kind, language])


def hand_over(client: Any, content: bytes, reason: str = "New letterhead", **where: str) -> Any:
    upload = SimpleUploadedFile("ours.docx", content, store.DOCX)
    form = {"file": upload, "reason": reason, "submission_key": str(uuid4())}
    return client.post(page(**where), form, follow=True)


@pytest.mark.parametrize("capacity", [Capacity.OFFICE, Capacity.COORDINATOR])
def test_the_office_replaces_a_template_and_takes_it_back(capacity: Capacity) -> None:
    client = persona_client(capacity)
    answer = hand_over(client, own_wording())
    assert "The next letter is made from it" in answer.content.decode()
    assert OURS in text_of(selectors.content("release", "en") or b"")
    assert selectors.content("release", "ar") is None
    assert OURS in text_of(client.get(page("letter-template-specimen")).content)
    [event] = Event.objects.filter(action="letter_template.put_in_use")
    assert (event.outcome, event.reason) == ("done", "New letterhead")
    hand_over(client, own_wording(), reason="Once more")
    assert sorted(LetterTemplate.objects.values_list("state", flat=True)) == ["in_use", "replaced"]
    kept = client.get(reverse("file", args=[LetterTemplate.objects.get(state="in_use").file_id]))
    assert OURS in text_of(b"".join(kept.streaming_content) if kept.streaming else kept.content)
    back = {"reason": "The old one was better", "submission_key": str(uuid4())}
    client.post(page("letter-template-withdraw"), back)
    assert selectors.content("release", "en") is None
    assert client.get(page("letter-template-withdraw")).status_code == 404


def test_the_next_letter_and_memo_are_made_from_it_with_the_caveats_word_for_word(world: World) -> None:
    office = persona_actor(Capacity.OFFICE)
    services.put_in_use("release", "en", own_wording(), "Ours", office, ISSUED)
    services.put_in_use("memo", "en", own_wording("memo"), "Ours", office, ISSUED)
    request = authorized(world)
    _name, memo = letter.memo(Picture(request, ISSUED), ISSUED)
    assert OURS in text_of(memo)
    release = requests.release(request, world.fresh(world.coordinator, ISSUED), ISSUED)
    said = text_of(store.read(release.letter))
    assert [part for part in (OURS, C1, C3) if part not in said] == []


def test_a_file_that_loses_a_caveat_is_refused_with_what_to_mend_and_changes_nothing() -> None:
    client = persona_client(Capacity.OFFICE)
    broken = changed(body_edit("{{caveat_item}}", ""))
    answer = hand_over(client, broken, reason="A reason that stays")
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "{{caveat_item}}" in said
    assert "A reason that stays" in said
    assert not LetterTemplate.objects.exists()
    [refused] = Event.objects.filter(action="letter_template.put_in_use")
    assert refused.outcome == "refused"
    for content in (b"no Word file", b""):
        assert hand_over(client, content).status_code == 409
    assert hand_over(client, own_wording(), reason=" ").status_code == 409
    assert not LetterTemplate.objects.exists()


@pytest.mark.parametrize(
    "capacity", [Capacity.AUDITOR, Capacity.PRIMARY_FOCAL_POINT, Capacity.OFFICE_ASSISTANT]
)
def test_nobody_else_replaces_one(capacity: Capacity) -> None:
    client = persona_client(capacity) if capacity != Capacity.PRIMARY_FOCAL_POINT else outsider_client()
    assert hand_over(client, own_wording()).status_code == 403
    with pytest.raises(Refused):
        services.put_in_use("release", "en", own_wording(), "Mine", persona_actor(capacity), now())
    assert not LetterTemplate.objects.exists()
    reads = client.get(page()).status_code, client.get(page("letter-template-built-in")).status_code
    assert reads == ((200, 200) if capacity == Capacity.AUDITOR else (403, 403))
    assert client.get("/en/letter-templates/release/fr/").status_code == 404
