import simple_history.models
import uuid
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
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HistoricalTextAcknowledgement',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('edition_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the text')),
                    ('language', models.CharField(max_length=10, verbose_name='language shown')),
                    ('statement_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the statement')),
                    ('trigger', models.CharField(choices=[('entry', 'On entry'), ('reassignment', 'On reassignment'), ('edition', 'A new edition'), ('yearly', 'Every year')], max_length=20, verbose_name='why it was asked')),
                    ('at', models.DateTimeField(verbose_name='given at')),
                    ('given_on', models.DateField(verbose_name='given on')),
                    ('valid_until', models.DateField(verbose_name='counts until')),
                    ('by', models.CharField(max_length=200, verbose_name='given by')),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ],
                options={
                    'verbose_name': 'historical acknowledgement of the text',
                    'verbose_name_plural': 'historical acknowledgements of the text',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='TextAcknowledgement',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('edition_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the text')),
                    ('language', models.CharField(max_length=10, verbose_name='language shown')),
                    ('statement_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the statement')),
                    ('trigger', models.CharField(choices=[('entry', 'On entry'), ('reassignment', 'On reassignment'), ('edition', 'A new edition'), ('yearly', 'Every year')], max_length=20, verbose_name='why it was asked')),
                    ('at', models.DateTimeField(verbose_name='given at')),
                    ('given_on', models.DateField(verbose_name='given on')),
                    ('valid_until', models.DateField(verbose_name='counts until')),
                    ('by', models.CharField(max_length=200, verbose_name='given by')),
                ],
                options={
                    'verbose_name': 'acknowledgement of the text',
                    'verbose_name_plural': 'acknowledgements of the text',
                    'ordering': ('-at', 'id'),
                },
            ),
        ]),
    ]
