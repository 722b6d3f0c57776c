"""A picture for each activity, on pages and posters: its own, or that of what it is about."""

from omtanke.everyday import interests
from omtanke.everyday.models import Activity, Needs

BY_INTEREST = {
    "choir": "Microphone",
    "sing_along": "Microphone",
    "dancing": "Sparkles",
    "local_history": "OpenBook",
    "poems_and_stories": "OpenBook",
    "walking": "Footprint",
    "fishing": "Boat",
    "on_the_sea": "Boat",
    "berry_picking": "Plant",
    "swimming": "Waves",
    "cycling": "Bicycle",
    "skiing": "Snow",
    "exercise_group": "Figure",
    "conversation": "Chat2",
    "parties": "Sparkles",
    "baking": "Bowl",
    "cooking": "ChefHat",
    "food_from_childhood": "ChefHat",
    "newspaper": "Newspaper",
    "television": "Monitor",
    "computers": "Tablet",
    "photographs": "Camera",
    "knitting": "Scissors",
    "sewing": "Scissors",
    "painting": "Palette",
    "dogs": "Dog",
    "drive": "Car",
    "shopping": "ShoppingBasket",
    "coffee_with_others": "Coffee",
}
BY_GROUP = {
    "home_and_garden": "Flower",
    "handicraft": "Wrench",
    "games": "PuzzlePiece",
    "music_and_culture": "Waveform",
    "faith": "Candle",
    "outdoors_and_exercise": "Sun",
    "company": "PersonGroup",
    "food": "Cutlery",
    "media": "Books",
    "animals": "HandHeart",
    "trips": "Bus",
    "being_useful": "HandHeart",
}
OF_NEEDS = {
    Needs.STEP_FREE: "Staircase",
    Needs.TOILET: "Toilet",
    Needs.HEARING_LOOP: "HearingLoop",
    Needs.WHEELCHAIR: "Wheelchair",
    Needs.QUIET: "QuietZone",
}
ANY = "Calendar"


def icon_of(activity: Activity) -> str:
    """The name of an icon in frontend/icons.txt."""
    if activity.icon:
        return activity.icon
    for code in activity.interests:
        known = interests.bank().get(code)
        if known:
            return BY_INTEREST.get(code) or BY_GROUP.get(known.group, ANY)
    return ANY
