"""What a story is."""

from dataclasses import dataclass
from typing import Callable

STORIES = {}


@dataclass
class Story:
    name: str
    cause: str
    play: Callable
    clients: tuple = ("c1",)  # hosts that have clients and are recorded
    proxy: bool = False  # px is the clients' peer and is recorded
    settings: str = ""  # more lines of the broker's configuration
    dirty: bool = False  # the broker is not the same afterwards
    group: int = 1
    note: str | None = None
    unscored: bool = False  # the vocabulary has no word for this cause
    late: bool = False  # the story itself begins its captures
    limit_s: int = 170


def tell(name, cause, play, **options):
    """Adds a story, played by `play(scene)`."""
    assert name not in STORIES, name
    STORIES[name] = Story(name, cause, play, **options)


def story(name, cause, **options):
    def add(play):
        tell(name, cause, play, **options)
        return play

    return add
