"""All settings, read from the environment; docs/operations.md lists the variables."""

import os
import secrets
import sys
from pathlib import Path

from oasis.config.database import database
from oasis.config.fixed import version_of
from oasis.config.mail import mail

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("OASIS_HOME", "var")).resolve()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
TESTING = "pytest" in sys.modules


def _key(name: str) -> str:
    """Give a secret from the environment, or one kept in a file that only the owner may read."""
    if value := os.environ.get(name):
        return value
    path = HOME / f"{name.lower()}.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


SECRET_KEY = _key("OASIS_SECRET_KEY")
OASIS_DATA_KEY = _key("OASIS_DATA_KEY")
# Wraps the keys inside the database; a file of its own, made with the first of them (oasis.kit.keys).
OASIS_MASTER_KEY = os.environ.get("OASIS_MASTER_KEY", "")
OASIS_MASTER_KEY_OLD = os.environ.get("OASIS_MASTER_KEY_OLD", "")  # while a new one takes its place
OASIS_MASTER_KEY_FILE = HOME / "oasis_master_key.key"
DEBUG = os.environ.get("OASIS_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("OASIS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("OASIS_ORIGINS", "").split(",") if origin]
OASIS_HEADS = None if TESTING else HOME / "heads"  # ends of the trail, outside the database
OASIS_HTTPS = os.environ.get("OASIS_HTTPS") == "1"
OASIS_FONT_DIRS = [PACKAGE / "desk" / "static" / "vendor" / "fonts"]
OASIS_BACKUPS = Path(os.environ.get("OASIS_BACKUPS") or HOME / "backups")
OASIS_BACKUPS_KEPT = int(os.environ.get("OASIS_BACKUPS_KEPT", "14"))
OASIS_LETTER_LIMIT = 16 * 1024 * 1024  # a hand-over package
OASIS_PAPER_LIMIT = int(os.environ.get("OASIS_PAPER_LIMIT_MB", "10")) * 1024 * 1024
OASIS_UPLOAD_LIMIT = int(os.environ.get("OASIS_UPLOAD_LIMIT_MB", "50")) * 1024 * 1024

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "oasis.kit",
    "oasis.places",
    "oasis.people",
    "oasis.children",
    "oasis.campus",
    "oasis.records",
    "oasis.duties",
    "oasis.figures",
    "oasis.alerts",
    "oasis.papers",
    "oasis.intake",
    "oasis.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "oasis.config.middleware.measured",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "oasis.config.resting.resting",
    "oasis.config.middleware.own_password",
    "oasis.config.middleware.own_factor",
    "oasis.config.middleware.eyes",
    "oasis.config.middleware.first_page",
]
ROOT_URLCONF = "oasis.config.urls"
WSGI_APPLICATION = "oasis.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "desk" / "templates"],
        "OPTIONS": {
            "environment": "oasis.desk.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "oasis.desk.page.one_token",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["oasis.people.known.Backend"]
SESSION_ENGINE = "oasis.people.known"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "oasis.people.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
OASIS_MAIL = os.environ.get("OASIS_MAIL", "")
globals().update(mail(OASIS_MAIL, os.environ.get("OASIS_MAIL_FROM", "")))
ACCOUNT_LOGOUT_REDIRECT_URL = "/account/login/"
# Many teachers share one address behind a school's router or proxy: wrong passwords count mainly for the account.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip", "login_failed": "60/m/ip,8/300s/key", "notice": "60/h/ip", "notice_wrong": "12/600s/ip",
}  # fmt: skip
# Counted across all processes, in files that `oasis unlock` can clear.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": HOME / "cache"}}
if TESTING:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("OASIS_PROXIES", "0"))
PASSWORD_RESET_TIMEOUT = 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a cookie could be read
ACCOUNT_ADAPTER = "oasis.config.accounts.ClosedDoor"
ACCOUNT_FORMS = {"change_password": "oasis.config.passwords.OwnPassword"}
MFA_ADAPTER = "oasis.config.accounts.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not OASIS_HTTPS  # browsers themselves allow plain http for this machine only
MFA_TOTP_ISSUER = "绿洲"
MFA_TOTP_TOLERANCE = 1  # a school's clock may be half a minute off
SESSION_COOKIE_AGE = 24 * 3600  # the school's rules of rest end it earlier
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # a computer counts as shared unless its owner says otherwise at the log-in
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OASIS_HTTPS
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves; no script of ours reads the cookie
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"], "img-src": ["'self'", "data:"], "font-src": ["'self'", "data:"], "object-src": ["'none'"],
        "base-uri": ["'none'"], "form-action": ["'self'"], "frame-ancestors": ["'none'"],
    }
}  # fmt: skip

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# The version stands in the address: a new one is fetched at once, the same one is never asked for again.
STATIC_VERSION = version_of(PACKAGE / "desk" / "static")
STATIC_URL = f"/static/{STATIC_VERSION}/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG or TESTING  # a test client need not list every static file at its start
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
WHITENOISE_IMMUTABLE_FILE_TEST = "^(?!)" if DEBUG else "^/static/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_MAX_MEMORY_SIZE = OASIS_UPLOAD_LIMIT + 2**20  # a roster or a scan never lies in a temporary file in clear

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
if TESTING:
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"wordless": {"()": "oasis.config.logs.Wordless"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "wordless"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
