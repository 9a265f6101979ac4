from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from .register import urls as register
from .stops import urls as stops
from .views import authority, delegating, keeping, names, people, reading, received, taking_part, waiting

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("signatories.accounts.urls")),
    path("", include("signatories.leaving.urls")),
    path("", include("signatories.recovery.urls")),
    path("", include("signatories.presence.urls")),
    path("", include("signatories.handover.urls")),
    path("network/", reading.network, name="network"),
    path("network/organizations/new/", keeping.register_organization, name="organization-new"),
    path("network/organizations/<uuid:pk>/", reading.organization, name="organization"),
    path(
        "network/organizations/<uuid:pk>/correct/", keeping.correct_organization, name="organization-correct"
    ),
    path("network/organizations/<uuid:pk>/name/", names.rename, name="organization-rename"),
    path("network/organizations/<uuid:pk>/names/new/", names.add_other, name="organization-name-new"),
    path("network/names/<uuid:pk>/strike/", names.strike, name="name-strike"),
    path("network/organizations/<uuid:pk>/posts/new/", keeping.fill_post, name="post-new"),
    path("network/posts/<uuid:pk>/end/", keeping.end_post, name="post-end"),
    path("network/posts/<uuid:pk>/cancel/", delegating.cancel_post, name="post-cancel"),
    path("network/acting-coordinator/", delegating.acting_coordinator, name="acting-coordinator"),
    path("network/office-assistant/", delegating.office_assistant, name="office-assistant"),
    path("network/organizations/<uuid:pk>/authority/", authority.record, name="authority-new"),
    path("network/authorities/<uuid:pk>/end/", authority.end, name="authority-end"),
    path("network/authorities/<uuid:pk>/confirm/", authority.confirm, name="authority-confirm"),
    path("network/authorities/<uuid:pk>/deny/", authority.deny, name="authority-deny"),
    path("network/organizations/<uuid:pk>/received/", received.record, name="received-new"),
    path("network/me/", people.me, name="me"),
    path("network/me/address/", people.offer_address, name="own-address-offer"),
    path("network/me/address/<str:token>/", people.take_address, name="own-address"),
    path("network/repairs/", people.contact_repairs, name="contact-repairs"),
    path("network/people/<uuid:pk>/", people.person, name="person"),
    path("network/people/<uuid:pk>/correct/", people.correct, name="person-correct"),
    path("network/people/<uuid:pk>/bounce/", people.note_bounce, name="person-bounce"),
    path("network/people/<uuid:pk>/right/", people.address_is_right, name="person-right"),
    path("network/people/<uuid:pk>/invite/", keeping.invite_person, name="person-invite"),
    path("network/entries/waiting/", waiting.waiting, name="entries-waiting"),
    path("network/entries/<uuid:pk>/", reading.entry, name="participation-entry"),
    path("network/entries/<uuid:pk>/confirm/", received.confirm, name="entry-confirm"),
    path("network/entries/<uuid:pk>/deny/", received.deny, name="entry-deny"),
    *register.urlpatterns,
    path("take-part/", taking_part.hub, name="take-part"),
    path("take-part/since-endorsed/", taking_part.since_endorsed, name="since-endorsed"),
    path("take-part/endorse/", taking_part.duties, name="endorse"),
    path("take-part/endorse/sign/", taking_part.sign, name="endorse-sign"),
    path("take-part/withdraw/", taking_part.consequences, name="withdraw"),
    path("take-part/withdraw/statement/", taking_part.withdraw, name="withdraw-statement"),
    *stops.urlpatterns,
]
