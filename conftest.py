"""What every test has: the cast, and a browser-less client held by row-level security as in real life."""

import os

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from omtanke.access.models import User
from omtanke.config.tests.cast import Cast
from omtanke.people.models import Employee
from stories import server


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Each test process begins with a copy of one migrated database: to migrate takes more time than most tests."""
    name = server.migrated()
    settings.DATABASES["default"]["TEST"]["TEMPLATE"] = name
    os.environ["OMTANKE_SCRATCH_TEMPLATE"] = name


class WebClient(Client):
    """Requests as the web answers them: as the database role that owns nothing.

    A request of a test is a savepoint in the test's transaction, so the role and the actor are put back afterwards.
    """

    def request(self, **request):
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE omtanke_web")
        try:
            return super().request(**request)
        finally:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE; SELECT set_config('omtanke.actor', '', false)")

    def be(self, person: Employee | User) -> "WebClient":
        """Log in as one of the cast; returns itself, so that `web.be(cast.kari).get(...)` reads well."""
        user = person.user if isinstance(person, Employee) else person
        self.force_login(user)
        return self


@pytest.fixture(autouse=True)
def _second_factor_is_asked_for_elsewhere(settings):
    """Pages are tested as with a finished login; test_login.py tests the login itself."""
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def web(db) -> WebClient:
    return WebClient()
