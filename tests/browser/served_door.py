"""A desk of real people, not of a demonstration, for the tests of signing in: ``python served_door.py PORT``.

Everything else comes from the environment, as in production. Prints ``ready`` when it answers.
"""

import sys

from tests.browser.served import make_tables, serve

#: Who signs in, with the role held.
PEOPLE = {
    "duyet": ("Lê Thị Duyệt", "approver"),
    "khoa": ("Trần Văn Khóa", "approver"),
    "phien": ("Phạm Thị Phiên", "drafter"),
    "oidc": ("Hoàng Văn Danh", "drafter"),
    "lien": ("Vũ Thị Liên", "drafter"),
    "quen": ("Đỗ Văn Quên", "drafter"),
    "nham": ("Bùi Thị Nhầm", "drafter"),
    "xem": ("Mai Thị Xem", "approver"),
    "ngam": ("Đinh Văn Ngắm", "auditor"),
    "ban": ("Ngô Văn Bận", "drafter"),
}


def prepare():
    from django.core.management import call_command

    from nhipcau.access import system
    from nhipcau.accounts.models import Person
    from tests.support.people import make_office, make_person

    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    with system("test"):
        if Person.objects.exists():
            return
        office = make_office("Cục Thông tin đối ngoại Mẫu")
        for key, (name, role) in PEOPLE.items():
            make_person(name, office=office, roles=[role], email=f"{key}@example.org")


if __name__ == "__main__":
    serve(int(sys.argv[1]), prepare)
