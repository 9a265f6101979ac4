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
        ('editions', '0001_initial'),
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HistoricalReviewedText',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('by_id', models.UUIDField(blank=True, null=True)),
                    ('capacity', models.CharField(max_length=40)),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('ckb', 'Kurdish (Sorani)')], max_length=10, verbose_name='language')),
                    ('reviewer_name', models.CharField(max_length=160, verbose_name='name of the reviewer')),
                    ('reviewer_title', models.CharField(max_length=200, verbose_name='title and organization of the reviewer')),
                    ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                    ('source', models.CharField(max_length=300, verbose_name='how the text came')),
                    ('state', models.CharField(choices=[('draft', 'Being recorded'), ('waiting', 'Recorded, waits for a confirmation'), ('confirmed', 'Confirmed by a second person'), ('withdrawn', 'No longer shown'), ('discarded', 'Discarded')], editable=False, max_length=10)),
                    ('sha256', models.CharField(blank=True, default='', editable=False, max_length=64)),
                    ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('confirmed_by', models.CharField(blank=True, default='', editable=False, max_length=200)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('edition', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='editions.edition')),
                    ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.storedfile')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical reviewer’s text',
                    'verbose_name_plural': 'historical reviewers’ texts',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='ReviewedText',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('by_id', models.UUIDField(blank=True, null=True)),
                    ('capacity', models.CharField(max_length=40)),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('ckb', 'Kurdish (Sorani)')], max_length=10, verbose_name='language')),
                    ('reviewer_name', models.CharField(max_length=160, verbose_name='name of the reviewer')),
                    ('reviewer_title', models.CharField(max_length=200, verbose_name='title and organization of the reviewer')),
                    ('reviewed_on', models.DateField(verbose_name='reviewed on')),
                    ('source', models.CharField(max_length=300, verbose_name='how the text came')),
                    ('state', models.CharField(choices=[('draft', 'Being recorded'), ('waiting', 'Recorded, waits for a confirmation'), ('confirmed', 'Confirmed by a second person'), ('withdrawn', 'No longer shown'), ('discarded', 'Discarded')], editable=False, max_length=10)),
                    ('sha256', models.CharField(blank=True, default='', editable=False, max_length=64)),
                    ('confirmed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                    ('confirmed_by', models.CharField(blank=True, default='', editable=False, max_length=200)),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewed_texts', to='editions.edition')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ],
                options={
                    'verbose_name': 'reviewer’s text',
                    'verbose_name_plural': 'reviewers’ texts',
                    'ordering': ('-at', 'id'),
                },
            ),
            migrations.CreateModel(
                name='ReviewedBlock',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('by_id', models.UUIDField(blank=True, null=True)),
                    ('capacity', models.CharField(max_length=40)),
                    ('block_id', models.CharField(max_length=40)),
                    ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('english_sha256', models.CharField(max_length=64)),
                    ('text', models.TextField(blank=True, verbose_name='text')),
                    ('reviewed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='blocks', to='translations.reviewedtext')),
                ],
                options={
                    'verbose_name': 'block of a reviewer’s text',
                    'verbose_name_plural': 'blocks of reviewers’ texts',
                    'ordering': ('reviewed', 'block_id', 'version'),
                },
            ),
            migrations.CreateModel(
                name='HistoricalReviewedBlock',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=200)),
                    ('by_id', models.UUIDField(blank=True, null=True)),
                    ('capacity', models.CharField(max_length=40)),
                    ('block_id', models.CharField(max_length=40)),
                    ('version', models.PositiveSmallIntegerField(verbose_name='version')),
                    ('english_sha256', models.CharField(max_length=64)),
                    ('text', models.TextField(blank=True, verbose_name='text')),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('reviewed', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='translations.reviewedtext')),
                ],
                options={
                    'verbose_name': 'historical block of a reviewer’s text',
                    'verbose_name_plural': 'historical blocks of reviewers’ texts',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
        ]),
        migrations.AddIndex(
            model_name='reviewedtext',
            index=models.Index(fields=['language', 'state'], name='reviewed_text_shown'),
        ),
        migrations.AddConstraint(
            model_name='reviewedblock',
            constraint=models.UniqueConstraint(fields=('reviewed', 'block_id', 'version'), name='reviewed_block_version_once'),
        ),
    ]
