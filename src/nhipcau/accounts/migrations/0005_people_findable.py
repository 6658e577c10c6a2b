from django.db import migrations, models

from nhipcau.text import fold


def fill(apps, schema_editor):
    """As ``nhipcau.accounts.domain.people.person_folded`` does it for every new person."""
    Person = apps.get_model("accounts", "Person")
    for person in Person.objects.only("pk", "name", "email").iterator():
        words = " ".join([*fold(person.name).split(), *fold(person.email).split()])
        Person.objects.filter(pk=person.pk).update(folded=f" {words}"[:1000])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_people_invitations_and_duties'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='folded',
            field=models.CharField(default='', editable=False, max_length=1000),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
