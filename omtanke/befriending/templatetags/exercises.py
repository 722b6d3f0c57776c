"""The drawing of an exercise, or its icon where there is none."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from omtanke.befriending.exercises.bank import Words
from omtanke.befriending.exercises.drawing import HEIGHT, WIDTH
from omtanke.befriending.exercises.progress import Way
from omtanke.shell.templatetags.omtanke import icon

register = template.Library()


@register.simple_tag
def exercise_drawing(words: Words) -> SafeString:
    """In the colour of the text, so that it can be read in light and dark, and on paper."""
    if not words.drawing:
        return icon(words.icon)
    drawn = mark_safe(words.drawing)  # noqa: S308 - our own lines, from poses.py
    return format_html(
        '<svg class="drawing" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        words.picture,
        drawn,
    )


@register.simple_tag
def exercise_steps(way: Way) -> SafeString:
    """The steps over time as a small staircase. Said in words beside it, so hidden from those who listen."""
    wide = 14
    points = [(4 + n * wide, 40 - level * 11) for n, (level, _on, _how) in enumerate(way.steps)]
    line = " ".join(f"{'M' if n == 0 else 'L'}{x} {y}" for n, (x, y) in enumerate(points))
    dots = mark_safe("".join(f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in points))  # noqa: S308 - numbers only
    return format_html(
        '<svg class="staircase" viewBox="0 0 {} 44" aria-hidden="true"><path d="{}"/>{}</svg>',
        8 + wide * 11,
        line,
        dots,
    )
