"""Django's admin as it comes: the same columns, filters and rights."""

import plain
from measuring import PAGE, serve

urlpatterns: list = []


def main() -> None:
    """Serve the bench."""
    plain.prepared([*plain.DJANGO_APPS, "django.contrib.admin", "shape"], plain.MIDDLEWARE, "lists_admin")
    import django
    from django.contrib import admin
    from django.urls import path
    from shape.models import Letter

    class LetterAdmin(admin.ModelAdmin):
        list_display = ["subject", "number", "office", "issued_on", "due_on", "state"]
        list_filter = ["state", "office"]
        search_fields = ["subject", "number"]
        list_per_page = PAGE

        def get_queryset(self, request):
            return plain.of_user(request.user)

    admin.site.register(Letter, LetterAdmin)
    # The module of the routes, which is not the one that runs.
    import lists_admin

    lists_admin.urlpatterns.append(path("admin/", admin.site.urls))
    user = plain.fill(is_staff=True)
    serve(f"Django {django.__version__}", {"admin": plain.getting(user, "/admin/shape/letter/")})


if __name__ == "__main__":
    main()
