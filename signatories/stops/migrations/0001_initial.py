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
                name='HistoricalAcknowledgement',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('side', models.CharField(choices=[('coordination', 'PSEA Coordinator'), ('office', 'DSRSG/HC/RC office')], max_length=20)),
                    ('state', models.CharField(choices=[('given', 'Given')], editable=False, max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('capacity', models.CharField(max_length=40)),
                    ('by_user_id', models.UUIDField(blank=True, null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('entry', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.participationentry')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical acknowledgement of a withdrawal',
                    'verbose_name_plural': 'historical acknowledgements of a withdrawal',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Acknowledgement',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('side', models.CharField(choices=[('coordination', 'PSEA Coordinator'), ('office', 'DSRSG/HC/RC office')], max_length=20)),
                    ('state', models.CharField(choices=[('given', 'Given')], editable=False, max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('capacity', models.CharField(max_length=40)),
                    ('by_user_id', models.UUIDField(blank=True, null=True)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='signatories.participationentry')),
                ],
                options={
                    'verbose_name': 'acknowledgement of a withdrawal',
                    'verbose_name_plural': 'acknowledgements of a withdrawal',
                    'ordering': ('at',),
                    'constraints': [models.UniqueConstraint(fields=('entry', 'side'), name='acknowledged_once_a_side')],
                },
            ),
        ]),
    ]
