"""A town of carers at work today, each with a list of visits and a phone that holds it, made by the database itself.

Run as `python -m omtanke.config.bench.sync_town PHONES VISITS` on the database in DATABASE_URL; prints one line of JSON
for each phone: its session, its number and its visits.
"""

import json
import sys
from uuid import UUID

PHONES_OF_A_UNIT = 25
# `p` is a phone, its user, its employee and its list; `v` the number of a visit on the list.
STATEMENTS = (
    """INSERT INTO people_unit (id, code, name, kind, phone, address)
       SELECT u, 'u' || u, 'Sone ' || u, 'zone', '', '' FROM generate_series(1, %(units)s) u""",
    """INSERT INTO access_user (id, password, email, name, language, is_active)
       SELECT p, '!', 'p' || p || '@bench.example.org', 'Ansatt ' || p, 'nb', true
         FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO people_employee (id, number, user_id, first_name, last_name, title, email, phone, unit_id,
                                    competences, fraction, active, is_temp)
       SELECT p, 'E' || p, p, 'Ansatt', 'Nr' || p, '', '', '', 1 + p %% %(units)s, '{}', 100, true, false
         FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO access_roleassignment (user_id, role, unit_id, since)
       SELECT p, 'carer', 1 + p %% %(units)s, omtanke_today() - 9 FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO access_grant (holder_id, unit_id, scope, reason, because, words, since, until)
       SELECT p, 1 + p %% %(units)s, 'full', 'shift', 'visits.shift:' || p, '', now() - interval '12 hours',
              now() + interval '12 hours' FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO people_citizen (id, first_name, last_name, called, phone, address, postal_code, town, language,
                                   memory_loss, vulnerable)
       SELECT (p - 1) * %(visits)s + v, 'Aslaug', 'Nilsen ' || p || '-' || v, '', '', '', '', '', '', false, false
         FROM generate_series(1, %(phones)s) p, generate_series(1, %(visits)s) v""",
    """INSERT INTO people_belonging (citizen_id, unit_id, since)
       SELECT (p - 1) * %(visits)s + v, 1 + p %% %(units)s, omtanke_today() - 400
         FROM generate_series(1, %(phones)s) p, generate_series(1, %(visits)s) v""",
    """INSERT INTO visits_worklist (id, unit_id, name, part_of_day, starts, ends, active)
       SELECT p, 1 + p %% %(units)s, 'Liste ' || p, 'day', time '00:00', time '23:59', true
         FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO visits_round (id, work_list_id, "on", taken_by_id, taken_at, note, version)
       SELECT p, p, omtanke_today(), p, now(), '', 0 FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO visits_visit (id, citizen_id, round_id, "on", second_carer, planned_start, minutes, what, competence,
                                 not_done, not_done_words)
       SELECT (p - 1) * %(visits)s + v, (p - 1) * %(visits)s + v, p, omtanke_today(), false, now(), 20, 'Stell', '', '',
              '' FROM generate_series(1, %(phones)s) p, generate_series(1, %(visits)s) v""",
    """INSERT INTO phone_phone (id, user_id, label, first_seen, last_seen, holds)
       SELECT lpad(to_hex(p), 32, '0')::uuid, p, '', now(), now(), '' FROM generate_series(1, %(phones)s) p""",
    """INSERT INTO phone_held (phone_id, citizen_id, visit_id, until)
       SELECT lpad(to_hex(p), 32, '0')::uuid, (p - 1) * %(visits)s + v, (p - 1) * %(visits)s + v,
              now() + interval '12 hours' FROM generate_series(1, %(phones)s) p, generate_series(1, %(visits)s) v""",
    "ANALYZE",
)


def main(phones: int, visits: int) -> None:
    import django

    django.setup()
    from django.db import connection, transaction

    units = max(1, phones // PHONES_OF_A_UNIT)
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement, {"phones": phones, "visits": visits, "units": units})
    with transaction.atomic():
        for phone in range(1, phones + 1):
            theirs = [(phone - 1) * visits + number for number in range(1, visits + 1)]
            known = {"session": _session(phone), "phone": str(UUID(int=phone)), "visits": theirs}
            sys.stdout.write(json.dumps(known) + "\n")


def _session(user_id: int) -> str:
    """Logged in, as a browser that has been through the login."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from omtanke.access.models import User

    store = SessionStore()
    store[SESSION_KEY] = str(user_id)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = User(pk=user_id, password="!").get_session_auth_hash()  # noqa: S106 - nobody's password
    store.save(must_create=True)
    return str(store.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
