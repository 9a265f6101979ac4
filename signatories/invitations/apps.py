from django.apps import AppConfig


class EndorsementInvitationsConfig(AppConfig):
    """Invitations to endorse the edition in force, and their reminders (network practice)."""

    name = "signatories.invitations"
    label = "endorsement_invitations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import registration

        registration.register_all()
