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
                name='HistoricalComplianceReturn',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number of the return')),
                    ('as_of', models.DateField(verbose_name='as of')),
                    ('state', models.CharField(choices=[('sent', 'Sent')], editable=False, max_length=10, verbose_name='state')),
                    ('sent_at', models.DateTimeField(verbose_name='sent at')),
                    ('sent_by', models.CharField(max_length=200, verbose_name='sent by')),
                    ('history_change_reason', models.TextField(null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization', verbose_name='organization')),
                ],
                options={
                    'verbose_name': 'historical training return of a year',
                    'verbose_name_plural': 'historical training returns of a year',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalTrainingSession',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('topics', models.JSONField(default=list, verbose_name='topics')),
                    ('mode', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('mixed', 'Both')], max_length=20, verbose_name='mode')),
                    ('language', models.CharField(max_length=40, verbose_name='language of the session')),
                    ('held_on', models.DateField(verbose_name='held on')),
                    ('governorate', models.CharField(blank=True, max_length=60, verbose_name='governorate')),
                    ('organiser', models.CharField(max_length=160, verbose_name='organised by')),
                    ('trainers', models.PositiveSmallIntegerField(verbose_name='number of trainers')),
                    ('training_of_trainers', models.BooleanField(default=False, verbose_name='training of trainers')),
                    ('material', models.URLField(blank=True, max_length=500, verbose_name='address of the material')),
                    ('state', models.CharField(choices=[('recorded', 'Recorded'), ('struck', 'Struck out')], editable=False, max_length=10, verbose_name='state')),
                    ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                    ('recorded_by', models.CharField(max_length=200, verbose_name='recorded by')),
                    ('history_change_reason', models.TextField(null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization', verbose_name='organization')),
                ],
                options={
                    'verbose_name': 'historical training session',
                    'verbose_name_plural': 'historical training sessions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='ComplianceReturn',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                    ('number', models.PositiveSmallIntegerField(verbose_name='number of the return')),
                    ('as_of', models.DateField(verbose_name='as of')),
                    ('figures', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('sent', 'Sent')], editable=False, max_length=10, verbose_name='state')),
                    ('sent_at', models.DateTimeField(verbose_name='sent at')),
                    ('sent_by', models.CharField(max_length=200, verbose_name='sent by')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_returns', to='signatories.organization', verbose_name='organization')),
                ],
                options={
                    'verbose_name': 'training return of a year',
                    'verbose_name_plural': 'training returns of a year',
                    'ordering': ('-year', '-number'),
                    'constraints': [models.UniqueConstraint(fields=('organization', 'year', 'number'), name='training_return_number_once')],
                },
            ),
            migrations.CreateModel(
                name='TrainingSession',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('title', models.CharField(max_length=200, verbose_name='title')),
                    ('topics', models.JSONField(default=list, verbose_name='topics')),
                    ('mode', models.CharField(choices=[('in_person', 'In person'), ('online', 'Online'), ('mixed', 'Both')], max_length=20, verbose_name='mode')),
                    ('language', models.CharField(max_length=40, verbose_name='language of the session')),
                    ('held_on', models.DateField(verbose_name='held on')),
                    ('governorate', models.CharField(blank=True, max_length=60, verbose_name='governorate')),
                    ('organiser', models.CharField(max_length=160, verbose_name='organised by')),
                    ('trainers', models.PositiveSmallIntegerField(verbose_name='number of trainers')),
                    ('training_of_trainers', models.BooleanField(default=False, verbose_name='training of trainers')),
                    ('material', models.URLField(blank=True, max_length=500, verbose_name='address of the material')),
                    ('attendance', models.JSONField(default=dict)),
                    ('state', models.CharField(choices=[('recorded', 'Recorded'), ('struck', 'Struck out')], editable=False, max_length=10, verbose_name='state')),
                    ('recorded_at', models.DateTimeField(verbose_name='recorded at')),
                    ('recorded_by', models.CharField(max_length=200, verbose_name='recorded by')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_sessions', to='signatories.organization', verbose_name='organization')),
                ],
                options={
                    'verbose_name': 'training session',
                    'verbose_name_plural': 'training sessions',
                    'ordering': ('-held_on', 'id'),
                    'indexes': [models.Index(fields=['organization', 'held_on'], name='training_of_organization')],
                },
            ),
        ]),
    ]
