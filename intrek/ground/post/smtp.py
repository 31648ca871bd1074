"""A mail server from which we know whether it was given a mail: what it was given is never given again."""

import smtplib
from functools import partial
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

# The server's answer to DATA: it is ready, and the text of the mail follows.
READY_FOR_THE_TEXT = 354


class _Watched:
    """Tells when the server says it is ready for the text of a mail."""

    def __init__(self, *args: Any, on_ready: Any, **options: Any) -> None:
        self._on_ready = on_ready
        super().__init__(*args, **options)

    def getreply(self) -> tuple[int, bytes]:
        code, text = super().getreply()  # type: ignore[misc]  # one of smtplib's stands behind
        if code == READY_FOR_THE_TEXT:
            self._on_ready()
        return code, text


class Plain(_Watched, smtplib.SMTP):
    """In the open, or made safe on the way."""


class Safe(_Watched, smtplib.SMTP_SSL):
    """Safe from the first byte."""


class Backend(EmailBackend):
    """As Django's, and ``handed_over`` says whether the text of a mail was on its way when something went wrong."""

    handed_over = False

    @property
    def connection_class(self) -> Any:
        return partial(Safe if self.use_ssl else Plain, on_ready=self._hand_over)

    def _hand_over(self) -> None:
        self.handed_over = True
