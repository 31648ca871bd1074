"""Settings of Intrek: safe as they stand; what differs per installation comes from the environment."""

from config import environment
from config.databases import application_role, database
from config.environment import BASE_DIR

DEBUG = environment.flag("DEBUG")
SHOW_LOOK = DEBUG or environment.flag("INTREK_LOOK")  # the page that shows every component
DATA_DIR = environment.data_folder()
SECRET_KEY = environment.secret_key(DATA_DIR)
ADDRESS = environment.own_address()
IS_LOOPBACK = environment.is_loopback(ADDRESS)
ALLOWED_HOSTS = environment.host_names(ADDRESS)
CSRF_TRUSTED_ORIGINS = [ADDRESS]

# The rooms in house order: a room imports only from rooms above it. The import contract in pyproject.toml says the
# same, and tests/test_house_rules.py compares the two.
ROOMS = [
    "intrek.ground.common",
    "intrek.ground.journal",
    "intrek.ground.accounts",
    "intrek.ground.programmes",
    "intrek.ground.partners",
    "intrek.ground.access",
    "intrek.ground.post",
    "intrek.ground.people",
    "intrek.ground.pathways",
    "intrek.ground.dwellings",
    "intrek.ground.services",
    "intrek.ground.documents",
    "intrek.story.referral",
    "intrek.story.eligibility",
    "intrek.story.intervision",
    "intrek.story.allocation",
    "intrek.story.placement",
    "intrek.story.support",
    "intrek.story.evaluation",
    "intrek.story.tenancy",
    "intrek.story.aftercare",
    "intrek.windows.desk",
    "intrek.windows.portal",
    "intrek.windows.steering",
    "intrek.windows.exchange",
    "intrek.windows.rights",
    "intrek.windows.demo",
]
INSTALLED_APPS = [
    *ROOMS,  # first, so that our templates win from those of the libraries
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intrek.ground.access.middleware.SignedInMiddleware",
    "intrek.ground.accounts.headers.HeadersMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "intrek.ground.access.middleware.MemberMiddleware",
    "intrek.ground.access.middleware.WallMiddleware",
    "intrek.ground.access.door.DoorMiddleware",
    "intrek.ground.access.middleware.LookMiddleware",
    "intrek.ground.accounts.middleware.DraftsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "intrek.ground.common.sent.SentMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": LOADERS if DEBUG else [("django.template.loaders.cached.Loader", LOADERS)],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "intrek.ground.common.templatetags.intrek",
                "intrek.ground.programmes.templatetags.programmes",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "intrek.ground.access.context.member",
                "config.navigation.navigation",
                "intrek.windows.demo.context.accounts",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # so that the look can draw the widgets
COTTON_DIR = "cotton"

DATABASES = {"default": database(DATA_DIR)}
DATABASE_ROLE = application_role()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"  # libraries only: our own keys are UUID v7

# Jobs run in `manage.py db_worker`, which `make run` starts beside the server.
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "OPTIONS": {"id_function": "uuid_utils.compat.uuid7"},
    }
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [(f"vendor/{name}", BASE_DIR / "vendor" / name) for name in ("htmx", "fonts")]
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
JOURNAL_CHECKPOINT = environment.checkpoint_file(DATA_DIR)
MEDIA_ROOT = DATA_DIR / "files"  # never served as such: every file passes a view that asks who may see it
SEALS = DATA_DIR / "seals"  # a key and a certificate per programme
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Who signs in, and how. Nobody signs up: a coordinator invites (accounts).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["intrek.ground.access.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "intrek.ground.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = True
# Wrong passwords for one address: so many in so many seconds, over all processes of the installation (accounts).
SIGN_IN_TRIES, SIGN_IN_SECONDS = 5, 300
# Who was refused is told on the page of who may sign in, and forgotten after so many days.
REFUSALS_KEPT_DAYS = 90
# What one file from outside may weigh, what one form with its files may, and what a file may take to be made anew: seconds of the
# processor, memory, points of a photo, the longest side that is kept of it, pages of a PDF.
UPLOAD_MOST_BYTES, UPLOAD_MOST_FILES = 20 * 2**20, 6
SENT_MOST_BYTES = 64 * 2**20
UPLOAD_LIMITS = {"seconds": 5, "mebibytes": 130, "pixels": 40_000_000, "side": 2400, "pages": 200}
CLAMD = environment.virus_scanner()
# Who was let in again without app or passkey is confirmed by a second colleague within so many hours, or the account locks.
RESET_CONFIRMED_WITHIN_HOURS = 24
# How long a file of another team stays open to who gave a reason.
BREAK_IN_MINUTES = 60
# And from one place, whatever the addresses; counted in each process.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip"}
# The second step: an app or a passkey, and codes on paper for the day that both are lost (accounts).
MFA_ADAPTER = "intrek.ground.accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # a code that was typed slowly, or on a telephone whose clock is half a minute off
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOOPBACK
MFA_FORMS = {
    "authenticate": "intrek.ground.accounts.codes.CodeForm",
    "reauthenticate": "intrek.ground.accounts.codes.AgainForm",
    "activate_totp": "intrek.ground.accounts.codes.NewAppForm",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = ADDRESS.partition(":")[0]

# A working day, counted from signing in, however busy one is; a session that ends sooner costs work in the middle of a visit.
SIGNED_IN_AT_MOST = SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if ADDRESS.startswith("https://"):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    # A proxy that does not say so would be sent round and round.
    SECURE_SSL_REDIRECT = environment.flag("INTREK_BEHIND_PROXY")
    # Whether a whole domain is written into browsers is for its owner to decide.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
if environment.flag("INTREK_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],  # the code that sets up a second factor is drawn by the server as data
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

MAIL = environment.mail_settings(DATA_DIR)
globals().update(MAIL)
DEFAULT_FROM_EMAIL = environment.mail_sender(ADDRESS)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Errors only, and to the console: what people typed does not belong in a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    # The worker turns its own loggers up; two lines a job would push the addresses of a first run off the screen.
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django_tasks": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
