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
                name='Notice',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('kind', models.CharField(max_length=60)),
                    ('written_at', models.DateTimeField()),
                    ('organization_id', models.UUIDField(null=True)),
                    ('to', models.JSONField(default=list)),
                    ('cc', models.JSONField(default=list)),
                    ('subject', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('language', models.CharField(default='en', max_length=5)),
                    ('rule', models.CharField(blank=True, max_length=40)),
                    ('object_type', models.CharField(blank=True, max_length=80)),
                    ('object_id', models.CharField(blank=True, max_length=64)),
                    ('once', models.CharField(max_length=200, null=True, unique=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_attempt_at', models.DateTimeField(null=True)),
                    ('delivered_at', models.DateTimeField(null=True)),
                    ('bounced_at', models.DateTimeField(null=True)),
                    ('last_error', models.CharField(blank=True, max_length=300)),
                    ('refused', models.JSONField(default=list)),
                    ('sent_again_at', models.DateTimeField(null=True)),
                ],
                options={
                    'ordering': ('written_at',),
                    'indexes': [models.Index(condition=models.Q(('delivered_at__isnull', True)), fields=['next_attempt_at'], name='notice_waiting'), models.Index(fields=['object_type', 'object_id'], name='notice_object'), models.Index(condition=models.Q(('refused', []), _negated=True), fields=['written_at'], name='notice_refused')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalToldOtherwise',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('state', models.CharField(choices=[('told', 'Told by another channel')], max_length=10)),
                    ('channel', models.CharField(choices=[('phone', 'By telephone'), ('message', 'By a message service'), ('in_person', 'In person'), ('letter', 'By letter'), ('other_address', 'By e-mail from another account, or to another address'), ('other', 'Another way')], max_length=20, verbose_name='channel')),
                    ('other', models.CharField(blank=True, max_length=120, verbose_name='other channel')),
                    ('told_on', models.DateField(verbose_name='told on')),
                    ('by', models.CharField(max_length=200)),
                    ('by_user_id', models.UUIDField(blank=True, null=True)),
                    ('at', models.DateTimeField()),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('notice', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='notices.notice')),
                ],
                options={
                    'verbose_name': 'historical mail told by another channel',
                    'verbose_name_plural': 'historical mail told by another channels',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField()),
                    ('ok', models.BooleanField()),
                    ('error', models.CharField(blank=True, max_length=300)),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tries', to='notices.notice')),
                ],
            ),
            migrations.CreateModel(
                name='ToldOtherwise',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('state', models.CharField(choices=[('told', 'Told by another channel')], max_length=10)),
                    ('channel', models.CharField(choices=[('phone', 'By telephone'), ('message', 'By a message service'), ('in_person', 'In person'), ('letter', 'By letter'), ('other_address', 'By e-mail from another account, or to another address'), ('other', 'Another way')], max_length=20, verbose_name='channel')),
                    ('other', models.CharField(blank=True, max_length=120, verbose_name='other channel')),
                    ('told_on', models.DateField(verbose_name='told on')),
                    ('by', models.CharField(max_length=200)),
                    ('by_user_id', models.UUIDField(blank=True, null=True)),
                    ('at', models.DateTimeField()),
                    ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='notices.notice')),
                ],
                options={
                    'verbose_name': 'mail told by another channel',
                    'ordering': ('-at',),
                },
            ),
        ]),
    ]
