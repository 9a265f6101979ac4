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
        ('access', '0001_initial'),
        ('files', '0001_initial'),
        ('signatories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='HistoricalRecovery',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('way', models.CharField(choices=[('office', 'post of the DSRSG/HC/RC office'), ('coordination', 'PSEA Coordinator'), ('network', 'other post of the network'), ('organization', 'post of an organization')], max_length=20)),
                    ('state', models.CharField(choices=[('open', 'Reported'), ('vouched', 'Vouched for'), ('confirmed', 'Confirmed'), ('used', 'Used'), ('refused', 'Refused'), ('expired', 'Ended unused')], max_length=20)),
                    ('opened_at', models.DateTimeField()),
                    ('opened_by', models.CharField(max_length=200)),
                    ('expires_at', models.DateTimeField()),
                    ('vouched_by', models.CharField(blank=True, max_length=200)),
                    ('voucher_capacity', models.CharField(blank=True, max_length=40)),
                    ('vouched_at', models.DateTimeField(blank=True, null=True)),
                    ('channel', models.CharField(blank=True, choices=[('in_person', 'in person'), ('video', 'video call'), ('phone', 'call to a number known before'), ('letter', 'letter of the Head of Agency')], max_length=20)),
                    ('compared', models.CharField(blank=True, max_length=500)),
                    ('letter_from', models.CharField(blank=True, max_length=200)),
                    ('letter_received_on', models.DateField(blank=True, null=True)),
                    ('confirmed_by', models.CharField(blank=True, max_length=200)),
                    ('confirmer_capacity', models.CharField(blank=True, max_length=40)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('confirm_channel', models.CharField(blank=True, choices=[('in_person', 'in person'), ('video', 'video call'), ('phone', 'call to a number known before'), ('letter', 'letter of the Head of Agency')], max_length=20)),
                    ('confirm_compared', models.CharField(blank=True, max_length=500)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('confirmer', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.person')),
                    ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='files.storedfile')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('invitation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='access.invitation')),
                    ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization')),
                    ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.person')),
                    ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('voucher', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.person')),
                ],
                options={
                    'verbose_name': 'historical lost phone',
                    'verbose_name_plural': 'historical lost phones',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Recovery',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('way', models.CharField(choices=[('office', 'post of the DSRSG/HC/RC office'), ('coordination', 'PSEA Coordinator'), ('network', 'other post of the network'), ('organization', 'post of an organization')], max_length=20)),
                    ('state', models.CharField(choices=[('open', 'Reported'), ('vouched', 'Vouched for'), ('confirmed', 'Confirmed'), ('used', 'Used'), ('refused', 'Refused'), ('expired', 'Ended unused')], max_length=20)),
                    ('opened_at', models.DateTimeField()),
                    ('opened_by', models.CharField(max_length=200)),
                    ('expires_at', models.DateTimeField()),
                    ('vouched_by', models.CharField(blank=True, max_length=200)),
                    ('voucher_capacity', models.CharField(blank=True, max_length=40)),
                    ('vouched_at', models.DateTimeField(blank=True, null=True)),
                    ('channel', models.CharField(blank=True, choices=[('in_person', 'in person'), ('video', 'video call'), ('phone', 'call to a number known before'), ('letter', 'letter of the Head of Agency')], max_length=20)),
                    ('compared', models.CharField(blank=True, max_length=500)),
                    ('letter_from', models.CharField(blank=True, max_length=200)),
                    ('letter_received_on', models.DateField(blank=True, null=True)),
                    ('confirmed_by', models.CharField(blank=True, max_length=200)),
                    ('confirmer_capacity', models.CharField(blank=True, max_length=40)),
                    ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                    ('confirm_channel', models.CharField(blank=True, choices=[('in_person', 'in person'), ('video', 'video call'), ('phone', 'call to a number known before'), ('letter', 'letter of the Head of Agency')], max_length=20)),
                    ('confirm_compared', models.CharField(blank=True, max_length=500)),
                    ('ended_at', models.DateTimeField(blank=True, null=True)),
                    ('confirmer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='confirmed_lost_phones', to='signatories.person')),
                    ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                    ('invitation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recovery', to='access.invitation')),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to='signatories.organization')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to='signatories.person')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recoveries', to=settings.AUTH_USER_MODEL)),
                    ('voucher', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='vouched_for', to='signatories.person')),
                ],
                options={
                    'verbose_name': 'lost phone',
                    'verbose_name_plural': 'lost phones',
                    'ordering': ('-opened_at',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['open', 'vouched', 'confirmed'])), fields=('user',), name='one_live_recovery')],
                },
            ),
        ]),
    ]
