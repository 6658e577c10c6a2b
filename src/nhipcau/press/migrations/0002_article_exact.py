from django.db import migrations

from nhipcau.search import add_to_index
from nhipcau.search.operations import CreateIndex


def enter_stored_articles(apps, schema_editor):
    """Articles that were stored before this index was there, as far as their text is still kept."""
    article = apps.get_model("press", "Article")
    rows = article.objects.order_by("pk").values_list("pk", "title", "text").iterator(chunk_size=500)
    add_to_index(article, ((key, (title, text)) for key, title, text in rows), forms=("exact",))


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0001_initial'),
    ]

    operations = [
        CreateIndex('Article', forms=('exact',)),
        migrations.RunPython(enter_stored_articles, migrations.RunPython.noop),
    ]
