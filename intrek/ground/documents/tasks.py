"""Jobs of the worker."""

from django.utils import timezone
from django_tasks import task

from intrek.ground.documents import sealing


@task()
def seal_file(file_id: str, programme_id: str) -> bool:
    """Seal a paper that everybody has signed; whether there was anything to seal."""
    return sealing.seal_file(file_id, programme_id, at=timezone.now())
