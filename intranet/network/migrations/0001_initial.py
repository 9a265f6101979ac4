import django.db.models.deletion
import intranet.network.models
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
                name='NetworkSettings',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('at', models.DateTimeField(verbose_name='in force since')),
                    ('by', models.CharField(max_length=200, verbose_name='changed by')),
                    ('reason', models.CharField(max_length=300, verbose_name='reason')),
                    ('network_name', models.CharField(default='Protection from Sexual Exploitation and Abuse Network', max_length=120)),
                    ('network_name_ar', models.CharField(default='شبكة الحماية من الاستغلال والانتهاك الجنسيين', max_length=120)),
                    ('network_name_ckb', models.CharField(blank=True, max_length=120)),
                    ('country', models.CharField(default='Iraq', max_length=60)),
                    ('country_ar', models.CharField(default='العراق', max_length=60)),
                    ('country_ckb', models.CharField(blank=True, max_length=60)),
                    ('country_code', models.CharField(default='IQ', max_length=2)),
                    ('office_title', models.CharField(default='Office of the DSRSG/HC/RC', max_length=120)),
                    ('office_title_ar', models.CharField(default='مكتب نائب الممثل الخاص للأمين العام/منسق الشؤون الإنسانية/المنسق المقيم', max_length=160)),
                    ('coordinator_title', models.CharField(default='PSEA Coordinator', max_length=120)),
                    ('coordinator_title_ar', models.CharField(default='منسق شبكة الحماية من الاستغلال والانتهاك الجنسيين', max_length=120)),
                    ('hotline', models.CharField(default='80069999', max_length=40, verbose_name='hotline')),
                    ('inter_agency_email', models.EmailField(default='Iraq-psea@un.org', max_length=254, verbose_name='inter-agency e-mail')),
                    ('channels_verified_on', models.DateField(blank=True, null=True, verbose_name='verified on')),
                    ('time_zone', models.CharField(default='Asia/Baghdad', max_length=60, validators=[intranet.network.models._time_zone])),
                    ('weekend', models.CharField(default='56', help_text='ISO weekdays, Monday is 1', max_length=3, validators=[intranet.network.models._weekend])),
                    ('report_due_day', models.PositiveSmallIntegerField(default=7)),
                    ('first_answer_days', models.PositiveSmallIntegerField(default=5)),
                    ('follow_up_days', models.PositiveSmallIntegerField(default=5)),
                    ('still_you_months', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (6, '6'), (12, '12')], default=3)),
                    ('still_you_grace_days', models.PositiveSmallIntegerField(default=14)),
                    ('minimum_contributors', models.PositiveSmallIntegerField(default=3)),
                    ('approval_date', models.DateField(blank=True, null=True)),
                    ('letterhead_name', models.CharField(default='Iraq PSEA Network', max_length=60)),
                    ('letterhead_name_ar', models.CharField(default='شبكة الحماية من الاستغلال والانتهاك الجنسيين – العراق', max_length=80)),
                    ('letterhead_office', models.CharField(default='Office of the PSEA Coordinator', max_length=80)),
                    ('letterhead_office_ar', models.CharField(default='مكتب تنسيق الحماية من الاستغلال والانتهاك الجنسيين', max_length=80)),
                    ('letterhead_lines', models.TextField(blank=True, default='Protection from Sexual Exploitation and Abuse')),
                    ('letterhead_lines_ar', models.TextField(blank=True)),
                ],
                options={
                    'verbose_name': 'network settings',
                    'verbose_name_plural': 'network settings',
                    'ordering': ('-at',),
                    'get_latest_by': 'at',
                },
            ),
            migrations.CreateModel(
                name='HistoricalNetworkSettings',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('at', models.DateTimeField(verbose_name='in force since')),
                    ('by', models.CharField(max_length=200, verbose_name='changed by')),
                    ('reason', models.CharField(max_length=300, verbose_name='reason')),
                    ('network_name', models.CharField(default='Protection from Sexual Exploitation and Abuse Network', max_length=120)),
                    ('network_name_ar', models.CharField(default='شبكة الحماية من الاستغلال والانتهاك الجنسيين', max_length=120)),
                    ('network_name_ckb', models.CharField(blank=True, max_length=120)),
                    ('country', models.CharField(default='Iraq', max_length=60)),
                    ('country_ar', models.CharField(default='العراق', max_length=60)),
                    ('country_ckb', models.CharField(blank=True, max_length=60)),
                    ('country_code', models.CharField(default='IQ', max_length=2)),
                    ('office_title', models.CharField(default='Office of the DSRSG/HC/RC', max_length=120)),
                    ('office_title_ar', models.CharField(default='مكتب نائب الممثل الخاص للأمين العام/منسق الشؤون الإنسانية/المنسق المقيم', max_length=160)),
                    ('coordinator_title', models.CharField(default='PSEA Coordinator', max_length=120)),
                    ('coordinator_title_ar', models.CharField(default='منسق شبكة الحماية من الاستغلال والانتهاك الجنسيين', max_length=120)),
                    ('hotline', models.CharField(default='80069999', max_length=40, verbose_name='hotline')),
                    ('inter_agency_email', models.EmailField(default='Iraq-psea@un.org', max_length=254, verbose_name='inter-agency e-mail')),
                    ('channels_verified_on', models.DateField(blank=True, null=True, verbose_name='verified on')),
                    ('time_zone', models.CharField(default='Asia/Baghdad', max_length=60, validators=[intranet.network.models._time_zone])),
                    ('weekend', models.CharField(default='56', help_text='ISO weekdays, Monday is 1', max_length=3, validators=[intranet.network.models._weekend])),
                    ('report_due_day', models.PositiveSmallIntegerField(default=7)),
                    ('first_answer_days', models.PositiveSmallIntegerField(default=5)),
                    ('follow_up_days', models.PositiveSmallIntegerField(default=5)),
                    ('still_you_months', models.PositiveSmallIntegerField(choices=[(1, '1'), (2, '2'), (3, '3'), (4, '4'), (6, '6'), (12, '12')], default=3)),
                    ('still_you_grace_days', models.PositiveSmallIntegerField(default=14)),
                    ('minimum_contributors', models.PositiveSmallIntegerField(default=3)),
                    ('approval_date', models.DateField(blank=True, null=True)),
                    ('letterhead_name', models.CharField(default='Iraq PSEA Network', max_length=60)),
                    ('letterhead_name_ar', models.CharField(default='شبكة الحماية من الاستغلال والانتهاك الجنسيين – العراق', max_length=80)),
                    ('letterhead_office', models.CharField(default='Office of the PSEA Coordinator', max_length=80)),
                    ('letterhead_office_ar', models.CharField(default='مكتب تنسيق الحماية من الاستغلال والانتهاك الجنسيين', max_length=80)),
                    ('letterhead_lines', models.TextField(blank=True, default='Protection from Sexual Exploitation and Abuse')),
                    ('letterhead_lines_ar', models.TextField(blank=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical network settings',
                    'verbose_name_plural': 'historical network settings',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
        ]),
    ]
