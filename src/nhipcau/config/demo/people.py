"""The sample people of a demonstration: one for every role, spread over sample offices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

SINCE = date(2026, 1, 1)


class SamplePerson(NamedTuple):
    """E-mail address before the @, name, key of the sample office, roles; the system owner has none."""

    key: str
    name: str
    office: str
    roles: tuple[str, ...]


PEOPLE = (
    SamplePerson("chuyen-vien", "Chuyên viên Mẫu 01", "sample-ministry-a", ("press_analyst",)),
    SamplePerson("lanh-dao", "Lãnh đạo Mẫu 02", "sample-ministry-a", ("approver",)),
    SamplePerson("quan-tri", "Quản trị Mẫu 03", "sample-ministry-a", ("office_administrator",)),
    SamplePerson("tinh-mau", "Chuyên viên Mẫu 04", "sample-province-01", ("press_analyst", "drafter")),
    SamplePerson("soan-thao", "Chuyên viên Mẫu 05", "sample-ministry-a", ("drafter",)),
    SamplePerson("truong-phong", "Trưởng phòng Mẫu 06", "sample-ministry-a", ("reviewer",)),
    SamplePerson("dau-moi", "Đầu mối Mẫu 07", "sample-ministry-a", ("focal_officer",)),
    SamplePerson("bo-truong", "Lãnh đạo bộ Mẫu 08", "sample-ministry-a", ("leader",)),
    SamplePerson("cap-pho", "Cấp phó Mẫu 09", "sample-ministry-a", ("reviewer",)),
    SamplePerson("bien-tap", "Biên tập Mẫu 10", "sample-ministry-b", ("editor",)),
    SamplePerson("dich-gia", "Dịch giả Mẫu 11", "sample-ministry-b", ("translator",)),
    SamplePerson("xuat-ban", "Phát hành Mẫu 12", "sample-ministry-b", ("publisher",)),
    SamplePerson("lam-ro", "Giải thích Mẫu 13", "sample-ministry-c", ("clarification_officer",)),
    SamplePerson("phat-ngon", "Phát ngôn Mẫu 14", "sample-ministry-c", ("spokesperson",)),
    SamplePerson("uy-quyen", "Ủy quyền Mẫu 15", "sample-ministry-c", ("authorised_spokesperson",)),
    SamplePerson("dieu-phoi", "Điều phối Mẫu 16", "sample-ministry-b", ("coordinator",)),
    SamplePerson("thanh-tra", "Thanh tra Mẫu 17", "sample-ministry-b", ("inspector",)),
    SamplePerson("tham-dinh", "Thẩm định Mẫu 18", "sample-ministry-b", ("assessor",)),
    SamplePerson("kiem-toan", "Kiểm toán Mẫu 19", "sample-ministry-a", ("auditor",)),
    SamplePerson("chi-doc", "Người đọc Mẫu 20", "sample-friendship-union-01", ("viewer",)),
    SamplePerson("tinh-duyet", "Lãnh đạo Mẫu 21", "sample-province-01", ("approver",)),
    SamplePerson("co-quan-dai-dien", "Cán bộ Mẫu 22", "sample-mission-01", ("drafter", "focal_officer")),
    SamplePerson("dai-su", "Trưởng cơ quan đại diện Mẫu 23", "sample-mission-01", ("approver", "leader")),
    SamplePerson("dieu-phoi-hai", "Điều phối Mẫu 25", "sample-ministry-b", ("coordinator",)),
    SamplePerson("thu-truong", "Lãnh đạo Mẫu 26", "sample-ministry-b", ("approver",)),
    SamplePerson("he-thong", "Vận hành Mẫu 24", "", ()),
)
#: Who stands in for whom: the reviewer for the approver of the sample ministry A.
DEPUTY, PRINCIPAL, DEPUTISED = "cap-pho", "lanh-dao", "approver"


def address(key: str) -> str:
    """The e-mail address of a sample person."""
    return f"{key}@mau.example"


def make_people(actor: Actor) -> dict[str, Person]:
    """Make those that are not there yet, with their roles; every sample person by key."""
    from nhipcau.accounts.domain.people import create_person
    from nhipcau.accounts.domain.roles import grant_membership
    from nhipcau.accounts.models import Membership, Person
    from nhipcau.network.models import Organisation

    offices: dict[str, Organisation] = {
        office.slug: office for office in Organisation.objects.filter(slug__in={row.office for row in PEOPLE})
    }
    made = {}
    for row in PEOPLE:
        person = Person.objects.filter(email=address(row.key)).first()
        if person is None:
            person = create_person(
                actor=actor, email=address(row.key), name=row.name, sample=True, is_system_owner=not row.roles
            )
        for role in row.roles:
            held = Membership.objects.filter(person=person, organisation=offices[row.office], role=role)
            if not held.exists():
                grant_membership(
                    actor=actor, person=person, organisation=offices[row.office], role=role, valid_from=SINCE
                )
        made[row.key] = person
    _deputy(actor, made, offices)
    return made


def _deputy(actor: Actor, people: dict[str, Person], offices: dict[str, Organisation]) -> None:
    from nhipcau.accounts.domain.deputies import deputise
    from nhipcau.accounts.models import Deputyship

    if Deputyship.objects.filter(principal=people[PRINCIPAL], deputy=people[DEPUTY]).exists():
        return
    today = timezone.localdate()
    deputise(
        actor=actor,
        principal=people[PRINCIPAL],
        deputy=people[DEPUTY],
        organisation=offices["sample-ministry-a"],
        role=DEPUTISED,
        valid_from=today,
        valid_to=today + timedelta(days=60),
        note="DỮ LIỆU MẪU: thay trong thời gian đi công tác.",
    )
