import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acknowledgements', '0001_initial'),
        ('editions', '0001_initial'),
        ('signatories', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='historicaltextacknowledgement',
            name='edition',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='editions.edition', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='historicaltextacknowledgement',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicaltextacknowledgement',
            name='person',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='signatories.person', verbose_name='person'),
        ),
        migrations.AddField(
            model_name='textacknowledgement',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='editions.edition', verbose_name='edition'),
        ),
        migrations.AddField(
            model_name='textacknowledgement',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='signatories.person', verbose_name='person'),
        ),
        migrations.AddIndex(
            model_name='textacknowledgement',
            index=models.Index(fields=['person', 'valid_until'], name='acknowledged_by_person'),
        ),
    ]
