"""What `omtanke check` says before anybody is let in; with `--deploy` also what must hold for real people."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from omtanke.config import texts

Found = list[CheckMessage]

UNPROTECTED = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
   AND (c.relname IN ('people_citizen', 'people_citizenevent')
        OR EXISTS (SELECT 1 FROM pg_attribute a
                    WHERE a.attrelid = c.oid AND a.attname = 'citizen_id' AND NOT a.attisdropped))
   AND NOT (c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
 ORDER BY 1
"""
OWNED = """
SELECT r.rolname || ' owns ' || c.relname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
 WHERE r.rolname IN ('omtanke_web', 'omtanke_worker')
UNION ALL
SELECT rolname || ' passes every policy' FROM pg_roles
 WHERE rolname IN ('omtanke_web', 'omtanke_worker') AND (rolsuper OR rolbypassrls)
"""


@register()
def front_end_is_built(**_kwargs: Any) -> Found:
    if not (settings.BASE_DIR / "build" / "static" / "omtanke" / "omtanke.css").exists():
        return [Warning("The front end is not built.", hint="Run `make setup`.", id="omtanke.W001")]
    return []


@register(deploy=True)
def demo_mode_is_off(**_kwargs: Any) -> Found:
    if settings.DEMO:
        return [Error("Demo mode lets anyone log in as anyone.", hint="Unset OMTANKE_DEMO.", id="omtanke.E001")]
    return []


@register(deploy=True)
def texts_are_compiled(**_kwargs: Any) -> Found:
    sources = [texts.catalogue_file(room, language) for room in texts.rooms() for language in texts.LANGUAGES]
    stale = [source for source in sources if source.exists() and not _is_compiled(source)]
    if stale:
        return [Error("Texts are not compiled.", hint="Run `omtanke compile_texts`.", id="omtanke.E002")]
    return []


def _is_compiled(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime


@register(deploy=True)
def static_files_are_gathered(**_kwargs: Any) -> Found:
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        return [Error("Static files are not gathered.", hint="Run `omtanke gather_static`.", id="omtanke.E003")]
    return []


@register(deploy=True)
def mail_is_sent(**_kwargs: Any) -> Found:
    if settings.EMAIL_BACKEND.endswith((".console.EmailBackend", ".dummy.EmailBackend")):
        hint = "Set OMTANKE_EMAIL_BACKEND (docs/operations.md)."
        return [Warning("Mail is not sent: nobody can ask for a new password.", hint=hint, id="omtanke.W002")]
    return []


@register(Tags.database, deploy=True)
def the_database_guards_its_rows(databases: Sequence[str] | None = None, **_kwargs: Any) -> Found:
    """Every table about one citizen has a policy, and the roles that serve people pass by none."""
    found: Found = []
    for alias in databases or ["default"]:
        with connections[alias].cursor() as cursor:
            cursor.execute(UNPROTECTED)
            found += [
                Error(f"{table} has no row-level security.", hint="Run `omtanke migrate`.", id="omtanke.E004")
                for (table,) in cursor.fetchall()
            ]
            cursor.execute(OWNED)
            found += [
                Error(f"{what}.", hint="See docs/operations.md, Roles.", id="omtanke.E005")
                for (what,) in cursor.fetchall()
            ]
    return found
