"""`python -m bot` is `hmic`, for platforms that install the requirements but not the project."""

from bot.cli import main

main()
