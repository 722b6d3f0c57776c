"""The parts of docs/ that are written by the code itself. `omtanke generate_docs --check` fails when one is stale."""

from collections.abc import Callable, Iterable, Sequence

from django.utils import translation

from omtanke.access.permissions import PERMISSIONS, Permission, Role
from omtanke.config.pages import our_pages
from omtanke.everyday.in_words import step_label
from omtanke.everyday.lifecycle import NEXT
from omtanke.everyday.models import Wish


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def permissions() -> str:
    """Role by permission, and page by role."""
    with translation.override("en"):
        names = [str(role.label) for role in Role]
    may = [
        [permission.value, *("yes" if permission in PERMISSIONS[role] else "" for role in Role)]
        for permission in Permission
    ]
    pages = [
        [f"`{page.route}`", f"`{page.name}`", page.permission.value if page.permission else "open to all"]
        + ["yes" if role in page.roles else "" for role in Role]
        for page in our_pages()
    ]
    return f"""# Who may do what

Written by `omtanke generate_docs` from `omtanke/access/permissions.py` and the pages' gates; do not edit. What a role
may do stands here. *Whose* data somebody sees is decided row by row by the need-to-know ledger (see architecture).

## Roles and permissions
{table(["Permission", *names], may)}

## Pages
{table(["Address", "Page", "Asks for", *names], pages)}
"""


def wishes() -> str:
    """A wish's way from said to enjoyed or openly unmet, as a diagram."""
    with translation.override("en"):
        names = [f'  state "{state.label}" as {state.value}' for state in Wish.State]
        steps = [
            f"  {before.value} --> {after.value}: {step_label(before, after).replace(': ', ', ')}"
            for before in Wish.State
            for after in Wish.State
            if after in NEXT[before]
        ]
    return f"""# A wish's way

Written by `omtanke generate_docs` from `omtanke/everyday/lifecycle.py`; do not edit.

```mermaid
stateDiagram-v2
{chr(10).join(names)}
  [*] --> said
{chr(10).join(steps)}
```
"""


# Another generated page: add its path below docs/generated/ and what writes it.
GENERATED: list[tuple[str, Callable[[], str]]] = [("permissions.md", permissions), ("wishes.md", wishes)]
