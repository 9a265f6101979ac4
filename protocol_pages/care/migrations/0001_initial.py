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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HistoricalPageCheck',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('page', models.PositiveIntegerField(verbose_name='page')),
                    ('title', models.CharField(max_length=255, verbose_name='title of the page')),
                    ('trouble', models.CharField(blank=True, choices=[('link', 'The address does not open'), ('file', 'The file does not open or is not the right one'), ('outdated', 'It is out of date'), ('unclear', 'Something in it is wrong or unclear'), ('translation', 'The translation is wrong or missing'), ('person', 'It could identify a person')], max_length=20, verbose_name='what is wrong')),
                    ('state', models.CharField(choices=[('confirmed', 'Still correct'), ('open', 'To be looked at'), ('corrected', 'Corrected'), ('nothing_wrong', 'Nothing to correct')], editable=False, max_length=20, verbose_name='state')),
                    ('at', models.DateTimeField(verbose_name='said at')),
                    ('next_on', models.DateField(blank=True, null=True, verbose_name='look at it again by')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical check of a page',
                    'verbose_name_plural': 'historical checks of pages',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='PageCheck',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('page', models.PositiveIntegerField(verbose_name='page')),
                    ('title', models.CharField(max_length=255, verbose_name='title of the page')),
                    ('trouble', models.CharField(blank=True, choices=[('link', 'The address does not open'), ('file', 'The file does not open or is not the right one'), ('outdated', 'It is out of date'), ('unclear', 'Something in it is wrong or unclear'), ('translation', 'The translation is wrong or missing'), ('person', 'It could identify a person')], max_length=20, verbose_name='what is wrong')),
                    ('state', models.CharField(choices=[('confirmed', 'Still correct'), ('open', 'To be looked at'), ('corrected', 'Corrected'), ('nothing_wrong', 'Nothing to correct')], editable=False, max_length=20, verbose_name='state')),
                    ('at', models.DateTimeField(verbose_name='said at')),
                    ('next_on', models.DateField(blank=True, null=True, verbose_name='look at it again by')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ],
                options={
                    'verbose_name': 'check of a page',
                    'verbose_name_plural': 'checks of pages',
                    'ordering': ('-at', 'id'),
                    'indexes': [models.Index(fields=['page', 'state'], name='page_check_of_page')],
                },
            ),
        ]),
    ]
