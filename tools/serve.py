"""Starts the application server, the worker, the sealer of the record and the postman together, and ends them together.

Environment: PORT (8000), HOST (127.0.0.1), WORKERS (the processors of this machine, at least 2).
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_FINISH = 20


def server_command() -> list[str]:
    """Gunicorn with sync workers: threads on SQLite cost most of the speed."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    workers = os.environ.get("WORKERS") or str(max(2, os.cpu_count() or 2))
    options = ["--workers", workers, "--worker-class", "sync", "--bind", f"{host}:{port}", "--timeout", "60"]
    # Fresh workers now and then, not all at once; no access log: addresses name people's pathways.
    options += ["--max-requests", "5000", "--max-requests-jitter", "500", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", *options, "config.wsgi:application"]


def worker_command() -> list[str]:
    """The one that does the jobs: mail, files, figures."""
    return [sys.executable, "manage.py", "db_worker", "--no-startup-delay"]


def sealer_command() -> list[str]:
    """The one that seals the record, and nothing else: it may wait for nobody."""
    return [sys.executable, "manage.py", "watch", "seal_journal=20"]


def postman_command() -> list[str]:
    """The one that sends digests and what could not be sent before, and tells who was promised to hear by now."""
    return [sys.executable, "manage.py", "watch", "deliver_mail=20", "tell_overdue=3600", "notice_papers=3600"]


class Household:
    """Processes that live and end together."""

    def __init__(self, commands: list[list[str]]) -> None:
        self.ending = False
        # A session of their own: Ctrl-C reaches us alone, and we tell them, once.
        self.processes = [subprocess.Popen(command, cwd=ROOT, start_new_session=True) for command in commands]

    def end(self, _signal: int = 0, _frame: FrameType | None = None) -> None:
        """Ask everyone to finish what they are doing."""
        self.ending = True

    def watch(self) -> int:
        """Until one ends or we are asked to; then end the others. A child that ended by itself is a failure."""
        while not self.ending and all(process.poll() is None for process in self.processes):
            time.sleep(0.2)
        failed = not self.ending
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + SECONDS_TO_FINISH
        for process in self.processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        return 1 if failed else 0


def main() -> int:
    """The command line."""
    household = Household([server_command(), worker_command(), sealer_command(), postman_command()])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, household.end)
    print(f"Intrek: {os.environ.get('INTREK_URL') or 'http://localhost:' + os.environ.get('PORT', '8000')}", flush=True)
    return household.watch()


if __name__ == "__main__":
    sys.exit(main())
