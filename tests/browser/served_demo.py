"""The desk of the demonstration: its offices, people of every role and what they wrote, with sample news.

``python served_demo.py PORT``; the rest comes from the environment. Prints ``ready`` when it answers.
"""

import sys

from tests.browser.served import make_tables, serve


def prepare():
    from django.core.management import call_command
    from django.utils import timezone

    from nhipcau.access import system
    from nhipcau.config.demo.prepare import load, write_samples
    from nhipcau.network.models import Organisation
    from tests.support.newsroom import fill

    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    with system("demo") as access:
        people = load(access.actor)
        fill(Organisation.objects.get(slug="sample-ministry-a"), timezone.localdate())
    write_samples(people)


if __name__ == "__main__":
    serve(int(sys.argv[1]), prepare)
