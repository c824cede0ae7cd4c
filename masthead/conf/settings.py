"""Django's settings. What an operator may change is in `config.py`; the rest is fixed here."""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from masthead.conf import config

PACKAGE = Path(__file__).resolve().parent.parent
DATA = config.data_folder()
OPERATOR = config.read_settings(folder=DATA)

DEBUG = OPERATOR["debug"]
SECRET_KEY = config.secret_key(folder=DATA, given=OPERATOR["secret_key"])
SECRET_KEY_FALLBACKS = OPERATOR["former_secret_keys"]
OUTER_CACHES = OPERATOR["outer_caches"]
NETWORK_URL = (
    OPERATOR["network_url"] or config.noted_address(folder=DATA) or "http://127.0.0.1:8000"
)
NETWORK_HOSTS = [*OPERATOR["hosts"], urlsplit(NETWORK_URL).hostname]
# Hosts are data (an outlet's domains), so `outlets.middleware` refuses the unknown ones.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "masthead.desk",  # before wagtail.admin: its templates dress the admin
    "masthead.importing",
    "masthead.related",
    "masthead.search",
    "masthead.syndication",
    "masthead.posting",
    "masthead.api",
    "masthead.reading",
    "masthead.comments",
    "masthead.newsletters",
    "masthead.memberships",
    "masthead.ads",
    "masthead.press",
    "masthead.publishing",
    "masthead.fronts",
    "masthead.articles",
    "masthead.people",
    "masthead.readers",
    "masthead.mail",
    "masthead.outlets",
    "masthead.pictures",
    "masthead.accounts",
    "masthead.changes",
    "masthead.jobs",
    "masthead.core",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "wagtailmedia",
    "modelcluster",
    "taggit",
    "django_tasks",
    "wagtail.contrib.typed_table_block",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_linear_migrations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "masthead.outlets.middleware.OutletMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "masthead.accounts.only_reader.OnlyReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "masthead.accounts.middleware.SecondFactorMiddleware",
    "masthead.desk.clock.DeskClockMiddleware",
    "masthead.press.cookie.ClassCookieMiddleware",
    "masthead.core.middleware.SecurityHeadersMiddleware",
]

ROOT_URLCONF = "masthead.conf.urls"
WSGI_APPLICATION = "masthead.conf.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    {
        # Readers' pages: `masthead.outlets.rendering`.
        "NAME": "readers",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "masthead.press.jinja.environment"},
    },
]

DATABASES = {"default": config.database(url=OPERATOR["database_url"], folder=DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        # In memory, but for sign-in attempts, which all processes count together in a table.
        "BACKEND": "masthead.accounts.counting.CountingCache",
    }
}
TASKS = {"default": {"BACKEND": "masthead.jobs.backend.LeasedTableBackend", "QUEUES": []}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}  # type: ignore[assignment]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "masthead.accounts.adapter.StaffAdapter"
ACCOUNT_FORMS = {
    "login": "masthead.accounts.wording.SignInForm",
    "change_password": "masthead.accounts.wording.ChangePasswordForm",
    "set_password": "masthead.accounts.wording.SetPasswordForm",
    "reset_password": "masthead.accounts.reset_form.AskForResetForm",
    "reset_password_from_key": "masthead.accounts.wording.NewPasswordForm",
    "reauthenticate": "masthead.accounts.wording.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "masthead.accounts.wording.CodeForm",
    "reauthenticate": "masthead.accounts.wording.CodeAgainForm",
    "activate_totp": "masthead.accounts.wording.FirstCodeForm",
}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to whoever has no account here
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
MFA_ADAPTER = "masthead.accounts.second_factor_adapter.SealingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Masthead"
MFA_TOTP_TOLERANCE = 1  # periods of 30 s before and after; see `accounts.code_once`
MFA_ALLOW_UNVERIFIED_EMAIL = True  # staff are invited; their address is not what is proved
# Chromium treats loopback as a secure context, so passkeys can be tried on one machine.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = NETWORK_URL.startswith("http://")

# Pictures, documents, recordings
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "pictures.Attachment"
WAGTAILMEDIA = {
    "MEDIA_MODEL": "pictures.Recording",
    "MEDIA_FORM_BASE": "",
    "AUDIO_EXTENSIONS": ["mp3", "m4a", "ogg", "wav"],
    "VIDEO_EXTENSIONS": ["mp4", "webm"],
}
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "masthead.pictures.forms.PictureForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "pdf", "txt", "xlsx", "docx", "odt", "ods", "zip"]
WAGTAILDOCS_SERVE_METHOD = "direct"  # documents are public files under /media/
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
MEDIA_ROOT = DATA / "media"
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o640

# The desk (Wagtail's admin)
WAGTAIL_SITE_NAME = "Masthead"
WAGTAILADMIN_BASE_URL = NETWORK_URL
WAGTAILADMIN_LOGIN_URL = "/account/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_DATETIME_FORMAT = "%Y-%m-%d %H:%M:%S"  # to the second, or a plan would lose them
WAGTAIL_AUTOSAVE_INTERVAL = 4_000  # ms; each autosave is a locked write
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 30_000  # ms
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # allauth keeps passwords
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # our own cards: articles.embeds
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "masthead.search.wagtail_backend"}}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Words
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # kept in it; shown and entered on an outlet's clock: desk.clock
FORMAT_MODULE_PATH = "masthead.conf.formats"
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Python knows names that browsers refuse: the machine's own zone is none of the world's.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime", "Factory"})

# Assets
STATIC_URL = "/assets/"
STATIC_ROOT = DATA / "assets"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Safety
SESSION_ENGINE = "masthead.accounts.session_store"
SESSION_COOKIE_NAME = "masthead_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # previews are framed by the desk
_secure = NETWORK_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0  # a year; each host for itself
CSRF_TRUSTED_ORIGINS = [NETWORK_URL, NETWORK_URL.replace("127.0.0.1", "localhost")]

# Mail goes through the post office (`masthead.mail`); without a server it is kept in the data
# folder, where a newcomer can read it.
EMAIL_BACKEND = "masthead.mail.backend.PostOffice"
MAIL_URL = OPERATOR["mail_url"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = OPERATOR["mail_from"]
MAIL_SENDERS = OPERATOR["mail_senders"]
BOUNCE_ADDRESS = OPERATOR["bounce_address"]
BOUNCE_MAILBOX_URL = OPERATOR["bounce_mailbox_url"]
MAIL_WEBHOOKS = OPERATOR["mail_webhooks"]
DKIM_SELECTOR = OPERATOR["dkim_selector"]

# Payments: without a key the stand-in, whose books are in the data folder.
STRIPE_KEY = OPERATOR["stripe_key"]
STRIPE_WEBHOOK_SECRETS = OPERATOR["stripe_webhook_secrets"]
STRIPE_AUTOMATIC_TAX = OPERATOR["stripe_automatic_tax"]
ADS_INVOICE_FROM = OPERATOR["ads_invoice_from"]
ADS_TAX_PERCENT = OPERATOR["ads_tax_percent"]
STAND_IN_BOOKS = DATA / "stand-in.sqlite3"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {
        "without_secrets": {"()": "masthead.core.logs.WithoutSecrets"},
        "unavailable": {"()": "masthead.core.logs.Unavailable"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_secrets"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR", "filters": ["unavailable"]},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django_tasks": {"level": "WARNING"},
        "stripe": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "trafilatura": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},
    },
}
