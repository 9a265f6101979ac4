from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from .views import accounts, passwords, second_factor, sessions, sign_in

two_factor_urls = (
    [
        path("account/login/", sign_in.sign_in, name="login"),
        path("account/two_factor/setup/", second_factor.enrol, name="setup"),
        path("account/two_factor/backup/tokens/", second_factor.backup_codes, name="backup_tokens"),
        path("account/two_factor/disable/", second_factor.disable, name="disable"),
        path("account/two_factor/", second_factor.profile, name="profile"),
    ],
    "two_factor",
)
own_urls = (
    [
        path("account/sign-out/", sign_in.sign_out, name="sign_out"),
        path("account/capacity/", sign_in.choose_capacity, name="capacity"),
        path("account/confirm/", second_factor.confirm, name="confirm"),
        path("account/invitation/<str:token>/", passwords.invitation, name="invitation"),
        path("account/password/forgotten/", passwords.forgotten, name="password_forgotten"),
        path("account/password/new/<str:uid>/<str:token>/", passwords.reset, name="password_reset"),
        path("account/password/change/", passwords.change, name="password_change"),
        path("account/sessions/end/", sessions.end_others, name="end_sessions"),
        path("network/accounts/", accounts.listing, name="accounts"),
        path("network/accounts/invite/", accounts.invite, name="invite"),
        path("network/accounts/<uuid:pk>/invite/", accounts.invite_again, name="invite_again"),
        path("network/accounts/<uuid:pk>/standing/", accounts.standing, name="standing"),
    ],
    "access",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(two_factor_urls)),
    path("", include(own_urls)),
]
