"""Every page has a gate, and the gate lets exactly those roles in that docs/generated/permissions.md says.

Whatever is asked of a page, it leaves nobody in the log.

New pages are found by themselves; an unknown argument in an address wants a line in examples.py.
"""

import pytest
from django.urls import reverse

from omtanke.access.permissions import PERMISSIONS, Role
from omtanke.config.pages import OF_ALLAUTH, all_pages, our_pages
from omtanke.config.tests.examples import EXAMPLES
from omtanke.config.tests.logs import told

WHO = {
    Role.CARER: lambda cast: cast.kari,
    Role.COORDINATOR: lambda cast: cast.liv,
    Role.LEADER: lambda cast: cast.lars,
    Role.ACTIVITY_COORDINATOR: lambda cast: cast.marit,
    Role.VOLUNTEER: lambda cast: cast.per.user,
    Role.ADMINISTRATOR: lambda cast: cast.admin,
    Role.PRIVACY_OFFICER: lambda cast: cast.petra,
    Role.REPRESENTATIVE: lambda cast: cast.eva,
    Role.DEPARTMENT_LEADER: lambda cast: cast.gudrun,
    Role.PROFESSIONAL_LEAD: lambda cast: cast.hilde,
    Role.VISITING_SENIOR: lambda cast: cast.arne,
}
# Answers to machines: tested where they are made.
TESTED_ELSEWHERE = {"alive", "ready", "metrics"}


def address(page, cast) -> str:
    given = {}
    for argument in page.arguments:
        example = EXAMPLES.get(f"{page.name}/{argument}") or EXAMPLES.get(argument)
        assert example, f"{page.name} has <{argument}> in its address: add an example of it to examples.py"
        given[argument] = example(cast)
    return reverse(page.name, kwargs=given)


def test_every_page_of_ours_has_a_gate():
    assert [page.name for page in our_pages() if not page.gated] == []


def test_every_page_of_allauth_is_one_we_have_thought_about():
    assert {page.name for page in all_pages() if page.route.startswith("/login/")} == OF_ALLAUTH


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_role_opens_its_pages_and_no_others_and_nobody_is_left_in_the_log(rare_cast, web, role, written):
    assert set(WHO) == set(PERMISSIONS)
    web.be(WHO[role](rare_cast))
    wrong = []
    for page in our_pages():
        if page.name in TESTED_ELSEWHERE:
            continue
        status = web.get(address(page, rare_cast), {"q": "Astrid Nilsen"}).status_code
        may = role in page.roles
        if (may and status in {403, 500}) or (not may and status != 403):
            wrong.append(f"{page.name}: {status}, though {'permitted' if may else 'not permitted'}")
    assert wrong == []
    assert len(written.getvalue().splitlines()) >= len(our_pages()) - len(TESTED_ELSEWHERE)
    assert told(rare_cast, written.getvalue()) == set()


@pytest.mark.parametrize("role", Role, ids=str)
def test_the_front_door_leads_each_role_to_a_page_of_its_own(cast, web, role):
    answer = web.be(WHO[role](cast)).get(reverse("home"), follow=True)
    assert answer.redirect_chain
    assert not answer.redirect_chain[-1][0].startswith("/login/")
    assert answer.status_code == 200


def test_without_a_login_every_gated_page_leads_to_the_login(cast, web):
    elsewhere = {}
    for page in our_pages():
        if page.permission:
            answer = web.get(address(page, cast))
            if not answer.headers.get("Location", "").startswith("/login/"):
                elsewhere[page.name] = answer.status_code
    assert elsewhere == {}
