"""Everything an operator can set or run is told in docs/operations.md."""

import re

from django.conf import settings

GUIDE = settings.BASE_DIR / "docs" / "operations.md"
ASKED = r"""(?:environ(?:ment)?(?:\.get|\.setdefault)?[\[(]|_yes\(|_words\()"""
READ = re.compile(ASKED + r"""\s*["']((?:OMTANKE_|DATABASE_)\w+)""")


def test_every_setting_that_is_read_is_told():
    sources = [*settings.BASE_DIR.glob("omtanke/**/*.py"), *settings.BASE_DIR.glob("stories/*.py")]
    read = {name for file in sources for name in READ.findall(file.read_text())}
    told = set(re.findall(r"`((?:OMTANKE_|DATABASE_)\w+)`", GUIDE.read_text()))
    assert len(read) > 10
    assert read - told == set()
    assert told - read == set(), "these are told and read nowhere"


def test_every_process_is_told():
    guide = GUIDE.read_text()
    for command in ("serve", "web", "worker", "migrate", "backup", "restore", "bench"):
        assert f"`omtanke {command}" in guide
        assert (settings.BASE_DIR / f"omtanke/config/management/commands/{command}.py").exists()
