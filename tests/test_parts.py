"""Parts that run side by side: none may end unnoticed."""

import asyncio

import pytest

from peerbot.parts import PartEnded, together


async def for_ever() -> None:
    await asyncio.Event().wait()


async def at_once() -> None:
    """Is done before anybody told it to be."""


async def cancelled_from_below() -> None:
    await asyncio.sleep(0)
    raise asyncio.CancelledError


async def dies() -> None:
    raise KeyError("a bug")


@pytest.mark.parametrize(
    ("part", "error", "words"),
    [
        (at_once, PartEnded, "the mouth ended by itself"),
        (cancelled_from_below, PartEnded, "the mouth was cancelled from below"),
        (dies, KeyError, "a bug"),
    ],
)
async def test_a_part_that_ends_unasked_ends_them_all_with_an_error(part, error, words) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ExceptionGroup) as caught:
        async with asyncio.timeout(5):
            await together({"the ear": for_ever(), "the mouth": part()}, told_to_end=lambda: False)

    assert caught.group_contains(error, match=words)


async def test_parts_told_to_end_may() -> None:
    told = asyncio.Event()

    async def until_told() -> None:
        await told.wait()

    running = asyncio.create_task(together({"one": until_told(), "two": until_told()}, told_to_end=told.is_set))
    await asyncio.sleep(0)
    told.set()

    await running
    assert running.exception() is None


async def test_they_end_when_all_of_them_are_cancelled() -> None:
    running = asyncio.create_task(together({"one": for_ever()}, told_to_end=lambda: False))
    await asyncio.sleep(0)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
