"""The desk as it runs on one machine, on a loopback port, with the sample newsroom's items: ``python served.py PORT``.

Home folder and mode come from the environment, as in production. Prints ``ready`` when it answers.
"""

import io
import os
import sys


def prepare():
    from django.core.management import call_command
    from django.utils import timezone

    from nhipcau.access import system
    from nhipcau.press.domain.corrections import rename_story
    from nhipcau.press.models import Story
    from tests.support.letters import make_letter
    from tests.support.newsroom import build_digest, collected, fill
    from tests.support.people import make_office, make_person
    from tests.support.plans import make_plan
    from tests.support.programme import make_instance, make_recommendation, make_scheme

    make_tables()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_law", verbosity=0, stdout=io.StringIO())
    with system("test"):
        office = make_office("Cục Thông tin đối ngoại Mẫu")
        given = {"roles": ["press_analyst"], "email": "an@example.org", "sample": True}
        analyst = make_person("Nguyễn Thị Hoài An", office=office, **given)
        drafter = make_person("Phạm Thị Soạn", office=office, roles=["drafter"], email="soan@example.org", sample=True)
        duyet = {"roles": ["approver"], "email": "duyet@example.org", "sample": True}
        approver = make_person("Lê Văn Duyệt", office=office, **duyet)
        receiver = make_office("Sở Nhận Mẫu")
        make_letter(office, "mời dự họp mẫu", to=[receiver], drafter=drafter)
        task = make_instance(office, word_note="Đã có kế hoạch.").task
        make_scheme(office, directive=task.clause.directive)
        make_recommendation(office, receiver, state="sent", drafter=drafter)
        make_plan(office, state="issued", drafter=drafter, approver=approver)
        make_person("Trần Không Vai", email="khong.vai@example.org")
        today = timezone.localdate()
        fill(office, today)
        # An office of its own for the morning's digest, so that what is done there changes no other test's screens.
        morning = make_office("Phòng Điểm báo Mẫu")
        make_person("Đỗ Thị Sáng", office=morning, roles=["press_analyst"], email="sang@example.org", sample=True)
        make_person("Vũ Văn Ký", office=morning, roles=["approver"], email="ky@example.org", sample=True)
        build_digest(morning, today, collected(today))
        make_reports()
        rename_story(actor=analyst, organisation=office, story=Story.objects.earliest("pk"), name="Tên do người đặt")


def make_tables():
    """Every table, from the database that was migrated for all tests."""
    from django.conf import settings
    from django.core.management import call_command

    from tests.support import migrated

    migrated.put(settings.DATABASES["default"]["NAME"])
    call_command("migrate", verbosity=0)


def make_reports():
    """A report that an office of its own owes, so that what is done with it changes no other test's screens."""
    from tests.support.people import make_office, make_person
    from tests.support.reporting import make_campaign

    office, above = make_office("Sở Báo cáo Mẫu"), make_office("Cục Hướng dẫn Mẫu")
    make_person("Hồ Thị Điền", office=office, roles=["drafter"], email="dien@example.org", sample=True)
    make_person("Cao Văn Nộp", office=office, roles=["approver"], email="nop@example.org", sample=True)
    other = make_office("Sở Bảng tính Mẫu")
    make_person("Lý Thị Bảng", office=other, roles=["drafter"], email="excel@example.org", sample=True)
    make_campaign(above, offices=[office, other], title="Báo cáo năm thử")


def serve(port, make):
    """Answer on a loopback port once ``make`` has prepared what is to be served."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    django.setup()
    make()

    import waitress

    from nhipcau.config.wsgi import application

    server = waitress.create_server(application, host="127.0.0.1", port=port, threads=4)
    print("ready", flush=True)  # noqa: T201 - the test waits for this word
    server.run()


if __name__ == "__main__":
    serve(int(sys.argv[1]), prepare)
