"""A desk on which an approver is away: ``python served_deputy.py PORT``. Prints ``ready`` when it answers.

The deputy drafts as well, so one letter waits that they wrote, and one that they did not.
"""

import sys

from tests.browser.served import make_tables, serve


def prepare():
    from django.core.management import call_command

    from nhipcau.access import system
    from tests.support.letters import make_letter
    from tests.support.people import make_office, make_person

    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    with system("test"):
        office = make_office("Cục Thông tin đối ngoại Mẫu")
        make_person("Lê Thị Duyệt", office=office, roles=["approver"], email="duyet@example.org")
        deputy = make_person("Trần Văn Thay", office=office, roles=["drafter"], email="thay@example.org")
        make_letter(office, "Văn bản người khác soạn", state="in_review")
        make_letter(office, "Văn bản tự soạn", state="in_review", drafter=deputy)


if __name__ == "__main__":
    serve(int(sys.argv[1]), prepare)
