"""Logs and metrics that tell how the service runs, and nothing about people.

A log line has the route's name, never its address (which may hold an id), no user, no body. The reference number that
an error page shows is in the line, so that a call for help can be found.
"""

import logging
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any, TextIO

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram

from omtanke.config.discreet import tell_where, without_arguments

REQUESTS = Counter("omtanke_requests", "Requests answered", ["route", "status"])
SECONDS = Histogram("omtanke_request_seconds", "Seconds to answer", ["route"])
log = structlog.get_logger("omtanke.request")


SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
]


def handler(stream: TextIO) -> logging.Handler:
    """A handler that writes log lines to `stream` as the service does, with nothing about people."""
    drawn = structlog.dev.ConsoleRenderer() if settings.DEBUG else structlog.processors.JSONRenderer()
    writing = logging.StreamHandler(stream)
    writing.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            use_get_message=False,
            foreign_pre_chain=[without_arguments, *SHARED],
            processors=[tell_where, structlog.stdlib.ProcessorFormatter.remove_processors_meta, drawn],
        )
    )
    return writing


def configure_logging() -> None:
    """JSON lines on standard error; warnings and worse from libraries, our own from INFO."""
    structlog.configure(
        processors=[*SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler(sys.stderr)], force=True)
    logging.getLogger("omtanke").setLevel(logging.INFO)
    logging.getLogger("django.request").setLevel(logging.ERROR)


class RequestLog:
    """Middleware: one line and one measurement for each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.reference = secrets.token_hex(4).upper()  # type: ignore[attr-defined] # shown on error pages
        began = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - began
        route = request.resolver_match.view_name if request.resolver_match else "none"
        if not route.startswith(("alive", "ready", "metrics")):
            REQUESTS.labels(route, response.status_code).inc()
            SECONDS.labels(route).observe(seconds)
            log.info(
                "answered",
                route=route,
                method=request.method,
                status=response.status_code,
                milliseconds=round(seconds * 1000),
                reference=request.reference,  # type: ignore[attr-defined]
            )
        return response
