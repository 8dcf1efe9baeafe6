"""What a story is, and the list of all of them."""

from dataclasses import dataclass
from typing import Callable

STORIES = {}


@dataclass(frozen=True)
class Story:
    """One way a connection dies. `play` gets the Scene; its first line of documentation tells it.

    `cause` is the root cause of every flow that the scene does not label otherwise, in the words
    of the truth. `record` maps a vantage (broker, client, middle) to a format of recorders.py.
    """

    name: str
    cause: str
    topology: Callable
    record: dict
    play: Callable
    note: str | None = None
    broker_settings: str = ""  # further lines of rabbitmq.conf
    family: int = 4
    late: bool = False  # the story itself says when recording begins
    limit_s: float = 45

    @property
    def tale(self):
        return self.play.__doc__.strip().splitlines()[0]


def story(name, cause, topology, record, **details):
    """Registers the decorated function as a story."""

    def register(play):
        assert name not in STORIES, name
        STORIES[name] = Story(name, cause, topology, record, play, **details)
        return play

    return register
