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
                name='CalendarConfirmation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('days', models.PositiveSmallIntegerField(help_text='How many non-working days the list held')),
                ],
                options={
                    'ordering': ('year', 'at'),
                },
            ),
            migrations.CreateModel(
                name='HistoricalCalendarConfirmation',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('year', models.PositiveSmallIntegerField()),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('days', models.PositiveSmallIntegerField(help_text='How many non-working days the list held')),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical calendar confirmation',
                    'verbose_name_plural': 'historical calendar confirmations',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalNonWorkingDay',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('on', models.DateField(verbose_name='date')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('name_ar', models.CharField(blank=True, max_length=120, verbose_name='name in Arabic')),
                    ('region', models.CharField(blank=True, help_text='Empty: the whole network', max_length=60, verbose_name='region')),
                    ('estimated', models.BooleanField(default=False, verbose_name='estimated until announced')),
                    ('cancelled', models.BooleanField(default=False, help_text='Not a day off after all; kept for the history', verbose_name='cancelled')),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical non-working day',
                    'verbose_name_plural': 'historical non-working days',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='JobRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('job', models.CharField(max_length=40)),
                    ('started_at', models.DateTimeField()),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('ok', models.BooleanField(default=False)),
                    ('did', models.PositiveIntegerField(default=0)),
                    ('message', models.TextField(blank=True)),
                ],
                options={
                    'ordering': ('-started_at',),
                    'indexes': [models.Index(fields=['job', '-started_at'], name='job_last')],
                },
            ),
            migrations.CreateModel(
                name='NonWorkingDay',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('on', models.DateField(verbose_name='date')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('name_ar', models.CharField(blank=True, max_length=120, verbose_name='name in Arabic')),
                    ('region', models.CharField(blank=True, help_text='Empty: the whole network', max_length=60, verbose_name='region')),
                    ('estimated', models.BooleanField(default=False, verbose_name='estimated until announced')),
                    ('cancelled', models.BooleanField(default=False, help_text='Not a day off after all; kept for the history', verbose_name='cancelled')),
                ],
                options={
                    'verbose_name': 'non-working day',
                    'verbose_name_plural': 'non-working days',
                    'ordering': ('on',),
                    'constraints': [models.UniqueConstraint(fields=('on', 'region'), name='one_day_a_region')],
                },
            ),
        ]),
    ]
