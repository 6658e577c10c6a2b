from django.db import migrations

from nhipcau.search import add_to_index
from nhipcau.search.index import empty_index


def enter_again(apps, schema_editor):
    """The index holds pairs of words now; articles are entered again as far as their text is still kept."""
    article = apps.get_model("press", "Article")
    empty_index(article)
    rows = article.objects.order_by("pk").values_list("pk", "title", "text").iterator(chunk_size=500)
    add_to_index(article, ((key, (title, text)) for key, title, text in rows))


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0002_article_exact'),
    ]

    operations = [
        migrations.RunPython(enter_again, migrations.RunPython.noop),
    ]
