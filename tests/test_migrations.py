import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both_databases]


def ours():
    """Rooms of ours that have migrations, the highest floor first."""
    loader = MigrationLoader(connection)
    rooms = {key[0] for key, node in loader.disk_migrations.items() if node.__module__.startswith("nhipcau.")}
    above = dict.fromkeys(rooms, 0)
    for room in rooms:
        for leaf in loader.graph.leaf_nodes(room):
            above[room] = len(loader.graph.forwards_plan(leaf))
    return sorted(rooms, key=lambda room: -above[room])


def schema():
    """Tables with their columns, indexes and constraints, and triggers, as the database knows them."""
    with connection.cursor() as cursor:
        tables = {
            table.name: (
                [column[:6] for column in connection.introspection.get_table_description(cursor, table.name)],
                {
                    name: {key: value for key, value in fact.items() if key != "definition"}
                    for name, fact in connection.introspection.get_constraints(cursor, table.name).items()
                    if not name.startswith("__unnamed")
                },
            )
            for table in connection.introspection.get_table_list(cursor)
        }
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
        if connection.vendor == "postgresql":
            triggers = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"
        cursor.execute(triggers)
        return tables, cursor.fetchall()


def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.long
def test_migrations_lead_back_to_nothing_and_forward_again():
    before = schema()
    for room in ours():
        call_command("migrate", room, "zero", verbosity=0)
    left = [table for table in connection.introspection.table_names() if table.split("_")[0] in ours()]
    call_command("migrate", verbosity=0)

    assert left == []
    assert schema() == before
