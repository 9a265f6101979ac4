from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The annual review of the protocol (§8): cycles, answers, comments, dispositions, decision."""

    name = "protocol_pages.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
