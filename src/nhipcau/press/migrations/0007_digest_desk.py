import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from nhipcau.search.operations import CreateIndex


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_history'),
        ('press', '0006_numbers_compared'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DigestChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(blank=True, choices=[('', 'Undecided'), ('kept', 'Kept'), ('dropped', 'Left out of the digest')], max_length=16, verbose_name='decision')),
                ('reason', models.CharField(blank=True, choices=[('told', 'Told in an earlier digest'), ('same', 'Says the same as an item that is kept'), ('marginal', 'Mentions the country only in passing'), ('old', 'Old news'), ('source', 'Source cannot be quoted'), ('other', 'Another reason')], max_length=16, verbose_name='reason')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='note')),
                ('at', models.DateTimeField(verbose_name='decided')),
                ('before', models.JSONField(blank=True, default=dict, verbose_name='before')),
            ],
            options={
                'verbose_name': 'choice for a digest',
                'verbose_name_plural': 'choices for digests',
                'ordering': ['digest_id', '-at', '-pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='DigestEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField(default=0, verbose_name='place')),
                ('section', models.CharField(blank=True, max_length=32, verbose_name='section')),
                ('headline', models.CharField(blank=True, max_length=500, verbose_name='headline')),
                ('gist', models.TextField(blank=True, verbose_name='gist')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('written_at', models.DateTimeField(editable=False, null=True, verbose_name='written')),
                ('added_at', models.DateTimeField(editable=False, verbose_name='kept')),
                ('removed_at', models.DateTimeField(editable=False, null=True, verbose_name='taken out')),
            ],
            options={
                'verbose_name': 'entry of a digest',
                'verbose_name_plural': 'entries of digests',
                'ordering': ['digest_id', 'place', 'pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='DigestNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='what is corrected')),
                ('drafted_at', models.DateTimeField(verbose_name='written')),
                ('published_at', models.DateTimeField(null=True, verbose_name='published')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='withdrawn')),
            ],
            options={
                'verbose_name': 'correction of a digest',
                'verbose_name_plural': 'corrections of digests',
                'ordering': ['digest_id', 'pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.CreateModel(
            name='DigestRecipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_at', models.DateTimeField(editable=False, null=True, verbose_name='received')),
                ('arrival_year', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='year of arrival')),
                ('arrival_number', models.PositiveIntegerField(editable=False, null=True, verbose_name='number of arrival')),
            ],
            options={
                'verbose_name': 'recipient of a digest',
                'verbose_name_plural': 'recipients of digests',
                'ordering': ['digest', 'pk'],
                'abstract': False,
                'base_manager_name': 'objects',
                'default_manager_name': 'objects',
            },
        ),
        migrations.RemoveConstraint(
            model_name='digest',
            name='one_digest_a_day',
        ),
        migrations.AddField(
            model_name='digest',
            name='approved_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='approved'),
        ),
        migrations.AddField(
            model_name='digest',
            name='approver',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='approver'),
        ),
        migrations.AddField(
            model_name='digest',
            name='archive_line',
            field=models.CharField(blank=True, max_length=200, verbose_name='kept on file'),
        ),
        migrations.AddField(
            model_name='digest',
            name='changed_at',
            field=models.DateTimeField(auto_now=True, verbose_name='changed'),
        ),
        migrations.AddField(
            model_name='digest',
            name='classification',
            field=models.CharField(choices=[('public', 'Public'), ('internal', 'Internal'), ('restricted', 'Restricted')], default='internal', max_length=16, verbose_name='classification'),
        ),
        migrations.AddField(
            model_name='digest',
            name='issue_number',
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name='number'),
        ),
        migrations.AddField(
            model_name='digest',
            name='issue_register',
            field=models.CharField(blank=True, editable=False, max_length=32, verbose_name='book'),
        ),
        migrations.AddField(
            model_name='digest',
            name='issue_year',
            field=models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='year'),
        ),
        migrations.AddField(
            model_name='digest',
            name='issued_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='issued'),
        ),
        migrations.AddField(
            model_name='digest',
            name='issued_on',
            field=models.DateField(editable=False, null=True, verbose_name='date of issue'),
        ),
        migrations.AddField(
            model_name='digest',
            name='issuer_name',
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name='name of the issuing office'),
        ),
        migrations.AddField(
            model_name='digest',
            name='kind',
            field=models.CharField(choices=[('daily', 'Daily digest'), ('weekly', 'Weekly digest'), ('flash', 'Flash')], default='daily', max_length=16, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='digest',
            name='outlook',
            field=models.TextField(blank=True, verbose_name='outlook'),
        ),
        migrations.AddField(
            model_name='digest',
            name='place',
            field=models.CharField(blank=True, max_length=100, verbose_name='place'),
        ),
        migrations.AddField(
            model_name='digest',
            name='recall_reason',
            field=models.TextField(blank=True, editable=False, verbose_name='why it was recalled'),
        ),
        migrations.AddField(
            model_name='digest',
            name='recalled_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='recalled'),
        ),
        migrations.AddField(
            model_name='digest',
            name='sections_fixed',
            field=models.JSONField(default=list, editable=False, verbose_name='sections as approved'),
        ),
        migrations.AddField(
            model_name='digest',
            name='signer',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='signer'),
        ),
        migrations.AddField(
            model_name='digest',
            name='signer_name',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="signer's name"),
        ),
        migrations.AddField(
            model_name='digest',
            name='signer_post',
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="signer's post"),
        ),
        migrations.AddField(
            model_name='digest',
            name='summary',
            field=models.TextField(blank=True, verbose_name='summary'),
        ),
        migrations.AddField(
            model_name='digest',
            name='symbol',
            field=models.CharField(blank=True, max_length=60, verbose_name='symbol'),
        ),
        migrations.AddField(
            model_name='digest',
            name='title',
            field=models.CharField(blank=True, max_length=300, verbose_name='title'),
        ),
        migrations.AddField(
            model_name='digest',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.AlterField(
            model_name='digest',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('sent_back', 'Sent back'), ('approved', 'Approved'), ('issued', 'Issued'), ('recalled', 'Recalled'), ('discarded', 'Discarded')], default='draft', max_length=16, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('daily', 'weekly')), models.Q(('state', 'discarded'), _negated=True)), fields=('organisation', 'focus', 'kind', 'day'), name='one_digest_a_day'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(condition=models.Q(('issue_number__isnull', False)), fields=('organisation', 'issue_register', 'issue_year', 'issue_number'), name='digest_number_once'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('issued', 'recalled')), _negated=True), models.Q(('issue_number__isnull', False), ('issued_on__isnull', False), ('signer__isnull', False)), _connector='OR'), name='issued_digest_is_numbered'),
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='press.article', verbose_name='article'),
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='assignee',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given to'),
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='digest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='press.digest', verbose_name='press digest'),
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='press.story', verbose_name='story'),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='added_by',
            field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kept by'),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='press.article', verbose_name='original'),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='digest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='press.digest', verbose_name='press digest'),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='story',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='press.story', verbose_name='story'),
        ),
        migrations.AddField(
            model_name='digestentry',
            name='writer',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='writer'),
        ),
        migrations.AddField(
            model_name='digestnotice',
            name='digest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='press.digest', verbose_name='press digest'),
        ),
        migrations.AddField(
            model_name='digestnotice',
            name='drafter',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='digestnotice',
            name='publisher',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='published by'),
        ),
        migrations.AddField(
            model_name='digestrecipient',
            name='digest',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='press.digest', verbose_name='press digest'),
        ),
        migrations.AddField(
            model_name='digestrecipient',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organisation', verbose_name='recipient'),
        ),
        migrations.AddField(
            model_name='digestrecipient',
            name='received_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='received by'),
        ),
        migrations.AddIndex(
            model_name='digestchoice',
            index=models.Index(fields=['assignee', 'digest'], name='choice_given_to'),
        ),
        migrations.AddConstraint(
            model_name='digestchoice',
            constraint=models.UniqueConstraint(condition=models.Q(('story__isnull', False)), fields=('digest', 'story'), name='one_choice_a_story'),
        ),
        migrations.AddConstraint(
            model_name='digestchoice',
            constraint=models.UniqueConstraint(condition=models.Q(('story__isnull', True)), fields=('digest', 'article'), name='one_choice_an_article'),
        ),
        migrations.AddConstraint(
            model_name='digestentry',
            constraint=models.UniqueConstraint(condition=models.Q(('story__isnull', False)), fields=('digest', 'story'), name='story_entered_once'),
        ),
        migrations.AddConstraint(
            model_name='digestentry',
            constraint=models.UniqueConstraint(condition=models.Q(('story__isnull', True)), fields=('digest', 'article'), name='article_entered_once'),
        ),
        migrations.AddIndex(
            model_name='digestrecipient',
            index=models.Index(fields=['organisation', 'digest'], name='digest_for_office'),
        ),
        migrations.AddConstraint(
            model_name='digestrecipient',
            constraint=models.UniqueConstraint(fields=('digest', 'organisation'), name='recipient_once_a_digest'),
        ),
        CreateIndex('Digest', editable=True),
    ]
