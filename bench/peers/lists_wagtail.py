"""Wagtail's admin as it comes, with a ModelViewSet: the same columns, filters and rights."""

import plain
from measuring import PAGE, serve

urlpatterns: list = []


def main() -> None:
    """Serve the bench."""
    plain.prepared(
        [
            "wagtail.users",
            "wagtail.snippets",
            "wagtail.documents",
            "wagtail.images",
            "wagtail.search",
            "wagtail.admin",
            "wagtail",
            "modelcluster",
            "taggit",
            *plain.DJANGO_APPS,
            "shape",
        ],
        plain.MIDDLEWARE,
        "lists_wagtail",
        WAGTAIL_SITE_NAME="Bench",
        WAGTAILADMIN_BASE_URL="http://localhost",
    )
    import wagtail
    from django.contrib.auth.models import Permission
    from django.urls import include, path
    from shape.models import Letter
    from wagtail import hooks
    from wagtail.admin.views.generic import IndexView
    from wagtail.admin.viewsets.model import ModelViewSet

    class LettersIndex(IndexView):
        def get_base_queryset(self):
            return plain.of_user(self.request.user)

    class LetterViewSet(ModelViewSet):
        model = Letter
        form_fields = ["subject", "number", "office", "issued_on", "due_on", "state"]
        list_display = ["subject", "number", "office", "issued_on", "due_on", "state"]
        list_filter = ["state", "office"]
        search_fields = ["subject", "number"]
        search_backend_name = None
        list_per_page = PAGE
        index_view_class = LettersIndex
        icon = "mail"

    @hooks.register("register_admin_viewset")
    def letters():
        return LetterViewSet("letters")

    # Only now: the routes are made of what is registered when they are read.
    import lists_wagtail
    from wagtail.admin import urls as wagtail_urls

    lists_wagtail.urlpatterns.append(path("admin/", include(wagtail_urls)))
    user = plain.fill()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    serve(f"Wagtail {wagtail.__version__}", {"wagtail": plain.getting(user, "/admin/letters/")})


if __name__ == "__main__":
    main()
