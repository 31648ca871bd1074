"""The record is append-only in the database: a test that empties its database afterwards takes the walls down for that, and puts them up again."""

import pytest
from django.db import connection

from intrek.ground.journal import walls
from tests.plugins.wall import as_owner


@pytest.fixture(autouse=True, scope="session")
def _emptying_takes_the_walls_down():
    kind = type(connection.ops)
    empty = kind.execute_sql_flush

    def around(self, statements):
        with as_owner():
            walls.take_down(self.connection)
            empty(self, statements)
            walls.build(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "execute_sql_flush", around)
        yield
