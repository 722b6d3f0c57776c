"""A short menu is one list; a long one stands in groups, with nothing lost and what is needed most first."""

from django.urls import reverse

from omtanke.config.navigation import SHORT_MENU


def menu(web, person, url):
    context = web.be(person).get(reverse(url)).context
    return context["menu"], context["menu_groups"]


def test_a_carers_menu_has_no_groups(web, cast):
    entries, groups = menu(web, cast.kari, "visits:my_shift")
    assert len(entries) <= SHORT_MENU
    assert groups == [("", entries)]


def test_a_coordinators_menu_stands_in_groups_and_holds_every_entry_once(web, cast):
    entries, groups = menu(web, cast.liv, "visits:my_shift")
    assert len(entries) > SHORT_MENU
    assert len(groups) > 1
    assert groups[0][0] == ""
    grouped = [item["url"] for _name, items in groups for item in items]
    assert sorted(grouped) == sorted(item["url"] for item in entries)
