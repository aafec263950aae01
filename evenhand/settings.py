"""How Evenhand is set up. What an operator may change is read from the environment: see docs/settings.md.

The landlord's terms, texts and teams are not here: they are kept in the database and changed on a page.
"""

from pathlib import Path

from evenhand import environment, logs
from evenhand.database.jobs import waits_for_the_database
from evenhand.database.place import Place, application_role, described
from evenhand.policy.staff import Role

BASE_DIR = Path(__file__).resolve().parent
VAR = environment.var_folder()
URL = environment.text("EVENHAND_URL", "http://localhost:8000").rstrip("/")
HTTPS = URL.startswith("https://")

SECRET_KEY = environment.secret_key(VAR)
# Keys before it, so that what they signed and sealed can be read until the worker has sealed it anew.
SECRET_KEY_FALLBACKS = environment.listed("EVENHAND_OLD_SECRET_KEYS")
DEBUG = environment.flag("EVENHAND_DEBUG")
ALLOWED_HOSTS = environment.listed("EVENHAND_HOSTS") or environment.hosts_of(URL)
CSRF_TRUSTED_ORIGINS = [URL]
SOCIALACCOUNT_PROVIDERS = environment.identity_provider()

# Apps ---------------------------------------------------------------------------------------------------------------

OUR_APPS = ["evenhand.people", "evenhand.contacts", "evenhand.cases", "evenhand.sharing"]
# Floors above the record: each is an app as soon as its folder says so.
OUR_APPS += [f"evenhand.{name}" for name in ("doors", "web", "api") if (BASE_DIR / name / "apps.py").is_file()]
INSTALLED_APPS = [
    "evenhand.database",
    "evenhand.demo",
    *OUR_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    # Only where the landlord has an identity provider: it loads what asks one.
    *(["allauth.socialaccount.providers.openid_connect"] if SOCIALACCOUNT_PROVIDERS else []),
    "crispy_forms",
    "crispy_forms_gds",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "evenhand.api.door.MachinesDoor",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "evenhand.browser.BrowserRules",
    "evenhand.browser.PlainAddresses",
    "evenhand.doors.sessions.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "evenhand.doors.second_step.SecondStepDemanded",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "evenhand.urls"
WSGI_APPLICATION = "evenhand.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database -----------------------------------------------------------------------------------------------------------

# The web and the worker come as the application's role, which owns nothing and cannot change what has happened.
# Only the commands named in commands.py come as the owner.
ACTING_AS_OWNER = environment.text("EVENHAND_ACT_AS") == "owner"
EMBEDDED = None if environment.text("DATABASE_URL") else Place(VAR)
DATABASES = {"default": described(EMBEDDED, as_owner=ACTING_AS_OWNER)}
# Whom `evenhand migrate` gives rights to; nobody where the operator gave a single role for everything.
APPLICATION_ROLE = application_role(EMBEDDED)
# Tables of what has happened: rows are added and read, never changed or taken away.
APPEND_ONLY_TABLES = [
    "cases_event", "cases_facts", "cases_acknowledgement", "people_look", "people_change", "sharing_change",
    "cases_head", "cases_headmember", "cases_headtold",
]  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# Signing in ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["evenhand.sign_in.OnePasswordCheck"]
# By argon2 under a key that is not in the database; the others are read, and made anew at the next signing in.
PASSWORD_HASHERS = [
    "evenhand.people.keyed_password.KeyedArgon2",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "evenhand.sign_in.DifferentLetters"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "evenhand.sign_in.ColleaguesOnly"
ACCOUNT_FORMS = {
    "login": "evenhand.sign_in_form.SignIn",
    "reset_password": "evenhand.sign_in_form.AskForLink",
    "reset_password_from_key": "evenhand.sign_in_form.ChooseByLink",
    "change_password": "evenhand.sign_in_form.ChangePassword",
    "set_password": "evenhand.sign_in_form.ChoosePassword",
    "reauthenticate": "evenhand.sign_in_form.ShowItIsYou",
}
MFA_FORMS = {
    "authenticate": "evenhand.second_step_form.SecondStep",
    "reauthenticate": "evenhand.second_step_form.SecondStepAgain",
    "activate_totp": "evenhand.second_step_form.SetUpApp",
    "add_webauthn": "evenhand.second_step_form.AddKey",
    "edit_webauthn": "evenhand.second_step_form.RenameKey",
}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
# An administrator vouches for a colleague's address; a link to confirm it would only be one more thing to lose.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# Whoever is no colleague is sent nothing: else anyone could have us write to anyone.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A colleague is told when their password or second factor was changed.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/15m/key"}
# Of whom the landlord demands a second step: everyone, or those with one of these roles; of nobody where it is empty.
SECOND_STEP_OF = environment.some_of("EVENHAND_SECOND_STEP", ["everyone", *Role])
MFA_ADAPTER = "evenhand.second_step.SecondStep"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
# The package wants an address confirmed by a link first; an administrator has vouched for it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Evenhand"
# Browsers count http://localhost as safe for passkeys; anywhere else needs https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_ADAPTER = "evenhand.sign_in.KnownColleaguesOnly"
FORM_TARGETS = environment.listed("OIDC_SERVER_URL")

# What a browser may do and keep -------------------------------------------------------------------------------------

# A session ends with its browser, eight hours after signing in, or after so many minutes without use.
SESSION_ENGINE = "evenhand.doors.session_store"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_IDLE_MINUTES = environment.number("EVENHAND_IDLE_MINUTES", 30, least=5, most=8 * 60)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
# Under https a browser takes cookies of these names from this very host alone, so that no neighbour can plant one.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-sessionid", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
)
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.flag("EVENHAND_BEHIND_PROXY"):
    # Only for a proxy that sets this header itself and drops what the visitor sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Who knocks too often is told apart by the address that the proxy saw: else one visitor locks everybody out.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

# Time, words, files, post, jobs -------------------------------------------------------------------------------------

# Where each day's head of the record is written. Better a place that the database's owner cannot change.
HEADS_FOLDER = Path(environment.text("EVENHAND_HEADS") or VAR / "heads")

# What was disposed of, one line each, so that a restore can do it again: better kept apart from the database's machine.
DISPOSALS_FILE = Path(environment.text("EVENHAND_DISPOSALS") or VAR / "disposals.jsonl")

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"
USE_THOUSAND_SEPARATOR = False
DATE_FORMAT = "j F Y"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
BUILT = BASE_DIR / "static" / "built"
STATICFILES_DIRS = [BUILT] if BUILT.is_dir() else []
MEDIA_ROOT = VAR / "files"
# What may be kept with one incident or account.
EXHIBIT_MEGABYTES = environment.number("EVENHAND_FILE_MEGABYTES", 10)
EXHIBIT_FILES = environment.number("EVENHAND_FILES", 10)
# What a case may have together, and what one colleague may send within a day.
CASE_FILES = environment.number("EVENHAND_CASE_FILES", 200)
CASE_MEGABYTES = environment.number("EVENHAND_CASE_MEGABYTES", 1000)
DAY_FILES = environment.number("EVENHAND_DAY_FILES", 200)
DAY_MEGABYTES = environment.number("EVENHAND_DAY_MEGABYTES", 1000)
# Who looks for viruses in what is sent, and how many seconds all files of one form may take. None: nobody does.
CLAMD = environment.scanner("CLAMD_URL")
CLAMD_SECONDS = environment.number("EVENHAND_CLAMD_SECONDS", 60, least=1)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

DEFAULT_FROM_EMAIL = environment.text("EVENHAND_EMAIL_FROM", "Evenhand <evenhand@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "outbox"
if EMAIL_URL := environment.text("EMAIL_URL"):
    globals().update(environment.mail(EMAIL_URL))

# Private networks whose machines may be sent webhooks; the internet at large may, over https.
WEBHOOK_NETWORKS = environment.networks("EVENHAND_WEBHOOK_NETWORKS")

CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
# Controls the package does not know by name wear GOV.UK's shapes too.
CRISPY_CLASS_CONVERTERS = {
    **dict.fromkeys(("numberinput", "dateinput", "timeinput", "telinput", "urlinput", "searchinput"), "govuk-input"),
    **dict.fromkeys(("fileinput", "multiplefileinput"), "govuk-file-upload"),
    "selectmultiple": "govuk-select",
    "radioselect": "",
    "checkboxselectmultiple": "",
}

# Found by these names and not by looking for them, so that what answers first need not load them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = [
    "evenhand.database.tasks", "evenhand.people.tasks", "evenhand.contacts.tasks", "evenhand.cases.tasks",
    "evenhand.sharing.tasks",
]  # fmt: skip
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": 2,
    "delete_jobs": "successful",
    "worker_middleware": [waits_for_the_database],
}

LOGGING = logs.described(
    environment.text("EVENHAND_LOG_LEVEL", "WARNING").upper(), as_json=environment.text("EVENHAND_LOG") == "json"
)
