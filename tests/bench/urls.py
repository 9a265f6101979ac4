"""The product's addresses and one trivial signed-in view."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from intranet.access.policy import screen
from intranet.urls import handler403
from intranet.urls import urlpatterns as product

__all__ = ["handler403", "urlpatterns"]


@screen("The trivial view of the bench")
def trivial(request: HttpRequest) -> HttpResponse:
    """Session, second factor and gate, then three letters."""
    return HttpResponse("yes")


urlpatterns = [path("bench/trivial/", trivial), *product]
