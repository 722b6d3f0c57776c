"""Write down who looked at whom (pasientjournalloven § 22; GDPR Art. 15). The web can add lines, never change them."""

from collections.abc import Iterable

from django.db import connection

from omtanke.access.gate import ActorRequest

# One statement, whatever the number of people on the page; the grant named is the one that opens most.
WRITE = """
INSERT INTO access_look (actor_id, role, citizen_id, what, grant_id, at)
SELECT %(actor)s, %(role)s, seen.id, %(what)s,
       (SELECT n.grant_id FROM need_to_know n WHERE n.citizen_id = seen.id
        ORDER BY n.scope = 'full' DESC, n.grant_id LIMIT 1),
       statement_timestamp()
FROM unnest(%(citizens)s::bigint[]) AS seen(id)
"""


def look(request: ActorRequest, citizen_ids: Iterable[int], what: str | None = None) -> None:
    """Log that the actor now sees these citizens, on the page `what` (the URL's name unless said otherwise)."""
    seen = sorted(set(citizen_ids))
    if not seen:
        return
    match = request.resolver_match
    page = what or (match.view_name if match else "")
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE, {"actor": request.user.pk, "role": request.actor.role_names[:60], "what": page, "citizens": seen}
        )
