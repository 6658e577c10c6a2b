"""Settings of one installation.

Everything an operator may set is an environment variable: ``NHIPCAU_...`` or ``DATABASE_URL``. They are listed
in docs/reference/settings.md and a test checks that list.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from nhipcau.config.mail import smtp_settings
from nhipcau.config.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
#: Where this installation keeps its database, secret key, collected static files and queue.
HOME = Path(os.environ.get("NHIPCAU_HOME", "var")).resolve()

SECRET_KEY = secret_key(HOME)
DEBUG = False
#: A demonstration on one machine: sample data, one click per role on sign-in (loopback only).
DEMO = os.environ.get("NHIPCAU_DEMO", "") == "1"
ALLOWED_HOSTS = [h for h in os.environ.get("NHIPCAU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
SECURE = os.environ.get("NHIPCAU_HTTPS", "") == "1"
#: The web server in front that ends HTTPS; only its word is taken for who asks, and how.
PROXY = os.environ.get("NHIPCAU_PROXY", "") or "127.0.0.1"

INSTALLED_APPS = [
    "nhipcau.access",
    "nhipcau.audit",
    "nhipcau.law",
    "nhipcau.network",
    "nhipcau.accounts",
    "nhipcau.workspace",
    "nhipcau.programme",
    "nhipcau.press",
    "nhipcau.reporting",
    "nhipcau.ui",
    "nhipcau.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "huey.contrib.djhuey",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    # What every answer carries stands outermost: files for the browser and refused hosts get it, too.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nhipcau.desk.middleware.NotKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nhipcau.desk.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view asks for a sign-in unless it says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "nhipcau.accounts.middleware.OpenAccessMiddleware",
    "nhipcau.accounts.middleware.RequireFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]

ROOT_URLCONF = "nhipcau.config.urls"
WSGI_APPLICATION = "nhipcau.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nhipcau.desk.context.desk",
            ],
        },
    },
]

EMBEDDED_DATABASE = f"sqlite:///{HOME / 'nhipcau.sqlite3'}"
DATABASES = {
    "default": {
        **dj_database_url.parse(os.environ.get("DATABASE_URL") or EMBEDDED_DATABASE),
        # A thread of the desk keeps its connection: to open one for each request costs PostgreSQL and the desk more
        # than a short request itself. It is looked at before it is used again.
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
            # A search reads tens of megabytes of index: with the 2 MB that are usual each page of it is read anew.
            "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["nhipcau.accounts.backend.PersonBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "nhipcau.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
# A session ends with the browser: desks are shared. Failed attempts are counted by address and by e-mail.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# Whoever asks for a new password is answered the same whether the address is known or not, and only the known get mail.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
#: Seconds for which a proof of who sits there (password, factor, sign-in) is good for what asks for one.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * float(os.environ.get("NHIPCAU_REAUTHENTICATION_MINUTES", "15"))
#: Seconds for which a link to set a password may be used, once.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

MFA_ADAPTER = "nhipcau.accounts.mfa.MFAAdapter"
MFA_FORMS = {
    "authenticate": "nhipcau.accounts.forms.SecondFactorForm",
    "add_webauthn": "nhipcau.accounts.forms.NewKeyForm",
    "login_webauthn": "nhipcau.accounts.forms.SignInKeyForm",
    "authenticate_webauthn": "nhipcau.accounts.forms.SecondKeyForm",
    "reauthenticate": "nhipcau.accounts.forms.ProofForm",
    "reauthenticate_webauthn": "nhipcau.accounts.forms.ProofKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}
MFA_TOTP_ISSUER = "Nhịp Cầu"
# One step of 30 seconds either way: clocks of telephones are not those of servers.
MFA_TOTP_TOLERANCE = 1
#: Roles whose holders sign in with a second factor; ``system_owner`` stands beside those of an office.
FACTOR_ROLES = frozenset(
    role
    for role in (
        os.environ.get("NHIPCAU_FACTOR_ROLES")
        or "approver,spokesperson,authorised_spokesperson,publisher,office_administrator,coordinator,auditor"
        ",system_owner"
    ).split(",")
    if role != "none"
)

#: The organisation's own sign-in (OpenID Connect): nothing is shown and nobody is called where none is named.
OIDC_SERVER = os.environ.get("NHIPCAU_OIDC_SERVER", "").rstrip("/")
OIDC_NAME = (os.environ.get("NHIPCAU_OIDC_NAME", "") or "OpenID Connect") if OIDC_SERVER else ""
#: Hosts (``name`` or ``name:port``) of that service: of the address given, and those named beside it.
OIDC_HOSTS = frozenset(
    host for host in (urlsplit(OIDC_SERVER).netloc, *os.environ.get("NHIPCAU_OIDC_HOSTS", "").split(",")) if host
)
SOCIALACCOUNT_ADAPTER = "nhipcau.accounts.provider.ProviderAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": os.environ.get("NHIPCAU_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("NHIPCAU_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}

# In the database, so that several processes and machines count the same attempts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

WHITENOISE_ALLOW_ALL_ORIGINS = False

# However somebody signed in: the session ends with the browser, and after a long day in any case.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The browser minds where a form leads in the end, and signing in with the organisation's service ends there.
        "form-action": [SELF, *sorted(f"{urlsplit(OIDC_SERVER).scheme}://{host}" for host in OIDC_HOSTS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}

HUEY = {
    "huey_class": "huey.SqliteHuey",
    "name": "nhipcau",
    "filename": str(HOME / "queue.sqlite3"),
    "immediate": False,
    "results": False,
    "consumer": {"workers": 1, "worker_type": "thread", "periodic": True},
}

#: Where people reach the desk, without the slash at the end: what links in mail begin with.
URL = os.environ.get("NHIPCAU_URL", "").rstrip("/") or "http://127.0.0.1:8000"
#: Whether mail is sent at all: only where the operator names a server.
MAIL = bool(os.environ.get("NHIPCAU_SMTP_URL", ""))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("NHIPCAU_MAIL_FROM", "") or "Nhịp Cầu <nhip-cau@localhost>"
EMAIL_SUBJECT_PREFIX = ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
EMAIL_USE_LOCALTIME = True
globals().update(smtp_settings(os.environ.get("NHIPCAU_SMTP_URL", "")))

#: Where each seal of the audit record notes how far the chain reached: a file outside the database, only ever added to.
AUDIT_HEADS = Path(os.environ.get("NHIPCAU_AUDIT_HEADS") or HOME / "audit-heads.log").resolve()

#: A file that the operator's backup touches when it is done; empty where nobody said.
BACKUP_STAMP = os.environ.get("NHIPCAU_BACKUP_STAMP", "")
#: What a monitoring program says to be answered from elsewhere than this machine; empty for nobody.
HEALTH_TOKEN = os.environ.get("NHIPCAU_HEALTH_TOKEN", "")

#: Hosts (``name`` or ``name:port``) that the collector may reach although their address is private or loopback.
ALLOW_HOSTS = frozenset(h for h in os.environ.get("NHIPCAU_ALLOW_HOSTS", "").split(",") if h)
#: Where the contents of files lie that people attach.
FILES = HOME / "files"
#: Megabytes that one file may have.
FILE_MEGABYTES = int(os.environ.get("NHIPCAU_FILE_MEGABYTES", "25"))
#: A command that is given the path of each file that comes in; it is taken where the command ends with 0.
SCANNER = os.environ.get("NHIPCAU_SCANNER", "")
#: Domain of the addresses to which offices mail filled workbooks; empty where none is taken by mail.
INTAKE_DOMAIN = os.environ.get("NHIPCAU_INTAKE_DOMAIN", "")
#: A Maildir into which the mail server of this machine delivers what comes to those addresses.
INTAKE = os.environ.get("NHIPCAU_INTAKE", "")
#: Seconds from the start of one request to a host to the start of the next.
PACE = float(os.environ.get("NHIPCAU_PACE", "1"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
