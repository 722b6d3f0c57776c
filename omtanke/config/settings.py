"""Django settings. Every value an operator may set is an environment variable named in docs/operations.md."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from omtanke.config.database import database_settings, database_url
from omtanke.config.map_tiles import tile_hosts
from omtanke.config.oidc import oidc_apps

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("OMTANKE_VAR", BASE_DIR / "var"))


def _yes(name: str, default: str = "") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def _words(name: str) -> list[str]:
    return [word for word in os.environ.get(name, "").replace(",", " ").split() if word]


def _secret_key() -> str:
    """From the environment, or made once and kept in var/, readable by its owner only."""
    if key := os.environ.get("OMTANKE_SECRET_KEY"):
        return key
    file = VAR_DIR / "secret_key"
    if not file.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text()


LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
DEBUG = _yes("OMTANKE_DEBUG")
DEMO = _yes("OMTANKE_DEMO")
COUNTRY = os.environ.get("OMTANKE_COUNTRY", "NO")  # whose phone numbers need no country code
MUNICIPALITY = os.environ.get("OMTANKE_MUNICIPALITY", "Steigen")
ALLOWED_HOSTS = _words("OMTANKE_HOSTS") or LOCAL_HOSTS
if DEMO and set(ALLOWED_HOSTS) - set(LOCAL_HOSTS):
    raise ImproperlyConfigured("Demo mode lets anyone log in as anyone: it does not start with a public host.")

SECRET_KEY = _secret_key()
SECURE = not (DEMO or DEBUG or set(ALLOWED_HOSTS) <= set(LOCAL_HOSTS))
SECOND_FACTOR_REQUIRED = not DEMO
# Made-up national identity numbers (month + 80 or + 40) are refused where real people are.
SYNTHETIC_IDENTITY_NUMBERS = _yes("OMTANKE_SYNTHETIC_IDENTITY_NUMBERS", "" if SECURE else "yes")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "omtanke.shell",
    "omtanke.access",
    "omtanke.people",
    "omtanke.trust",
    "omtanke.forms",
    "omtanke.care",
    "omtanke.visits",
    "omtanke.everyday",
    "omtanke.planning",
    "omtanke.phone",
    "omtanke.befriending",
    "omtanke.insight",
    "omtanke.exchange.spreadsheets",
    "omtanke.exchange.ical",
    "omtanke.exchange.tripletex",
    "omtanke.config",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "omtanke.config.observing.RequestLog",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "omtanke.access.language.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "omtanke.config.urls"
WSGI_APPLICATION = "omtanke.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "omtanke.config.navigation.navigation",
            ],
            "builtins": ["django.templatetags.i18n", "omtanke.shell.templatetags.omtanke"],
        },
    }
]
FORM_RENDERER = "omtanke.shell.forms.Designsystemet"

# The planner's road map (omtanke roads build); without one, straight lines do.
ROADS = Path(os.environ.get("OMTANKE_ROADS", VAR_DIR / "roads"))

DATABASES = {"default": database_settings(database_url(VAR_DIR), os.environ.get("OMTANKE_DATABASE_ROLE"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "config_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Texts
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian")), ("sv", _("Swedish")), ("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = os.environ.get("OMTANKE_TIME_ZONE", "Europe/Oslo")
FORMAT_MODULE_PATH = ["omtanke.shell.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Static files: ours, what esbuild made, hashed and compressed.
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [BASE_DIR / "build" / "static"]
# Web processes serve what was gathered (static_files.py); development and tests serve the sources.
_GATHERED = not DEBUG and "OMTANKE_DATABASE_ROLE" in os.environ and (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not _GATHERED
WHITENOISE_AUTOREFRESH = DEBUG
FONTS_DIR = BASE_DIR / "build" / "fonts"

# Login
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "omtanke.access.login.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "omtanke.access.login.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip"}
ACCOUNT_REAUTHENTICATION_REQUIRED = not DEMO
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "omtanke.access.passkey_form.PasskeyForm"}
MFA_TOTP_ISSUER = "Omtanke"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
ACCOUNT_FORMS = {"login": "omtanke.access.login_form.LoginForm"}
ACCOUNT_SESSION_REMEMBER = False  # devices are shared
SOCIALACCOUNT_STORE_TOKENS = False
# A link, not a form: our form-action lets no form end at another host. allauth's state guards the way back.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_apps(os.environ)}}
OIDC_ACR = _words("OMTANKE_OIDC_ACR")
SESSION_COOKIE_AGE = 12 * 60 * 60  # a shift and a handover
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_EXPIRE_AT_BROWSER_CLOSE = not DEMO

# Hardening
SECURE_SSL_REDIRECT = SECURE and not _yes("OMTANKE_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _yes("OMTANKE_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if SECURE else []
MAP_TILES = os.environ.get("OMTANKE_MAP_TILES", "")  # like https://tiles.example.org/{z}/{x}/{y}.png; empty: none
MAP_CREDIT = os.environ.get("OMTANKE_MAP_CREDIT", "")
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", *tile_hosts(MAP_TILES)],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

PGHISTORY_APPEND_ONLY = True
PROCRASTINATE_IMPORT_PATHS = [f"omtanke.exchange.{room}.jobs" for room in ("spreadsheets", "ical", "tripletex")]
# May partners' calendars be fetched from an inner network?
ICAL_FROM_INSIDE = _yes("OMTANKE_ICAL_FROM_INSIDE")

# Hours to Tripletex: tokens by the end of their variable's name, '' for the whole organisation. Never in the database.
TRIPLETEX_URL = os.environ.get("OMTANKE_TRIPLETEX_URL", "https://tripletex.no/v2")
TRIPLETEX_CONSUMER_TOKEN = os.environ.get("OMTANKE_TRIPLETEX_CONSUMER_TOKEN", "")
TRIPLETEX_EMPLOYEE_TOKENS = {
    "": os.environ.get("OMTANKE_TRIPLETEX_EMPLOYEE_TOKEN", ""),
    **{
        name.removeprefix("OMTANKE_TRIPLETEX_EMPLOYEE_TOKEN_"): token
        for name, token in os.environ.items()
        if name.startswith("OMTANKE_TRIPLETEX_EMPLOYEE_TOKEN_")
    },
}
TRIPLETEX_ACTIVITY = os.environ.get("OMTANKE_TRIPLETEX_ACTIVITY", "Omsorg")
TRIPLETEX_INTERNAL_PROJECT = os.environ.get("OMTANKE_TRIPLETEX_INTERNAL_PROJECT", "19000")
TRIPLETEX_MINUTES = int(os.environ.get("OMTANKE_TRIPLETEX_MINUTES", "15"))
TRIPLETEX_COST_CATEGORY = os.environ.get("OMTANKE_TRIPLETEX_COST_CATEGORY", "Kontorrekvisita")
TRIPLETEX_PAYMENT_TYPE = os.environ.get("OMTANKE_TRIPLETEX_PAYMENT_TYPE", "Privat utlegg")

EMAIL_BACKEND = os.environ.get("OMTANKE_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
DEFAULT_FROM_EMAIL = os.environ.get("OMTANKE_EMAIL_FROM", "omtanke@localhost")
LOGGING_CONFIG = None
METRICS_FROM = ["127.0.0.1", "::1", *_words("OMTANKE_METRICS_FROM")]
