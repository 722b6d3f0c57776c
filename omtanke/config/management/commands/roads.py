"""`omtanke roads build FILE.osm.pbf`: driving times from the operator's own map of roads."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from omtanke.planning.roads import NotBuilt, NoValhalla, build


class Command(BaseCommand):
    help = "Make driving times by road from an OpenStreetMap extract (.osm.pbf)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("build", help="Make the road map of a file.").add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            build(file, Path(settings.ROADS))
        except NoValhalla as missing:
            raise CommandError("Install what it needs first: pip install -r requirements/roads.txt") from missing
        except NotBuilt as said:
            raise CommandError(f"That file gave no road map: {said}") from said
        self.stdout.write(f"The road map is in {settings.ROADS}. Plans made from now on use it.")
