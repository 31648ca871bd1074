"""How the tests run: on whichever database DATABASE_URL names, and not kindly (see plugins/hostile.py)."""

import gc
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

pytest_plugins = [
    "tests.plugins.hostile",
    "tests.plugins.made_once",
    "tests.plugins.pages",
    "tests.plugins.people",
    "tests.plugins.browser",
    "tests.plugins.wall",
    "tests.plugins.record",
    "tests.plugins.tables",
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


def pytest_collection_finish():
    """What was imported stays: nobody looks through it for rubbish again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def _files(tmp_path_factory):
    """Where papers lie: for all tests of a process, as what is made once is read by many."""
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path_factory):
    settings.DATA_DIR = tmp_path_factory.mktemp("data")
    settings.JOURNAL_CHECKPOINT = settings.DATA_DIR / "checkpoint.txt"
    settings.SEALS = settings.DATA_DIR / "seals"


@pytest.fixture(autouse=True)
def _texts_as_they_are_written():
    """Below the pages, tests read the English texts of the code; a page speaks the language of who asks, else Dutch."""
    with translation.override("en"):
        yield


@pytest.fixture
def root():
    """The project's folder."""
    return Path(settings.BASE_DIR)
