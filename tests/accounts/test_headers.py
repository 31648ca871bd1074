"""What a browser is told beside every page."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from tests.factories import member, pathway

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(sign_in):
    return sign_in(member()).get(reverse("people:of_pathway", args=[pathway().pk]))


def test_a_page_about_a_person_is_kept_nowhere(page):
    assert page["Cache-Control"] == "no-store"


def test_so_is_every_answer_to_who_is_signed_in(sign_in):
    client = sign_in(member())
    for name in ("desk:day", "desk:referrals", "programmes:for_whom"):
        assert client.get(reverse(name))["Cache-Control"] == "no-store"
    assert client.get("/nowhere/")["Cache-Control"] == "no-store"
    assert client.get(reverse("desk:referrals"), {"format": "xlsx"})["Cache-Control"] == "no-store"


def test_no_page_of_another_site_reads_frames_or_borrows(page):
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page["Cross-Origin-Resource-Policy"] == "same-origin"
    assert page["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert page["X-Frame-Options"] == "DENY"
    assert all(f"{name}=()" in page["Permissions-Policy"] for name in ("camera", "microphone", "geolocation"))


def test_no_script_or_style_stands_in_a_page_itself(page):
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    body = page.content.decode()
    assert "<style" not in body
    assert " style=" not in body
    assert "<script>" not in body
    assert "javascript:" not in body


def test_signing_out_leaves_nothing_behind_in_the_browser(sign_in):
    client = sign_in(member())
    assert "Clear-Site-Data" not in client.get(reverse("account_logout"))
    left = client.post(reverse("account_logout"))
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.post(reverse("account_logout"))


def test_an_installation_that_the_world_reaches_passes_the_check_for_it(root, tmp_path):
    told = {"INTREK_URL": "https://intrek.example.org", "INTREK_BEHIND_PROXY": "1", "INTREK_DATA": str(tmp_path)}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | told
    done = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
