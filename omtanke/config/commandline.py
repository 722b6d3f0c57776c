"""`omtanke …`: one name for everything an operator does.

`web` and `worker` take database roles that own nothing; every other command acts as the owner of the database.
"""

import os
import sys

ROLES = {"web": "omtanke_web", "worker": "omtanke_worker"}
OTHER_NAMES = {"import": "import_spreadsheets", "export": "export_spreadsheets"}  # `import` is a word of Python's


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "omtanke.config.settings")
    arguments = list(sys.argv)
    command = arguments[1] if len(arguments) > 1 else "help"
    if role := ROLES.get(command):
        os.environ["OMTANKE_DATABASE_ROLE"] = role
    if name := OTHER_NAMES.get(command):
        arguments[1] = name
    from django.core.management import execute_from_command_line

    execute_from_command_line(arguments)
