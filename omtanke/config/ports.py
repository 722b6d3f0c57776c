"""A port that is taken is said so plainly: granian itself would share it without a word."""

import socket

from django.core.management.base import CommandError


def must_be_free(host: str, port: int) -> None:
    """Raise CommandError when nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Choose another: `make demo PORT={port + 1}` or `omtanke serve --port {port + 1}`."
            ) from error
