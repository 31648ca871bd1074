"""What this installation is told by its surroundings: the data folder, its address, its secret, its mail."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
YES = {"1", "true", "yes", "on"}


def flag(name: str) -> bool:
    """Whether a yes/no variable says yes; unset says no."""
    return os.environ.get(name, "").strip().lower() in YES


def data_folder() -> Path:
    """The one folder that holds everything people entered: database, files, mail, secret; readable by its owner only."""
    folder = Path(os.environ.get("INTREK_DATA") or BASE_DIR / "data").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """The signing key: INTREK_SECRET, else a key made once and kept in the data folder."""
    given = os.environ.get("INTREK_SECRET")
    if given:
        return given
    path = folder / "secret"
    if not path.exists():
        # Written aside and linked whole: of two processes that start at once, both read the same key.
        aside = folder / f"secret.{os.getpid()}"
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(aside)
        aside.unlink()
    return path.read_text(encoding="ascii").strip()


def checkpoint_file(folder: Path) -> Path:
    """Where it is noted how far the record is sealed (INTREK_CHECKPOINT): on another disk it shows an older database put back."""
    return Path(os.environ.get("INTREK_CHECKPOINT") or folder / "checkpoint.txt")


def virus_scanner() -> str:
    """Where ClamAV listens, if it is there: a socket of this machine, or host:port (INTREK_CLAMD)."""
    return os.environ.get("INTREK_CLAMD", "").strip()


def is_loopback(address: str) -> bool:
    """Whether an installation serves this machine alone."""
    return f"{urlsplit(address).hostname}" in LOOPBACK_HOSTS


def own_address() -> str:
    """Where people reach this installation, e.g. https://intrek.example.org; passkeys and links in mail need it."""
    port = os.environ.get("PORT") or "8000"
    return os.environ.get("INTREK_URL", f"http://localhost:{port}").rstrip("/")


def host_names(address: str) -> list[str]:
    """The names this installation answers to: its own address, this machine, and those in INTREK_HOSTS."""
    own = urlsplit(address).hostname or "localhost"
    extra = [name.strip() for name in os.environ.get("INTREK_HOSTS", "").split(",") if name.strip()]
    return sorted({own, *LOOPBACK_HOSTS, *extra})


def mail_settings(folder: Path) -> dict[str, Any]:
    """SMTP when EMAIL_URL says where (smtp+tls://user:password@host:587); until then each mail becomes a file."""
    url = os.environ.get("EMAIL_URL", "")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder / "mail"),
        }
    parts = urlsplit(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise ValueError(f"EMAIL_URL must start with one of {', '.join(MAIL_PORTS)}:// and name a host.")
    return {
        "EMAIL_BACKEND": "intrek.ground.post.smtp.Backend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", ["20"])[0]),
    }


def mail_sender(address: str) -> str:
    """Whom mail comes from: INTREK_MAIL_FROM, else intrek@ the host of the own address."""
    return os.environ.get("INTREK_MAIL_FROM") or f"Intrek <intrek@{urlsplit(address).hostname or 'localhost'}>"
