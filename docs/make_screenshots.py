"""Takes the pictures in docs/ again: `python docs/make_screenshots.py`, with Chromium on the PATH.

They show the real `hmic run`, started without tokens in an empty folder, after a command.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

DOCS = Path(__file__).resolve().parent
HMIC = str(Path(sysconfig.get_path("scripts"), "hmic"))
Scheme = Literal["light", "dark"]
PICTURES: tuple[tuple[str, int, int, Scheme, str], ...] = (
    ("screenshot.png", 1280, 860, "light", "Hampshire"),
    ("screenshot-dark-phone.png", 390, 844, "dark", "Hampshire"),
    ("screenshot-search.png", 1280, 860, "light", 'search "abuse of authority"'),
    ("screenshot-compare.png", 1280, 860, "dark", "compare Hampshire, Leicestershire, Northamptonshire, Thames Valley"),
)


@contextmanager
def running_bot() -> Iterator[str]:
    """The address of a bot that holds the seeds."""
    env = {"PATH": "/usr/bin:/bin", "PORT": "0"}
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen([HMIC, "run"], cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as process,  # noqa: S603 our own program
    ):
        try:
            found = re.search(r"http://\S+", process.stdout.readline() if process.stdout else "")
            if found is None:
                sys.exit("hmic run did not say where it is")
            subprocess.run([HMIC, "add", DOCS.parent / "seeds"], cwd=folder, env=env, check=True)  # noqa: S603
            yield found[0]
        finally:
            process.terminate()


def take(browser: Browser, address: str, name: str, width: int, height: int, scheme: Scheme, words: str) -> None:
    """Ask on a fresh page and save what is seen."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    page.goto(address)
    page.fill("#composer", f"/hmic {words}")
    page.press("#composer", "Enter")
    page.get_by_role("button", name="Share to channel").wait_for()
    page.screenshot(path=DOCS / name, animations="disabled", caret="hide")


def main() -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, width, height, scheme, words in PICTURES:
            with running_bot() as address:
                take(chromium, address, name, width, height, scheme, words)
                sys.stdout.write(f"{DOCS / name}\n")


if __name__ == "__main__":
    main()
