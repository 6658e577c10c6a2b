"""django-tables2 with django-filter, as their documentation has it: the same columns, filters and rights."""

import plain
from measuring import PAGE, serve

urlpatterns: list = []


def main() -> None:
    """Serve the bench."""
    plain.prepared(
        [*plain.DJANGO_APPS, "django_filters", "django_tables2", "shape"],
        plain.MIDDLEWARE,
        "lists_tables2",
    )
    import django_filters
    import django_tables2 as tables
    from django.contrib.auth.mixins import LoginRequiredMixin
    from django.urls import path
    from django_filters.views import FilterView
    from django_tables2.views import SingleTableMixin
    from shape.models import Letter

    class LetterTable(tables.Table):
        subject = tables.Column(linkify=lambda record: f"/{record.pk}/")

        class Meta:
            model = Letter
            fields = ("subject", "number", "office", "issued_on", "due_on", "state")
            template_name = "django_tables2/bootstrap5.html"

    class LetterFilter(django_filters.FilterSet):
        subject = django_filters.CharFilter(lookup_expr="icontains")

        class Meta:
            model = Letter
            fields = ("subject", "state", "office")

    class Letters(LoginRequiredMixin, SingleTableMixin, FilterView):
        table_class = LetterTable
        filterset_class = LetterFilter
        paginate_by = PAGE
        template_name = "shape/tables2.html"

        def get_queryset(self):
            return plain.of_user(self.request.user)

    import lists_tables2

    lists_tables2.urlpatterns.append(path("letters/", Letters.as_view()))
    user = plain.fill()
    serve(f"django-tables2 {tables.__version__}", {"tables2": plain.getting(user, "/letters/")})


if __name__ == "__main__":
    main()
