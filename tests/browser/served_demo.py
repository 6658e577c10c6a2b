"""The desk of the demonstration: its offices, people of every role, letters and law, with the sample newsroom's items.

``python served_demo.py PORT``; the rest comes from the environment. Prints ``ready`` when it answers.
"""

import sys

from tests.browser.served import make_tables, serve


def prepare():
    from django.core.management import call_command
    from django.utils import timezone

    from nhipcau.access import system
    from nhipcau.config.demo.letters import write_letters
    from nhipcau.config.demo.people import make_people
    from nhipcau.config.demo.prepare import load_law, load_organisations
    from nhipcau.network.models import Organisation
    from tests.support.newsroom import fill

    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    with system("demo") as access:
        load_law(access.actor)
        load_organisations(access.actor)
        people = make_people(access.actor)
        fill(Organisation.objects.get(slug="sample-ministry-a"), timezone.localdate())
    write_letters(people)


if __name__ == "__main__":
    serve(int(sys.argv[1]), prepare)
