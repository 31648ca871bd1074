"""The floor: the rows of a page by the bare database driver, without models, templates or sign-in."""

from collections.abc import Callable
from typing import Any

from django.db import connection

from intrek.ground.common.folding import folded
from intrek.ground.partners.models import Membership
from tools.bench.fill import SOUGHT

PAGE, LINES = 30, 15


def asked(sql: str, *params: Any) -> Callable[[], None]:
    """A call that fetches these rows through the driver."""

    def fetch() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            cursor.fetchall()

    return fetch


def key(value: Any) -> Any:
    """A key as the driver takes it: SQLite keeps 32 figures, PostgreSQL its own type."""
    return value.hex if connection.vendor == "sqlite" else value


def floors(lookers: dict[str, Membership], pathway_id: Any) -> dict[str, Callable[[], None]]:
    """For each page the one query without which it cannot be."""
    worker, referrer = lookers["worker"], lookers["referrer"]
    organisation, reader = key(referrer.organisation_id), key(referrer.contact_id)
    programme, contact = key(worker.programme_id), key(worker.contact_id)
    joined = "FROM pathways_pathway w JOIN people_person p ON p.id = w.person_id WHERE w.programme_id = %s"
    named = (
        "AND w.person_id IN (SELECT person_id FROM people_namekey WHERE programme_id = %s AND word >= %s AND word < %s)"
    )
    return {
        "my_day": asked(f"SELECT w.*, p.* {joined} AND w.worker_id = %s AND w.stage = 'running'", programme, contact),
        "referral_list": asked(f"SELECT w.*, p.* {joined} ORDER BY w.referred_on DESC LIMIT {PAGE}", programme),
        "pathway": asked(f"SELECT w.*, p.* {joined} AND w.id = %s", programme, key(pathway_id)),
        "search": asked(
            f"SELECT w.*, p.* {joined} {named} LIMIT 20", programme, programme, folded(SOUGHT), folded(SOUGHT) + "~"
        ),
        "agenda": asked(
            "SELECT i.*, w.*, p.* FROM intervision_agendaitem i JOIN pathways_pathway w ON w.id = i.pathway_id"
            " JOIN people_person p ON p.id = w.person_id WHERE i.programme_id = %s ORDER BY i.position",
            programme,
        ),
        "inbox": asked("SELECT * FROM post_message WHERE to_id = %s ORDER BY created_at DESC LIMIT %s", reader, PAGE),
        "portal": asked(
            f"SELECT w.*, p.* {joined} AND w.referred_by_id = %s AND w.stage <> 'closed' ORDER BY w.referred_on DESC LIMIT {LINES}",
            programme,
            organisation,
        ),
        "figures": asked(
            "SELECT stage, track_id, count(*) FROM pathways_pathway WHERE programme_id = %s GROUP BY 1, 2", programme
        ),
    }
