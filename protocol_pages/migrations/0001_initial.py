import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import modelcluster.fields
import simple_history.models
import uuid
import wagtail.fields
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
                name='DocumentText',
                fields=[
                    ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='read_text', serialize=False, to='wagtaildocs.document')),
                    ('file_hash', models.CharField(max_length=40)),
                    ('text', models.TextField(blank=True)),
                    ('trouble', models.CharField(blank=True, max_length=200)),
                ],
            ),
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
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
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
                name='InitiativesPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                    ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
                    ('entries', wagtail.fields.StreamField([('pillar', 13)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Pillar', 'max_length': 200}), 1: ('wagtail.blocks.IntegerBlock', (), {'label': 'Number in the source', 'min_value': 1}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 300}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Who', 'max_length': 200, 'required': False}), 4: ('wagtail.blocks.URLBlock', (), {'label': 'Address', 'required': False}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'As of', 'max_length': 80, 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'What stands', 'max_length': 400}), 7: ('wagtail.blocks.IntegerBlock', (), {'label': 'Number', 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'What is counted', 'max_length': 120, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('as_of', 5), ('text', 6), ('number', 7), ('unit', 8)]], {}), 10: ('wagtail.blocks.ListBlock', (9,), {'label': 'Status entries'}), 11: ('wagtail.blocks.StructBlock', [[('number', 1), ('title', 2), ('owner', 3), ('link', 4), ('entries', 10)]], {}), 12: ('wagtail.blocks.ListBlock', (11,), {'label': 'Initiatives'}), 13: ('wagtail.blocks.StructBlock', [[('name', 0), ('initiatives', 12)]], {})}, verbose_name='pillars')),
                ],
                options={
                    'verbose_name': 'initiatives',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='KeyFiguresPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                    ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
                    ('entries', wagtail.fields.StreamField([('figure', 5)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Figure, as printed', 'max_length': 60}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'What it counts', 'max_length': 400}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'As of', 'max_length': 80, 'required': False}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Its parts, as printed', 'max_length': 300, 'required': False}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'What does not fit together', 'max_length': 600, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('figure', 0), ('what', 1), ('as_of', 2), ('parts', 3), ('note', 4)]], {})}, verbose_name='figures')),
                ],
                options={
                    'verbose_name': 'key figures',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='LinkState',
                fields=[
                    ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='link_state', serialize=False, to='wagtailcore.page')),
                    ('url', models.URLField(max_length=500)),
                    ('checked_at', models.DateTimeField()),
                    ('broken_since', models.DateTimeField(blank=True, null=True)),
                    ('answer', models.CharField(max_length=120)),
                    ('failures', models.PositiveSmallIntegerField(default=0)),
                ],
            ),
            migrations.CreateModel(
                name='MeetingIndexPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('intro', models.CharField(blank=True, max_length=300, verbose_name='introduction')),
                ],
                options={
                    'verbose_name': 'meetings section',
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='MilestonesPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                    ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
                    ('entries', wagtail.fields.StreamField([('milestone', 5)], blank=True, block_lookup={0: ('wagtail.blocks.IntegerBlock', (), {'label': 'Year', 'max_value': 2100, 'min_value': 1900}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Day or month, as the source says', 'max_length': 60, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Body', 'max_length': 80}), 3: ('wagtail.blocks.TextBlock', (), {'label': 'What happened', 'max_length': 600}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 300}), 5: ('wagtail.blocks.StructBlock', [[('year', 0), ('when', 1), ('body', 2), ('what', 3), ('source', 4)]], {})}, verbose_name='milestones')),
                ],
                options={
                    'verbose_name': 'milestones',
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
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
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
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
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
                    ('area', models.CharField(blank=True, choices=[('management', 'Management and coordination'), ('engagement', 'Engagement with and support of local communities'), ('prevention', 'Prevention'), ('response', 'Response'), ('other', 'Other')], max_length=20, verbose_name='area')),
                    ('framework', models.CharField(blank=True, help_text='Where the theme is a part of a framework, for example: IASC plan of 2018', max_length=120, verbose_name='framework')),
                    ('retired', models.BooleanField(default=False, verbose_name='no longer offered')),
                ],
                options={
                    'verbose_name': 'resource theme',
                    'verbose_name_plural': 'resource themes',
                    'ordering': ('name',),
                },
            ),
            migrations.CreateModel(
                name='SecondEditorTask',
                fields=[
                    ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ],
                options={
                    'verbose_name': 'approval by a second editor',
                    'verbose_name_plural': 'approvals by a second editor',
                },
                bases=('wagtailcore.task',),
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
                    ('area', models.CharField(blank=True, choices=[('management', 'Management and coordination'), ('engagement', 'Engagement with and support of local communities'), ('prevention', 'Prevention'), ('response', 'Response'), ('other', 'Other')], max_length=20, verbose_name='area')),
                    ('framework', models.CharField(blank=True, help_text='Where the theme is a part of a framework, for example: IASC plan of 2018', max_length=120, verbose_name='framework')),
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
                name='PageText',
                fields=[
                    ('page', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='words', serialize=False, to='wagtailcore.page')),
                    ('title', models.TextField()),
                    ('about', models.TextField()),
                    ('body', models.TextField()),
                    ('file', models.TextField()),
                    ('vector', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('title', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('about', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('body', config='english', weight='C'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('file', config='english', weight='D'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='page_text_words')],
                },
            ),
            migrations.CreateModel(
                name='MeetingPage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                    ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
                    ('begins_at', models.DateTimeField(verbose_name='begins (UTC)')),
                    ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='ends (UTC)')),
                    ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                    ('agenda', wagtail.fields.StreamField([('item', 4)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'Item', 'max_length': 200}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Clause', 'max_length': 20, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Presented by (a function, no name)', 'max_length': 120, 'required': False}), 3: ('wagtail.blocks.TextBlock', (), {'label': 'Note', 'max_length': 600, 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('title', 0), ('clause', 1), ('who', 2), ('note', 3)]], {})}, verbose_name='agenda')),
                    ('minutes', wagtail.fields.RichTextField(blank=True, help_text='Decisions and tasks. No names of persons of an allegation, no figures (§4.g).', verbose_name='minutes for members')),
                    ('minutes_document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='minutes as a file')),
                ],
                options={
                    'verbose_name': 'meeting',
                    'indexes': [models.Index(fields=['begins_at'], name='meeting_begins')],
                },
                bases=('wagtailcore.page',),
            ),
            migrations.CreateModel(
                name='ResourcePage',
                fields=[
                    ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                    ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('ckb', 'Kurdish (Sorani)')], default='en', max_length=10, verbose_name='language')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='summary')),
                    ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
                    ('review_on', models.DateField(blank=True, help_text='Its owner is asked on that day whether it is still correct.', null=True, verbose_name='look at it again by')),
                    ('kind', models.CharField(choices=[('training', 'Course or training material'), ('guidance', 'Guide or handbook'), ('tool', 'Tool or checklist'), ('video', 'Video'), ('law', 'Law'), ('policy', 'Policy or standard'), ('card', 'Card or poster'), ('report', 'Report'), ('platform', 'Website or platform')], max_length=20, verbose_name='kind')),
                    ('area', models.CharField(blank=True, choices=[('management', 'Management and coordination'), ('engagement', 'Engagement with and support of local communities'), ('prevention', 'Prevention'), ('response', 'Response'), ('other', 'Other')], max_length=20, verbose_name='area')),
                    ('also_available_in', models.CharField(blank=True, help_text='Languages in which others have it; what is in this library is found by itself.', max_length=120, verbose_name='also available in')),
                    ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='year')),
                    ('author', models.CharField(blank=True, max_length=200, verbose_name='author or body')),
                    ('country', models.CharField(blank=True, help_text='Empty: for every country', max_length=80, verbose_name='country')),
                    ('article', models.CharField(blank=True, help_text='Of a law', max_length=80, verbose_name='article')),
                    ('audience', models.CharField(blank=True, choices=[('everybody', 'Everybody'), ('focal_points', 'Focal points'), ('trainers', 'Trainers'), ('managers', 'Managers and Heads of Agency'), ('partners', 'Implementing partners'), ('communities', 'Communities')], default='everybody', max_length=20, verbose_name='for whom')),
                    ('size', models.CharField(blank=True, max_length=60, verbose_name='size or length')),
                    ('external_url', models.URLField(blank=True, max_length=500, verbose_name='address elsewhere')),
                    ('source_note', models.CharField(blank=True, help_text='Where this entry comes from, and what in the source does not fit together', max_length=400, verbose_name='note on the source')),
                    ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document')),
                    ('translation_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='translations', to='protocol_pages.resourcepage', verbose_name='the same resource in its first language')),
                    ('tags', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='tagged', to='protocol_pages.resourcetheme', verbose_name='further themes')),
                    ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='protocol_pages.resourcetheme')),
                ],
                options={
                    'verbose_name': 'resource',
                    'indexes': [models.Index(fields=['kind'], name='resource_kind'), models.Index(fields=['language'], name='resource_language')],
                },
                bases=('wagtailcore.page',),
            ),
        ]),
    ]
