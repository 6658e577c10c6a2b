import pytest

from nhipcau.access import SystemActor
from nhipcau.accounts.domain.people import create_person
from nhipcau.accounts.models import Person
from nhipcau.config.demo import prepare
from nhipcau.newswire.errors import RunError

pytestmark = pytest.mark.django_db


def test_demonstration_is_not_put_beside_real_people(as_system, tmp_path):
    create_person(actor=SystemActor("test"), email="an@office.example", name="Nguyễn Văn An")
    with pytest.raises(RunError, match="in use"):
        prepare.prepare(tmp_path / "sources.opml")
    assert Person.objects.count() == 1
