"""What the peers that are not ours share: settings, rows, rights, and getting a page."""

from django.conf import settings


def of_user(user):
    """The letters that this user's offices own."""
    from shape.models import Letter

    return Letter.objects.filter(office__in=user.office_set.all()).select_related("office")


def fill(username="reader", **flags):
    """The rows, and somebody who belongs to every office and may work with letters, without being a superuser."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Permission
    from measuring import OFFICES, rows
    from shape.models import Letter, Office

    user = get_user_model().objects.create_user(username, password="x", **flags)  # noqa: S106 - a throw-away database
    offices = [Office.objects.create(name=f"Bộ Mẫu {n}") for n in range(OFFICES)]
    for office in offices:
        office.members.add(user)
    Letter.objects.bulk_create(Letter(**row | {"office": offices[row["office"]]}) for row in rows())
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label="shape"))
    return user


def prepared(apps, middleware, urls, context_processors=(), **more):
    """Configure Django for one peer, in memory, and make its tables."""
    import django

    settings.configure(
        SECRET_KEY="bench",  # noqa: S106 - a throw-away database
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=urls,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=apps,
        MIDDLEWARE=middleware,
        USE_TZ=True,
        TIME_ZONE="Asia/Ho_Chi_Minh",
        STATIC_URL="/static/",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        *context_processors,
                    ]
                },
            }
        ],
        **more,
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)


MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DJANGO_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]


def getting(user, address):
    """A function that gets the page as that user, with all of the middleware, and fails on anything but a page."""
    from django.test import Client

    client = Client()
    client.force_login(user)

    def get():
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code
        assert answer.content.count(b"BM-TT") >= 50, "fifty rows are shown"
        return answer.content

    return get
