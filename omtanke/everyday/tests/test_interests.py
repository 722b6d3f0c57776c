"""The bank of interests: about 80 in 12 groups, each in three languages, and found again in what people say."""

import pytest
from django.utils import translation

from omtanke.everyday.interests import bank, choices, groups, label, suggest


def test_there_are_about_80_interests_in_12_groups():
    assert len(groups()) == 12
    assert 75 <= len(bank()) <= 90
    assert sum(len(group.interests) for group in groups()) == len(bank()), "no code stands twice"


def test_every_interest_and_group_has_words_of_its_own_in_each_language():
    for language in ("", "nb", "sv"):
        labels = [dict(one.labels).get(language) for one in (*groups(), *bank().values())]
        assert all(labels)
    for language in ("nb", "sv"):
        labels = [dict(one.labels)[language] for one in bank().values()]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("language", "words"), [("nb", "Synge i kor"), ("sv", "Sjunga i kör"), ("en", "Singing in a choir")]
)
def test_an_interest_is_called_what_it_is_in_the_language_of_the_page(language, words):
    with translation.override(language):
        assert label("choir") == words
        assert ("choir", words) in dict(choices())[
            {"nb": "Musikk og kultur", "sv": "Musik och kultur"}.get(language, "Music and culture")
        ]


def test_a_code_that_is_no_longer_in_the_bank_is_still_shown():
    assert label("ham_radio") == "ham radio"


SAID = [
    ("Eg skulle så gjerne ha sunge i koret igjen", "choir"),
    ("Jeg savner å synge", "choir"),
    ("Jag skulle vilja sjunga i kör igen", "choir"),
    ("I would love to sing in a choir again", "choir"),
    ("Kunne du ta meg med på laksefiske?", "fishing"),
    ("Jeg vil ut og fiske torsk fra båten", "fishing"),
    ("Vi kunde väl meta abborre", "fishing"),
    ("Jeg har begynt å strikke sokker til barnebarna", "knitting"),
    ("Sticka vantar åt barnbarnen vore roligt", "knitting"),
    ("Spille kort, helst bridge", "cards"),
    ("Spela kort med någon", "cards"),
    ("Plukke moltebær på myra", "berry_picking"),
    ("Plocka hjortron", "berry_picking"),
    ("Å komme meg til kirka på søndag", "church_services"),
    ("Baka kakor med någon", "baking"),
    ("Bake lefser til jul", "baking"),
    ("Jeg vil gå en tur i fjæra", "walking"),
    ("Hadde jeg bare hatt en hund igjen", "dogs"),
    ("Få höra dragspel igen", "playing_an_instrument"),
    ("Se huset jeg bodde i som barn", "places_of_my_life"),
    ("Jeg vil på hytta en gang til", "cabin"),
    ("Somebody to play chess with", "board_games"),
    ("Lese avisa sammen med noen", "newspaper"),
    ("En kaffekopp sammen med noen", "coffee_with_others"),
    ("Stelle i hagen når våren kommer", "garden"),
    ("Gå på gammaldans", "dancing"),
    ("Dansa gammeldans", "dancing"),
]


@pytest.mark.parametrize(("words", "code"), SAID, ids=[words for words, _ in SAID])
def test_a_sentence_leads_to_the_interest_it_is_about(words, code):
    assert code in suggest(words)[:2]


def test_the_right_interest_comes_first_for_most_sentences():
    first = [suggest(words)[:1] == [code] for words, code in SAID]
    assert sum(first) >= 0.85 * len(first)


@pytest.mark.parametrize(
    "words", ["", "   ", "Takk, bare bra.", "Jeg vet ikke", "Nej tack", "?!", "kortet mitt er borte og korset falt ned"]
)
def test_words_about_no_interest_suggest_nothing(words):
    assert suggest(words) == []


def test_at_most_three_are_suggested():
    assert len(suggest("strikke, synge, fiske, bake, danse og gå på ski med hunden")) == 3


def test_every_interest_is_found_by_the_words_people_use_for_it():
    lost = [
        (interest.code, language)
        for interest in bank().values()
        for language, words in interest.labels
        if language and interest.code not in suggest(words)
    ]
    assert lost == []
