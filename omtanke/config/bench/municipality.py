"""A municipality of any size, made by the database itself.

What grows is the municipality: a unit has the same size everywhere (100 people, 30 employees, 10 lists), as it has in
life. The days reach from the past four weeks ahead; the past is done, today is half done, the rest is planned.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import psycopg
from psycopg import sql

PEOPLE_OF_A_UNIT, EMPLOYEES_OF_A_UNIT, DAY_LISTS, EVENING_LISTS = 100, 30, 7, 3
LISTS = DAY_LISTS + EVENING_LISTS
DAYS_AHEAD = 28
OLD_GRANTS = 80  # ended grants of each employee, from the time before the visits we have


@dataclass(frozen=True)
class Size:
    citizens: int
    visits: int

    @property
    def units(self) -> int:
        return max(1, self.citizens // PEOPLE_OF_A_UNIT)

    @property
    def days(self) -> int:
        """So many days give the visits: everybody has one by day, and one every second evening."""
        return max(DAYS_AHEAD + 14, round(self.visits / self.citizens / 1.5))


# %(units)s and the like are given to each statement. `c` is a citizen, `i` their number in the unit; `e` an employee,
# `j` their number in the unit; `n` a list's number in the unit; `d` days from the first one.
STATEMENTS = (
    """INSERT INTO people_hamlet (id, name) SELECT h, 'Grend ' || h FROM generate_series(1, 40) h""",
    """INSERT INTO people_unit (id, code, name, kind, phone, latitude, longitude)
       SELECT u, 'u' || u, 'Sone ' || u, 'zone', '75 77 80 00', 67.9, 15 FROM generate_series(1, %(units)s) u""",
    """INSERT INTO people_citizen (id, first_name, last_name, born, phone, address, town, latitude, longitude,
                                   memory_loss, vulnerable, hamlet_id)
       SELECT c,
              (ARRAY['Aslaug','Hans','Ruth','Arne','Edvard','Solveig','Peder','Marit','Olaf','Inger'])
              [1 + (c / %(units)s) %% 10],
              (ARRAY['Nilsen','Hansen','Sand','Moen','Berg','Vik','Holm','Dahl'])
              [1 + (c / %(units)s) %% 8] || 'li' || c / 97,
              date '1930-01-01' + c %% 7000, '900 00 000', 'Vegen ' || c %% 90, 'Leinesfjord',
              67.9 + (c %% 100) / 1000.0, 15 + (c %% 90) / 1000.0, c %% 7 = 0, c %% 9 = 0, 1 + c %% 40
         FROM generate_series(1, %(citizens)s) c""",
    """INSERT INTO people_belonging (citizen_id, unit_id, since)
       SELECT c, 1 + c %% %(units)s, %(first)s::date - 400 FROM generate_series(1, %(citizens)s) c""",
    """INSERT INTO people_portrait (citizen_id, what_matters, talk_about, avoid, good_to_know, updated_at)
       SELECT c, 'Å komme meg ut når det er fint vær, og at noen har tid til en kaffekopp.', 'fiske, barnebarna',
              'flyttingen', 'Nøkkelen henger hos naboen.', now() - interval '90 days'
         FROM generate_series(1, %(citizens)s) c""",
    """INSERT INTO people_tie (citizen_id, name, kind, relation, closeness, contributes, phone, is_next_of_kin,
                             call_first)
       SELECT c, 'Eva ' || t, 'family', 'datter', 1 + t %% 3, 'handler på lørdager', '901 00 000', t = 1, t = 1
         FROM generate_series(1, %(citizens)s) c, generate_series(1, 3) t""",
    """INSERT INTO access_user (id, password, email, name, is_active)
       SELECT e, '!', 'e' || e || '@bench.example.org', 'Ansatt ' || e, true
         FROM generate_series(1, %(employees)s) e""",
    """INSERT INTO people_employee (id, number, user_id, first_name, last_name, unit_id, competences, fraction, active,
                                    is_temp, phone)
       SELECT e, 'E' || e, e, 'Ansatt', 'Nr' || e, 1 + e %% %(units)s, '{health_worker,driver}', 100, true,
              e %% 11 = 0, '902 00 000' FROM generate_series(1, %(employees)s) e""",
    # Numbers 28 and 29 of each unit lead and coordinate; they have no shifts.
    """INSERT INTO access_roleassignment (id, user_id, role, unit_id, since)
       SELECT e, e, CASE (e - 1) / %(units)s WHEN 28 THEN 'leader' WHEN 29 THEN 'coordinator' ELSE 'carer' END,
              1 + e %% %(units)s, %(first)s::date - 400 FROM generate_series(1, %(employees)s) e""",
    """INSERT INTO access_grant (holder_id, unit_id, scope, reason, because, since)
       SELECT e, 1 + e %% %(units)s, 'full', CASE (e - 1) / %(units)s WHEN 28 THEN 'leads_unit' ELSE 'coordinates' END,
              'access.roleassignment:' || e, now() - interval '400 days'
         FROM generate_series(28 * %(units)s + 1, 30 * %(units)s) e""",
    """INSERT INTO visits_worklist (id, unit_id, name, part_of_day, starts, ends, active)
       SELECT (u - 1) * %(lists)s + n + 1, u, CASE WHEN n < %(day_lists)s THEN 'Liste ' ELSE 'Kveld ' END || n + 1,
              CASE WHEN n < %(day_lists)s THEN 'day' ELSE 'evening' END,
              CASE WHEN n < %(day_lists)s THEN time '07:30' ELSE time '15:00' END,
              CASE WHEN n < %(day_lists)s THEN time '15:00' ELSE time '22:00' END, true
         FROM generate_series(1, %(units)s) u, generate_series(0, %(lists)s - 1) n""",
    """INSERT INTO care_decision (id, reference, citizen_id, unit_id, service, minutes_per_week, purpose, since)
       SELECT c * 2 + k, 'V-' || c * 2 + k, c, 1 + c %% %(units)s,
              CASE k WHEN 0 THEN 'home_nursing' ELSE 'practical_help' END, 210, 'Bo hjemme.', %(first)s::date - 60
         FROM generate_series(1, %(citizens)s) c, generate_series(0, 1) k""",
    # Contacts: one who was until a year ago, a primary and a secondary one now.
    """INSERT INTO care_namedcontact (id, citizen_id, employee_id, role, since, until)
       SELECT c * 3 + k, c, 1 + (c - 1) %% %(units)s + (c / 7 + k) %% 28 * %(units)s,
              CASE k WHEN 1 THEN 'secondary' ELSE 'primary' END, %(first)s::date - CASE k WHEN 2 THEN 300 ELSE 90 END,
              CASE k WHEN 2 THEN %(first)s::date - 90 END
         FROM generate_series(1, %(citizens)s) c, generate_series(0, 2) k""",
    """INSERT INTO access_grant (holder_id, citizen_id, scope, reason, because, since, until)
       SELECT k.employee_id, k.citizen_id, 'full', 'contact', 'care.namedcontact:' || k.id, k.since, k.until
         FROM care_namedcontact k""",
    """INSERT INTO visits_recurringvisit (id, citizen_id, decision_id, work_list_id, weekdays, every_weeks, starts,
                                          minutes, what, since)
       SELECT c * 2 + k, c, c * 2 + k, c %% %(units)s * %(lists)s + 1 + CASE k
                WHEN 0 THEN (c - 1) / %(units)s %% %(day_lists)s
                ELSE %(day_lists)s + (c - 1) / %(units)s %% %(evening_lists)s END,
              CASE k WHEN 0 THEN '{0,1,2,3,4,5,6}'::smallint[] ELSE '{0,2,4,6}' END, 1,
              CASE k WHEN 0 THEN time '08:00' + (c - 1) / %(units)s / %(day_lists)s * interval '27 minutes'
                     ELSE time '15:30' + (c - 1) / %(units)s / %(evening_lists)s * interval '10 minutes' END,
              20, CASE k WHEN 0 THEN 'Morgenstell' ELSE 'Kveldsstell' END, %(first)s::date - 60
         FROM generate_series(1, %(citizens)s) c, generate_series(0, 1) k""",
    # Who has a list on a day moves on by three each day. From tomorrow nobody has it yet; today one list is free.
    """CREATE TABLE who_has AS
       SELECT l.id AS list_id, l.unit_id, %(first)s::date + d AS on, l.starts, l.ends,
              1 + (l.unit_id + %(units)s - 2) %% %(units)s + (l.id - 1 + 3 * d) %% 28 * %(units)s AS employee_id
         FROM visits_worklist l, generate_series(0, %(days)s - 1) d""",
    """INSERT INTO visits_round (id, work_list_id, "on", taken_by_id, taken_at)
       SELECT row_number() OVER (ORDER BY "on", list_id), list_id, "on",
              CASE WHEN "on" < %(today)s OR "on" = %(today)s AND list_id %% %(lists)s <> 0 THEN employee_id END,
              CASE WHEN "on" <= %(today)s THEN ("on" + starts) AT TIME ZONE 'Europe/Oslo' END
         FROM who_has""",
    """INSERT INTO visits_shift (id, employee_id, unit_id, starts, ends, code)
       SELECT row_number() OVER (ORDER BY "on", list_id), employee_id, unit_id,
              ("on" + starts) AT TIME ZONE 'Europe/Oslo', ("on" + ends) AT TIME ZONE 'Europe/Oslo', 'D' FROM who_has""",
    """INSERT INTO access_grant (holder_id, unit_id, scope, reason, because, since, until)
       SELECT employee_id, unit_id, 'full', 'shift', 'visits.shift:' || id, starts - interval '12 hours',
              ends + interval '4 hours' FROM visits_shift""",
    """INSERT INTO access_grant (holder_id, unit_id, scope, reason, because, since, until)
       SELECT e, 1 + e %% %(units)s, 'full', 'shift', 'visits.shift:old' || e || '-' || n,
              %(first)s::date - n - 1, %(first)s::date - n
         FROM generate_series(1, %(employees)s) e, generate_series(1, %(old_grants)s) n""",
    """INSERT INTO visits_visit (citizen_id, round_id, "on", decision_id, recurring_id, planned_start, minutes, what,
                                 done_by_id, started_at, ended_at, not_done)
       SELECT v.citizen_id, r.id, r."on", v.decision_id, v.id, p.at, v.minutes, v.what,
              CASE WHEN s.done THEN r.taken_by_id END, CASE WHEN s.done THEN p.at END,
              CASE WHEN s.done THEN p.at + interval '22 minutes' END,
              CASE WHEN s.past AND NOT s.done THEN 'declined' ELSE '' END
         FROM visits_round r JOIN visits_recurringvisit v USING (work_list_id)
        CROSS JOIN LATERAL (SELECT (r."on" + v.starts) AT TIME ZONE 'Europe/Oslo' AS at) p
        CROSS JOIN LATERAL (SELECT r."on" < %(today)s AS past,
                                   r.taken_by_id IS NOT NULL AND (v.citizen_id + r.id) %% 50 <> 0
                                   AND (r."on" < %(today)s OR v.starts < time '09:00') AS done) s
        WHERE v.id %% 2 = 0 OR (v.citizen_id + (r."on" - %(first)s)) %% 2 = 0
        ORDER BY r."on", r.id""",
    """INSERT INTO visits_note (citizen_id, visit_id, author_id, text, for_next, written_at)
       SELECT citizen_id, id, done_by_id, 'Hyggelig prat om gamle dager. Spiste godt, og vil gjerne ut i morgen.',
              id %% 40 = 0, ended_at FROM visits_visit WHERE ended_at IS NOT NULL AND id %% 8 = 0""",
    """INSERT INTO access_look (actor_id, role, citizen_id, what, at)
       SELECT done_by_id, 'carer', citizen_id, 'visits:visit', started_at
         FROM visits_visit WHERE started_at IS NOT NULL AND id %% 3 = 0""",
    """INSERT INTO visits_absence (employee_id, first_day, last_day, kind)
       SELECT e, %(today)s::date - 2, %(today)s::date + e %% 9, 'ill' FROM generate_series(1, %(employees)s, 17) e""",
)

ZERO = {
    "text": "''",
    "character varying": "''",
    "boolean": "false",
    "ARRAY": "'{}'",
    "timestamp with time zone": "now()",
}


def build(address: str, size: Size, today: date) -> None:
    """Fill an empty database that has all tables. Takes a few minutes for five million visits."""
    given = {
        "citizens": size.citizens,
        "units": size.units,
        "employees": size.units * EMPLOYEES_OF_A_UNIT,
        "days": size.days,
        "first": today - timedelta(days=size.days - DAYS_AHEAD - 1),
        "today": today,
        "lists": LISTS,
        "day_lists": DAY_LISTS,
        "evening_lists": EVENING_LISTS,
        "old_grants": OLD_GRANTS,
    }
    with psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute("SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '128MB'")
        connection.execute("SET session_replication_role = replica")  # no trigger looks up what we know to be right
        _give_defaults(connection)
        later = _put_off_indexes(connection)
        for statement in STATEMENTS:
            connection.execute(statement, given)
        for definition in later:
            connection.execute(definition)
        connection.execute("DROP TABLE who_has")
        _move_sequences(connection)
        connection.execute("VACUUM ANALYZE")


def _give_defaults(connection: psycopg.Connection) -> None:
    """A column that is not told here is empty: the tables may grow without this file."""
    columns = connection.execute(
        """SELECT table_name, column_name, data_type FROM information_schema.columns
            WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
              AND is_generated = 'NEVER' AND table_name ~ '^(people|care|visits|access)_'"""
    ).fetchall()
    for table, column, kind in columns:
        zero = ZERO.get(kind) or ("0" if "int" in kind or "double" in kind else None)
        if zero:
            connection.execute(
                sql.SQL("ALTER TABLE {} ALTER {} SET DEFAULT {}").format(
                    sql.Identifier(table), sql.Identifier(column), sql.SQL(zero)
                )
            )


def _put_off_indexes(connection: psycopg.Connection) -> list[str]:
    """Drop the large tables' indexes that hold no rule; returns how to make them again."""
    indexes = connection.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
            WHERE i.indrelid = ANY (ARRAY['visits_visit', 'visits_note', 'access_grant', 'access_look']::regclass[])
              AND NOT i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)"""
    ).fetchall()
    for name, _definition in indexes:
        connection.execute(sql.SQL("DROP INDEX {}").format(sql.SQL(name)))
    return [definition for _name, definition in indexes]


def _move_sequences(connection: psycopg.Connection) -> None:
    """The next row gets a number that is free."""
    columns = connection.execute(
        """SELECT table_name, column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND is_identity = 'YES'"""
    ).fetchall()
    for table, column in columns:
        connection.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({}, {}), (SELECT coalesce(max({}), 0) + 1 FROM {}))").format(
                sql.Literal(table), sql.Literal(column), sql.Identifier(column), sql.Identifier(table)
            )
        )
