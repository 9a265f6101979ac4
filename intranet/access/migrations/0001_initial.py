import django.db.models.deletion
import django.utils.timezone
import intranet.access.devices
import intranet.access.models.invitation
import intranet.access.models.user
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from audit.models_at_once import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='User',
                fields=[
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                    ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                    ('first_name', models.CharField(blank=True, max_length=80, verbose_name='given name')),
                    ('last_name', models.CharField(blank=True, max_length=80, verbose_name='family name')),
                    ('session_stamp', models.CharField(default=intranet.access.models.user.new_stamp, editable=False, max_length=16)),
                    ('may_enrol_until', models.DateTimeField(editable=False, null=True)),
                    ('set_up_at', models.DateTimeField(editable=False, null=True)),
                    ('access_ends_at', models.DateTimeField(editable=False, null=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'account',
                    'verbose_name_plural': 'accounts',
                },
            ),
            migrations.CreateModel(
                name='Authenticator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                    ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                    ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                    ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                    ('created_at', models.DateTimeField(auto_now_add=True, help_text='The date and time when this device was initially created in the system.', null=True)),
                    ('last_used_at', models.DateTimeField(blank=True, help_text='The most recent date and time this device was used.', null=True)),
                    ('salt', models.CharField(default=intranet.access.devices.new_salt, editable=False, max_length=40)),
                    ('drift', models.SmallIntegerField(default=0)),
                    ('last_step', models.BigIntegerField(default=-1)),
                    ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'authenticator app',
                    'verbose_name_plural': 'authenticator apps',
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='BackupDevice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='The human-readable name of this device.', max_length=64)),
                    ('confirmed', models.BooleanField(default=True, help_text='Is this device ready for use?')),
                    ('throttling_failure_timestamp', models.DateTimeField(blank=True, default=None, help_text='A timestamp of the last failed verification attempt. Null if last attempt succeeded.', null=True)),
                    ('throttling_failure_count', models.PositiveIntegerField(default=0, help_text='Number of successive failed attempts.')),
                    ('created_at', models.DateTimeField(auto_now_add=True, help_text='The date and time when this device was initially created in the system.', null=True)),
                    ('last_used_at', models.DateTimeField(blank=True, help_text='The most recent date and time this device was used.', null=True)),
                    ('user', models.ForeignKey(help_text='The user that this device belongs to.', on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'backup codes',
                    'verbose_name_plural': 'backup codes',
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='HistoricalInvitation',
                fields=[
                    ('history_actor', models.CharField(max_length=200)),
                    ('history_capacity', models.CharField(max_length=40)),
                    ('history_organization', models.CharField(blank=True, max_length=200)),
                    ('id', models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                    ('history_change_reason', models.TextField(null=True)),
                    ('purpose', models.CharField(choices=[('first', 'first sign-in'), ('recovery', 'lost phone')], default='first', max_length=10)),
                    ('address', models.EmailField(blank=True, max_length=254)),
                    ('state', models.CharField(choices=[('open', 'sent'), ('used', 'used'), ('withdrawn', 'withdrawn')], max_length=20)),
                    ('seed', models.CharField(default=intranet.access.models.invitation.new_seed, editable=False, max_length=32)),
                    ('digest', models.CharField(db_index=True, max_length=64)),
                    ('language', models.CharField(default='en', max_length=5)),
                    ('sent_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('history_id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('history_date', models.DateTimeField(db_index=True)),
                    ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                    ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'historical invitation',
                    'verbose_name_plural': 'historical invitations',
                    'ordering': ('-history_date', '-history_id'),
                    'get_latest_by': ('history_date', 'history_id'),
                },
                bases=(simple_history.models.HistoricalChanges, models.Model),
            ),
            migrations.CreateModel(
                name='Session',
                fields=[
                    ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('data', models.TextField()),
                    ('expires_at', models.DateTimeField(db_index=True)),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'session',
                    'verbose_name_plural': 'sessions',
                },
            ),
            migrations.CreateModel(
                name='BackupCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('selector', models.CharField(max_length=2)),
                    ('digest', models.CharField(max_length=200)),
                    ('used_at', models.DateTimeField(null=True)),
                    ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='access.backupdevice')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('device', 'selector'), name='backup_code_selector')],
                },
            ),
            migrations.CreateModel(
                name='Invitation',
                fields=[
                    ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    ('purpose', models.CharField(choices=[('first', 'first sign-in'), ('recovery', 'lost phone')], default='first', max_length=10)),
                    ('address', models.EmailField(blank=True, max_length=254)),
                    ('state', models.CharField(choices=[('open', 'sent'), ('used', 'used'), ('withdrawn', 'withdrawn')], max_length=20)),
                    ('seed', models.CharField(default=intranet.access.models.invitation.new_seed, editable=False, max_length=32)),
                    ('digest', models.CharField(max_length=64, unique=True)),
                    ('language', models.CharField(default='en', max_length=5)),
                    ('sent_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'ordering': ('-sent_at',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('user',), name='one_open_invitation')],
                },
            ),
        ]),
    ]
