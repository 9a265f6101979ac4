"""After an address was corrected: the person takes it over for signing in, by an own act and no other.

The link in the mail to the new address proves the mailbox; being signed in with the old one, with a fresh
code, proves the person. The Coordinator who corrected the address has neither (trap 16).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actors import Actor
from audit.ledger import Subject
from intranet.access import attempts, sign_in_address
from intranet.access.models import User
from intranet.notices import outbox
from intranet.notices.models import Notice

from .models import Person

KIND = "people.address_offered"
_SALT = "signatories.own_address"
DAYS = 7  # calendar days for which the link holds


def corrected(person: Person, actor: Actor, now: datetime) -> None:
    """What a new address means for the person's account: follows at once if unused, else is offered."""
    user = person.user
    if user is None or user.email == person.email:
        return
    if sign_in_address.follow_correction(user, person.email, actor, now):
        return
    attempts.tell(
        user,
        now,
        "address_corrected",
        gettext_lazy("The address at which the network writes to you was corrected"),
        gettext_lazy(
            "Mail of the network goes to another address from now on. You still sign in with this one until "
            "you yourself change it. If you did not expect this, tell the PSEA Coordinator at once."
        ),
    )
    offer(person, now)


def offer(person: Person, now: datetime) -> None:
    """Mail to the corrected address: the link with which its owner signs in with it from then on."""
    with translation.override(person.language):
        outbox.write(
            outbox.Letter(
                kind=KIND,
                to=[person.email],
                subject=_("Your address in the network"),
                text=_(
                    "Mail of the network goes to this address from now on. To sign in with it too, open this page "
                    "within %(days)s days, signed in as before:\n\n%(link)s\n"
                )
                % {"days": DAYS, "link": outbox.PRIVATE_LINK},
                rule="D10",
                language=person.language,
            ),
            now,
            about=Subject("person", str(person.pk)),
        )


def link_of(notice: Notice) -> str:
    """The link, made when the mail leaves; the outbox never holds it."""
    ends = notice.written_at + timedelta(days=DAYS)
    token = signing.dumps([notice.object_id, notice.to[0], ends.isoformat()], salt=_SALT)
    with translation.override(notice.language):
        return settings.BASE_URL.rstrip("/") + reverse("own-address", args=[token])


def offered_to(token: str, user: User, now: datetime) -> Person | None:
    """The person of ``user`` whose address the link proves; None for a link that is old or somebody else's."""
    try:
        person_id, address, ends = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    if now >= datetime.fromisoformat(ends):
        return None
    person = Person.objects.filter(pk=person_id, user=user, email=address).select_related("user").first()
    return person if person is not None and user.email != person.email else None
