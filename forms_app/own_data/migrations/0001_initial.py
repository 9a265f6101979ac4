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
        ('files', '0001_initial'),
        ('signatories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HistoricalOwnNote',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('number', models.CharField(max_length=20)),
                    ('state', models.CharField(choices=[('made', 'Made')], max_length=10)),
                    ('first_month', models.DateField(verbose_name='from')),
                    ('last_month', models.DateField(verbose_name='to')),
                    ('use', models.CharField(choices=[('internal', 'Internal reporting'), ('donor', 'Donor reporting')], max_length=20, verbose_name='used for')),
                    ('purpose', models.CharField(max_length=300, verbose_name='purpose')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ar', 'Arabic, with the caveat in English')], max_length=5, verbose_name='language')),
                    ('recipient_name', models.CharField(max_length=120, verbose_name="recipient's name")),
                    ('recipient_title', models.CharField(max_length=120, verbose_name="recipient's title")),
                    ('recipient_organization', models.CharField(max_length=160, verbose_name="recipient's organization")),
                    ('months_reported', models.PositiveSmallIntegerField()),
                    ('edition_label', models.CharField(max_length=20)),
                    ('data_set_sha256', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField()),
                    ('made_by', models.CharField(max_length=200)),
                    ('made_capacity', models.CharField(max_length=40)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.storedfile')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization')),
                ],
                options={
                    'verbose_name': 'historical own statistics',
                    'verbose_name_plural': 'historical own statistics',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='OwnNote',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.CharField(max_length=20)),
                    ('state', models.CharField(choices=[('made', 'Made')], max_length=10)),
                    ('first_month', models.DateField(verbose_name='from')),
                    ('last_month', models.DateField(verbose_name='to')),
                    ('use', models.CharField(choices=[('internal', 'Internal reporting'), ('donor', 'Donor reporting')], max_length=20, verbose_name='used for')),
                    ('purpose', models.CharField(max_length=300, verbose_name='purpose')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ar', 'Arabic, with the caveat in English')], max_length=5, verbose_name='language')),
                    ('recipient_name', models.CharField(max_length=120, verbose_name="recipient's name")),
                    ('recipient_title', models.CharField(max_length=120, verbose_name="recipient's title")),
                    ('recipient_organization', models.CharField(max_length=160, verbose_name="recipient's organization")),
                    ('months_reported', models.PositiveSmallIntegerField()),
                    ('edition_label', models.CharField(max_length=20)),
                    ('data_set_sha256', models.CharField(max_length=64)),
                    ('made_at', models.DateTimeField()),
                    ('made_by', models.CharField(max_length=200)),
                    ('made_capacity', models.CharField(max_length=40)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_notes', to='signatories.organization')),
                ],
                options={
                    'verbose_name': 'own statistics',
                    'verbose_name_plural': 'own statistics',
                    'ordering': ('-made_at',),
                    'constraints': [models.UniqueConstraint(fields=('organization', 'number'), name='one_own_note_number'), models.CheckConstraint(condition=models.Q(('first_month__lte', models.F('last_month'))), name='own_note_period')],
                },
            ),
        ]),
    ]
