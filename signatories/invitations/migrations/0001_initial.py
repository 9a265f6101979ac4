import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.models_at_once import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        # After the migrations of the packages: each of those re-renders every model that is related to accounts.
        ('axes', '0010_accessattemptexpiration'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
        ('otp_static', '0003_add_timestamps'),
        ('otp_totp', '0003_add_timestamps'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        ('signatories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='InvitationRound',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('edition_number', models.PositiveSmallIntegerField()),
                    ('edition_label', models.CharField(max_length=20)),
                    ('due_on', models.DateField()),
                    ('opened_at', models.DateTimeField()),
                    ('opened_by', models.CharField(max_length=200)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', editable=False, max_length=10)),
                ],
                options={
                    'verbose_name': 'round of invitations',
                    'verbose_name_plural': 'rounds of invitations',
                    'ordering': ('-opened_at',),
                },
            ),
            migrations.CreateModel(
                name='HistoricalInvitationRound',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('edition_number', models.PositiveSmallIntegerField()),
                    ('edition_label', models.CharField(max_length=20)),
                    ('due_on', models.DateField()),
                    ('opened_at', models.DateTimeField()),
                    ('opened_by', models.CharField(max_length=200)),
                    ('state', models.CharField(choices=[('open', 'Open'), ('closed', 'Closed')], default='open', editable=False, max_length=10)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical round of invitations',
                    'verbose_name_plural': 'historical rounds of invitations',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalEndorsementInvitation',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('invited_on', models.DateField()),
                    ('invited_at', models.DateTimeField()),
                    ('invited_by', models.CharField(max_length=200)),
                    ('again', models.BooleanField(default=False)),
                    ('why', models.CharField(blank=True, max_length=300)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization')),
                    ('round', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='endorsement_invitations.invitationround')),
                ],
                options={
                    'verbose_name': 'historical invitation to endorse',
                    'verbose_name_plural': 'historical invitations to endorse',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='EndorsementInvitation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('invited_on', models.DateField()),
                    ('invited_at', models.DateTimeField()),
                    ('invited_by', models.CharField(max_length=200)),
                    ('again', models.BooleanField(default=False)),
                    ('why', models.CharField(blank=True, max_length=300)),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='endorsement_invitations', to='signatories.organization')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='endorsement_invitations.invitationround')),
                ],
                options={
                    'verbose_name': 'invitation to endorse',
                    'verbose_name_plural': 'invitations to endorse',
                    'ordering': ('organization__name_en',),
                    'constraints': [models.UniqueConstraint(fields=('round', 'organization'), name='invited_once_a_round')],
                },
            ),
        ]),
    ]
