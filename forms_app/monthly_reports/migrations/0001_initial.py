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
                name='HistoricalInterAgencyIntake',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('month', models.DateField(db_index=True, verbose_name='month')),
                    ('state', models.CharField(choices=[('recorded', 'Recorded'), ('corrected', 'Corrected')], max_length=20)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical inter-agency intake',
                    'verbose_name_plural': 'historical inter-agency intakes',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='HistoricalMonthlyReport',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('month', models.DateField(verbose_name='month')),
                    ('state', models.CharField(choices=[('sent', 'Sent'), ('nothing_to_report', 'Nothing to report'), ('corrected', 'Corrected')], max_length=20)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('organization', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.organization')),
                ],
                options={
                    'verbose_name': 'historical monthly report',
                    'verbose_name_plural': 'historical monthly reports',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='InterAgencyIntake',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField(unique=True, verbose_name='month')),
                    ('state', models.CharField(choices=[('recorded', 'Recorded'), ('corrected', 'Corrected')], max_length=20)),
                ],
                options={
                    'verbose_name': 'inter-agency intake',
                    'verbose_name_plural': 'inter-agency intakes',
                    'ordering': ('-month',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='intake_month_is_a_first_day')],
                },
            ),
            migrations.CreateModel(
                name='HistoricalIntakeVersion',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('statement', models.TextField()),
                    ('signed_by', models.CharField(max_length=200)),
                    ('signed_capacity', models.CharField(max_length=40)),
                    ('sent_at', models.DateTimeField()),
                    ('history_change_reason', models.TextField(null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('intake', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='monthly_reports.interagencyintake')),
                ],
                options={
                    'verbose_name': 'historical intake version',
                    'verbose_name_plural': 'historical intake versions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='MonthlyReport',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('month', models.DateField(verbose_name='month')),
                    ('state', models.CharField(choices=[('sent', 'Sent'), ('nothing_to_report', 'Nothing to report'), ('corrected', 'Corrected')], max_length=20)),
                    ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='monthly_reports', to='signatories.organization')),
                ],
                options={
                    'verbose_name': 'monthly report',
                    'verbose_name_plural': 'monthly reports',
                    'ordering': ('-month',),
                },
            ),
            migrations.CreateModel(
                name='HistoricalReportVersion',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('statement', models.TextField()),
                    ('signed_by', models.CharField(max_length=200)),
                    ('signed_capacity', models.CharField(max_length=40)),
                    ('sent_at', models.DateTimeField()),
                    ('declaration', models.CharField(choices=[('figures', 'Figures'), ('nothing_to_report', 'Nothing to report')], max_length=20)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('report', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='monthly_reports.monthlyreport')),
                ],
                options={
                    'verbose_name': 'historical report version',
                    'verbose_name_plural': 'historical report versions',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='ReportVersion',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('payload', models.JSONField(default=dict)),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('statement', models.TextField()),
                    ('signed_by', models.CharField(max_length=200)),
                    ('signed_capacity', models.CharField(max_length=40)),
                    ('sent_at', models.DateTimeField()),
                    ('declaration', models.CharField(choices=[('figures', 'Figures'), ('nothing_to_report', 'Nothing to report')], max_length=20)),
                    ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='monthly_reports.monthlyreport')),
                ],
                options={
                    'ordering': ('number',),
                },
            ),
            migrations.CreateModel(
                name='IntakeVersion',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('payload', models.JSONField(default=dict)),
                    ('reason', models.TextField(blank=True, verbose_name='reason')),
                    ('statement', models.TextField()),
                    ('signed_by', models.CharField(max_length=200)),
                    ('signed_capacity', models.CharField(max_length=40)),
                    ('sent_at', models.DateTimeField()),
                    ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='monthly_reports.interagencyintake')),
                ],
                options={
                    'ordering': ('number',),
                    'constraints': [models.UniqueConstraint(fields=('intake', 'number'), name='one_intake_version_number')],
                },
            ),
        ]),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.UniqueConstraint(fields=('organization', 'month'), name='one_report_a_month'),
        ),
        migrations.AddConstraint(
            model_name='monthlyreport',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='report_month_is_a_first_day'),
        ),
        migrations.AddConstraint(
            model_name='reportversion',
            constraint=models.UniqueConstraint(fields=('report', 'number'), name='one_report_version_number'),
        ),
    ]
