"""A list of the desk, and the same list written by hand: a ListView and a loop in a template.

Both have the same base page, filter form, columns, rows and rights, and go through all of the middleware.
"""

import os
import tempfile

from measuring import OFFICES, PAGE, rows, serve

if __name__ == "__main__":
    os.environ["NHIPCAU_HOME"] = tempfile.mkdtemp()
    os.environ["DJANGO_SETTINGS_MODULE"] = "ours_settings"
    import django

    django.setup()

import django_filters
from django.urls import include, path, reverse
from django.views.generic import ListView

from nhipcau.ui.listing import Column, Listing, show
from nhipcau.ui.listing.cells import state
from nhipcau.workspace.models import Letter, LetterState


class LetterFilter(django_filters.FilterSet):
    """Words and a state."""

    q = django_filters.CharFilter(field_name="subject", lookup_expr="icontains", label="Words")
    state = django_filters.ChoiceFilter(choices=LetterState.choices, label="State")

    class Meta:
        model = Letter
        fields = ()


def letters():
    """What the reader may see, with the office."""
    return Letter.objects.select_related("organisation").defer("body")


LETTERS = Listing(
    name="bench.letters",
    view="bench_listing",
    title="Letters",
    heading=lambda shown: f"{shown.number} letters",
    rows=letters,
    filters=LetterFilter,
    order=("-sender_date", "-pk"),
    per_page=PAGE,
    columns=[
        Column(
            key="subject",
            label="Subject",
            card="title",
            link=lambda row: reverse("workspace:letter", args=[row.pk]),
            order_by=("subject",),
        ),
        Column(key="number", label="Number", value="sender_number", order_by=("sender_number",)),
        Column(key="office", label="Office", value=lambda row: str(row.organisation)),
        Column(key="date", label="Date", value="sender_date", css="when", order_by=("sender_date",)),
        Column(key="changed", label="Changed", value="changed_at", css="when", order_by=("changed_at",)),
        Column(
            key="state",
            label="State",
            value=lambda row: LetterState(row.state).label,
            show=lambda row: state(LetterState(row.state).label, row.state),
            card="plain",
        ),
    ],
)


class ByHand(ListView):
    """The same, by hand."""

    paginate_by = PAGE
    template_name = "bench/by_hand.html"

    def get_queryset(self):
        self.filter = LetterFilter(self.request.GET, queryset=letters())
        return self.filter.qs.order_by("-sender_date", "-pk")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"form": self.filter.form}


urlpatterns = [
    path("bench/listing/", lambda request: show(request, LETTERS), name="bench_listing"),
    path("bench/by-hand/", ByHand.as_view(), name="bench_by_hand"),
    path("", include("nhipcau.config.urls")),
]


def prepare():
    """The rows, and a drafter of every office."""
    from django.core.management import call_command

    from nhipcau.access import SystemActor, system
    from nhipcau.accounts.domain.people import create_person
    from nhipcau.accounts.domain.roles import grant_membership
    from nhipcau.network.domain.organisations import create_organisation

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    actor = SystemActor("bench")
    with system("bench"):
        given = {
            "kind": "ministry",
            "valid_from": "2020-01-01",
            "sample": True,
            "source": "bench",
            "confidence": "high",
        }
        offices = [
            create_organisation(actor=actor, slug=f"m{n}", name_vi=f"Bộ Mẫu {n}", name_en=f"Ministry {n}", **given)
            for n in range(OFFICES)
        ]
        person = create_person(actor=actor, email="b@example.org", name="Nguyễn Văn Mẫu", password="x" * 20)
        for office in offices:
            grant_membership(actor=actor, person=person, organisation=office, role="drafter", valid_from="2020-01-01")
        Letter.objects.bulk_create(
            Letter(
                organisation=offices[row["office"]],
                subject=row["subject"],
                sender_number=row["number"],
                sender_date=row["issued_on"],
                state=("draft", "in_review", "approved", "draft")[n % 4],
                drafter=person,
            )
            for n, row in enumerate(rows())
        )
    return person


def main():
    """Serve the bench."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from nhipcau.access import system

    person = prepare()
    client = Client()
    with system("sign-in"):
        client.force_login(person)

    queries = []

    def getting(address):
        def get():
            answer = client.get(address)
            assert answer.status_code == 200, (answer.status_code, answer.headers)
            return answer.content

        return get

    # Three rows, and fifty.
    for words in ("lần thứ 1234", ""):
        with CaptureQueriesContext(connection) as captured:
            client.get("/bench/listing/", {"q": words})
        queries.append(len(captured))
    serve(
        f"Nhịp Cầu ({queries[0]} queries at few rows, {queries[1]} at fifty)",
        {"listing": getting("/bench/listing/"), "by hand": getting("/bench/by-hand/")},
    )


if __name__ == "__main__":
    main()
