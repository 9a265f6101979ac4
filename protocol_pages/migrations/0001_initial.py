import django.db.models.deletion
import simple_history.models
import uuid
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


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
        migrations.CreateModel(
            name='GlossaryTerm',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('term', models.CharField(max_length=120, unique=True, verbose_name='term')),
                ('definition', models.TextField(max_length=1500, verbose_name='definition')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('term_ar', models.CharField(blank=True, max_length=120, verbose_name='term in Arabic')),
                ('definition_ar', models.TextField(blank=True, max_length=1500, verbose_name='definition in Arabic')),
                ('term_ckb', models.CharField(blank=True, max_length=120, verbose_name='term in Kurdish')),
                ('retired', models.BooleanField(default=False, verbose_name='no longer used')),
            ],
            options={
                'verbose_name': 'glossary term',
                'verbose_name_plural': 'glossary terms',
                'ordering': ('term',),
            },
        ),
        migrations.CreateModel(
            name='GuidanceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'guidance section',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='GuidancePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('clause', models.CharField(blank=True, max_length=20, verbose_name='clause it explains')),
            ],
            options={
                'verbose_name': 'guidance page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'news section',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'news page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ProtocolPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'protocol page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ReportingChannelsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'how to report',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'resource library',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ResourceTheme',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('name_ar', models.CharField(blank=True, max_length=80, verbose_name='name in Arabic')),
                ('name_ckb', models.CharField(blank=True, max_length=80, verbose_name='name in Kurdish')),
                ('retired', models.BooleanField(default=False, verbose_name='no longer offered')),
            ],
            options={
                'verbose_name': 'resource theme',
                'verbose_name_plural': 'resource themes',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='HistoricalGlossaryTerm',
            fields=[
                ('history_actor', models.CharField(max_length=200)),
                ('history_capacity', models.CharField(max_length=40)),
                ('history_organization', models.CharField(blank=True, max_length=200)),
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('term', models.CharField(db_index=True, max_length=120, verbose_name='term')),
                ('definition', models.TextField(max_length=1500, verbose_name='definition')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                ('term_ar', models.CharField(blank=True, max_length=120, verbose_name='term in Arabic')),
                ('definition_ar', models.TextField(blank=True, max_length=1500, verbose_name='definition in Arabic')),
                ('term_ckb', models.CharField(blank=True, max_length=120, verbose_name='term in Kurdish')),
                ('retired', models.BooleanField(default=False, verbose_name='no longer used')),
                ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical glossary term',
                'verbose_name_plural': 'historical glossary terms',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalResourceTheme',
            fields=[
                ('history_actor', models.CharField(max_length=200)),
                ('history_capacity', models.CharField(max_length=40)),
                ('history_organization', models.CharField(blank=True, max_length=200)),
                ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ('history_change_reason', models.TextField(null=True)),
                ('name', models.CharField(db_index=True, max_length=80, verbose_name='name')),
                ('name_ar', models.CharField(blank=True, max_length=80, verbose_name='name in Arabic')),
                ('name_ckb', models.CharField(blank=True, max_length=80, verbose_name='name in Kurdish')),
                ('retired', models.BooleanField(default=False, verbose_name='no longer offered')),
                ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical resource theme',
                'verbose_name_plural': 'historical resource themes',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                ('kind', models.CharField(choices=[('training', 'Training material'), ('guidance', 'Guidance or handbook'), ('tool', 'Tool or checklist'), ('video', 'Video'), ('law', 'Law'), ('card', 'Card or poster'), ('report', 'Report')], max_length=20, verbose_name='kind')),
                ('also_available_in', models.CharField(blank=True, max_length=120, verbose_name='also available in')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                ('author', models.CharField(blank=True, max_length=200, verbose_name='author or body')),
                ('country', models.CharField(blank=True, max_length=80, verbose_name='country')),
                ('size', models.CharField(blank=True, max_length=60, verbose_name='size or length')),
                ('external_url', models.URLField(blank=True, verbose_name='address elsewhere')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document')),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protocol_pages.resourcetheme')),
            ],
            options={
                'verbose_name': 'resource',
            },
            bases=('wagtailcore.page',),
        ),
    ]
