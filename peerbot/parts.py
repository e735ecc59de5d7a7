"""Parts of a process that run side by side until they are told to end."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any


class PartEnded(RuntimeError):
    """A part came to its end and nobody had told it to."""


async def together(parts: Mapping[str, Coroutine[Any, Any, None]], *, told_to_end: Callable[[], bool]) -> None:
    """Runs all parts; if one dies the others are ended and its error is raised in a group.

    Raises PartEnded for one that ends before it was told to. A task group alone takes a part that was cancelled from
    below, by a library, for one that is done: it would be missing from then on and no one would know.
    """
    async with asyncio.TaskGroup() as tasks:
        for name, part in parts.items():
            tasks.create_task(_watched(name, part, told_to_end), name=name)


async def _watched(name: str, part: Coroutine[Any, Any, None], told_to_end: Callable[[], bool]) -> None:
    try:
        await part
    except asyncio.CancelledError:
        if (task := asyncio.current_task()) is None or task.cancelling():
            raise
        raise PartEnded(f"{name} was cancelled from below") from None
    if not told_to_end():
        raise PartEnded(f"{name} ended by itself")
