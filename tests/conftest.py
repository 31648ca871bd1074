"""How the tests run: on whichever database DATABASE_URL names, and not kindly (see plugins/hostile.py)."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation

pytest_plugins = [
    "tests.plugins.hostile",
    "tests.plugins.pages",
    "tests.plugins.people",
    "tests.plugins.browser",
    "tests.plugins.wall",
    "tests.plugins.record",
]


def pytest_configure(config):
    """What differs from an installation: no compiled static files, quick passwords, no data folder."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite in a file, as in an installation, so that two requests have two connections; it may skip the disk's ack.

    On PostgreSQL the tables are made by their owner (see plugins/wall.py).
    """
    chosen = settings.DATABASES["default"]
    chosen["CONN_MAX_AGE"] = 0
    if connection.vendor == "postgresql":
        chosen["USER"] = urlsplit(os.environ["DATABASE_OWNER_URL"]).username
    else:
        chosen["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        chosen["OPTIONS"]["init_command"] = chosen["OPTIONS"]["init_command"].replace("FULL", "OFF")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path_factory):
    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    settings.MEDIA_ROOT = settings.DATA_DIR / "files"
    settings.JOURNAL_CHECKPOINT = settings.DATA_DIR / "checkpoint.txt"


@pytest.fixture(autouse=True)
def _texts_as_they_are_written():
    """Below the pages, tests read the English texts of the code; a page speaks the language of who asks, else Dutch."""
    with translation.override("en"):
        yield


@pytest.fixture
def root():
    """The project's folder."""
    return Path(settings.BASE_DIR)
