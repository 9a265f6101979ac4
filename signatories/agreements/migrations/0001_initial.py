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
                name='HistoricalPartnerAgreement',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='reference')),
                    ('begins_on', models.DateField(verbose_name='first day')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('psea_clause', models.BooleanField(verbose_name='PSEA clause')),
                    ('psea_clause_on', models.DateField(blank=True, null=True, verbose_name='date of the PSEA clause')),
                    ('assessed_on', models.DateField(blank=True, null=True, verbose_name='capacity assessed on')),
                    ('rating', models.CharField(blank=True, choices=[('full', 'Full capacity'), ('medium', 'Medium capacity'), ('low', 'Low capacity')], max_length=10, verbose_name='capacity')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='assessment valid until')),
                    ('partner_portal_id', models.CharField(blank=True, max_length=40, verbose_name='UN Partner Portal id')),
                    ('state', models.CharField(choices=[('recorded', 'Recorded'), ('ended', 'Ended early'), ('struck', 'Struck out')], default='recorded', editable=False, max_length=10)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('agency', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization', verbose_name='UN agency')),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('partner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization', verbose_name='implementing partner')),
                ],
                options={
                    'verbose_name': 'historical partner agreement',
                    'verbose_name_plural': 'historical partner agreements',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='PartnerAgreement',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('reference', models.CharField(blank=True, max_length=80, verbose_name='reference')),
                    ('begins_on', models.DateField(verbose_name='first day')),
                    ('ends_on', models.DateField(blank=True, null=True, verbose_name='last day')),
                    ('psea_clause', models.BooleanField(verbose_name='PSEA clause')),
                    ('psea_clause_on', models.DateField(blank=True, null=True, verbose_name='date of the PSEA clause')),
                    ('assessed_on', models.DateField(blank=True, null=True, verbose_name='capacity assessed on')),
                    ('rating', models.CharField(blank=True, choices=[('full', 'Full capacity'), ('medium', 'Medium capacity'), ('low', 'Low capacity')], max_length=10, verbose_name='capacity')),
                    ('valid_until', models.DateField(blank=True, null=True, verbose_name='assessment valid until')),
                    ('partner_portal_id', models.CharField(blank=True, max_length=40, verbose_name='UN Partner Portal id')),
                    ('state', models.CharField(choices=[('recorded', 'Recorded'), ('ended', 'Ended early'), ('struck', 'Struck out')], default='recorded', editable=False, max_length=10)),
                    ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_as_agency', to='signatories.organization', verbose_name='UN agency')),
                    ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements_as_partner', to='signatories.organization', verbose_name='implementing partner')),
                ],
                options={
                    'verbose_name': 'partner agreement',
                    'verbose_name_plural': 'partner agreements',
                    'ordering': ('-begins_on', 'id'),
                    'indexes': [models.Index(fields=['partner', 'begins_on'], name='agreement_of_partner'), models.Index(fields=['agency', 'begins_on'], name='agreement_of_agency')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='agreement_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('psea_clause', True), ('psea_clause_on__isnull', False)), models.Q(('psea_clause', False), ('psea_clause_on__isnull', True)), _connector='OR'), name='agreement_clause_has_its_date'), models.CheckConstraint(condition=models.Q(models.Q(('assessed_on__isnull', True), ('rating', ''), ('valid_until__isnull', True)), models.Q(('assessed_on__isnull', False), ('valid_until__isnull', False), ('valid_until__gte', models.F('assessed_on')), models.Q(('rating', ''), _negated=True)), _connector='OR'), name='agreement_assessment_is_whole')],
                },
            ),
        ]),
    ]
