"""The mails that leave, read from a real mail server on loopback."""

from contextlib import contextmanager

from django.core.management import call_command

from tests.post.mail_server import mail_server


@contextmanager
def posted(settings):
    """The mails that leave in here, read from a real mail server on loopback."""
    with mail_server() as served:
        settings.EMAIL_BACKEND = "intrek.ground.post.smtp.Backend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", served.port, 5
        call_command("deliver_mail")
        served.letters.clear()
        letters = []
        yield letters
        call_command("deliver_mail")
        letters += served.letters
