"""`peerbot demo`: the training room in a browser, or with `story` a day as a transcript in the terminal.

The real bot and a simulated Telegram talk over HTTP; the clock is turned. No token, no network beyond this machine, and
a database that is thrown away. The room itself is `room`; here it is opened, announced and closed.
"""

import asyncio
import gc
import signal
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from peerbot.content_files.scenarios import load_scenarios
from peerbot.errors import StartError
from peerbot.rehearsal import Town, offline_config
from peerbot.room.room import open_room
from peerbot.room.server import Page, listen
from peerbot.room.theatre import Theatre
from peerbot.simulator.people import Person
from peerbot.simulator.server import serve
from peerbot.simulator.simulator import TEST_TOKEN

WIDTH = 78
WORDS = {
    "en": {
        "title": "A day with peerbot",
        "how": "The real bot, a simulated Telegram over HTTP, a throw-away database. No token, no network.",
        "join": "The supervisor and a counselor join by invite",
        "enrol": "A participant joins: consent first, then four short questions",
        "morning": "Next morning: the check-in",
        "worry": "One answer is worrying. The counselor's phone, a moment later",
        "rest": "Meanwhile Ana finishes her check-in",
        "quiet": "Nobody reacts for an hour. The supervisor's phone",
        "act": "The supervisor acknowledges, opens, calls, and closes",
        "help": "That night: help now, in words",
        "end": "Every step above went through inbox, rules, alert, outbox and Telegram's own protocol.",
        "taps": "taps",
        "writes": "writes",
        "alias": "River",
        "words": "I can't do this anymore, I want to die",
    },
    "es": {
        "title": "Un día con peerbot",
        "how": "El bot real, un Telegram simulado por HTTP, una base de datos desechable. Sin token, sin red.",
        "join": "La supervisora y un consejero entran con invitación",
        "enrol": "Entra una participante: primero el consentimiento, luego cuatro preguntas cortas",
        "morning": "A la mañana siguiente: el registro",
        "worry": "Una respuesta preocupa. El teléfono del consejero, un momento después",
        "rest": "Mientras tanto, Ana termina su registro",
        "quiet": "Nadie reacciona en una hora. El teléfono de la supervisora",
        "act": "La supervisora confirma, abre, llama y cierra",
        "help": "Esa noche: ayuda ya, con palabras",
        "end": "Cada paso pasó por la bandeja, las reglas, la alerta, el buzón de salida y el protocolo de Telegram.",
        "taps": "toca",
        "writes": "escribe",
        "alias": "Luna",
        "words": "ya no puedo más, me quiero morir",
    },
}

REST = {
    "en": ("6", "5", "Lonely", "Done ✓", "Badly", "No", "No, I'm good", "Skip"),
    "es": ("6", "5", "Soledad", "Listo ✓", "Mal", "No", "No, gracias", "Saltar"),
}
"""How Ana goes on after the urge: confidence, mood, a feeling, sleep, what is ahead, help, no note."""
SAID = {
    "en": "The training room is open. Show this address to nobody you would not hand the phones to:\n\n  {url}\n\n"
    "Everything in it is made up. Stop it with Ctrl-C.",
    "es": "La sala de práctica está abierta. No le des esta dirección a nadie a quien no le darías los teléfonos:\n\n"
    "  {url}\n\nTodo lo que hay en ella es inventado. Para cerrarla, Ctrl-C.",
}


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """A folder that is thrown away, or the one to keep, which must be new or empty."""
    if keep is None:
        with tempfile.TemporaryDirectory(prefix="peerbot-room-") as made:
            yield Path(made)
        return
    if keep.exists() and (not keep.is_dir() or any(keep.iterdir())):
        raise StartError(f"--keep needs a new or empty folder; {keep} holds something already.")
    keep.mkdir(parents=True, exist_ok=True, mode=0o700)
    yield keep


async def open_page(locale: str = "en", *, seed: int = 0, port: int = 0, keep: Path | None = None) -> None:
    """Opens the training room, prints its address and serves it until it is told to stop."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    scenarios = {one.id: one for one in load_scenarios()}
    with listen(port) as listener, _folder(keep) as folder:
        room = await open_room(folder, locale=locale, seed=seed)
        theatre = Theatre(room, scenarios)
        page = Page(room, theatre, listener)
        try:
            await page.open()
            await room.ready()
            gc.freeze()
            gc.enable()
            print(SAID[locale].format(url=page.url), flush=True)
            await stopping.wait()
        finally:
            theatre.stop()
            await page.close()
            await room.close()


class Transcript:
    """Prints what people do and what their phones show."""

    def __init__(self, locale: str) -> None:
        self.words = WORDS[locale]

    def heading(self, key: str, town: Town | None = None) -> None:
        at = f"{town.clock.now():%a %H:%M} UTC  " if town else ""
        print(f"\n{'─' * WIDTH}\n{at}{self.words[key]}\n{'─' * WIDTH}")

    async def taps(self, person: Person, label: str) -> None:
        await person.taps(label)
        print(f"\n  {person.name} {self.words['taps']} [{label}]")
        self.shows(person)

    async def taps_through(self, person: Person, labels: Sequence[str]) -> None:
        """Many taps in a line each; the phone is shown after the last."""
        for label in labels:
            person.reads_all()
            await person.taps(label)
            print(f"  {person.name} {self.words['taps']} [{label}]")
        self.shows(person)

    async def writes(self, person: Person, text: str) -> None:
        await person.writes(text)
        print(f"\n  {person.name} {self.words['writes']}: {text}")
        self.shows(person)

    def shows(self, person: Person) -> None:
        """What is new on somebody's phone."""
        for message in person.reads_all():
            print(f"\n  📱 {person.name}")
            for line in _wrapped(message.text):
                print(f"     │ {line}")
            for row in message.markup.inline if message.markup else []:
                print(f"     │ {'  '.join(f'[{button.text}]' for button in row)}")


def _wrapped(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from textwrap.wrap(paragraph, WIDTH - 8) or [""]


async def story(locale: str = "en") -> None:
    """Plays the day once; an AssertionError means the bot did not do what the transcript says."""
    gc.enable()
    with tempfile.TemporaryDirectory(prefix="peerbot-demo-") as folder:
        config = offline_config(
            f"sqlite+aiosqlite:///{folder}/demo.db",
            Path(folder),
            TEST_TOKEN,
            locale=locale,
            country="US" if locale == "en" else "MX",
            zone="America/New_York" if locale == "en" else "America/Cancun",
        )
        town = Town(config, over_http=True)
        server = await serve(town.sim)
        town.config = replace(config, api_url=server.url)
        await town.open()
        try:
            await _play(town, Transcript(locale), locale)
        finally:
            await town.close()
            await server.close()


async def _play(town: Town, told: Transcript, locale: str) -> None:
    words = told.words
    print(f"\n{words['title']}\n{words['how']}")
    roth, lind = (town.sim.person(name, language=locale) for name in ("Dr Roth", "Dr Lind"))
    ana = town.sim.person("Ana", language=locale)
    told.heading("join", town)
    for person, role in ((lind, "supervisor"), (roth, "counselor")):
        await person.starts(await town.invite(role))
        told.shows(person)
        await told.taps(person, town.label(person, "button-agree"))
    told.heading("enrol", town)
    await ana.starts(await town.invite("participant", counselor=await town.id_of(roth)))
    told.shows(ana)
    await told.taps(ana, town.label(ana, "button-agree"))
    await told.writes(ana, words["alias"])
    await told.taps(ana, town.label(ana, "language-name"))
    await told.writes(ana, "New York" if locale == "en" else "Cancún")
    await told.taps(ana, "09:00")
    told.shows(roth)
    await _morning(town, told, locale, ana, roth, lind)
    await _night(town, told, ana, roth)
    print(f"\n{'─' * WIDTH}\n{words['end']}\n")


async def _morning(town: Town, told: Transcript, locale: str, ana: Person, roth: Person, lind: Person) -> None:
    await town.pass_time(hours=24)
    told.heading("morning", town)
    told.shows(ana)
    await told.taps(ana, "No")
    await told.taps(ana, "9")
    told.heading("worry", town)
    told.shows(roth)
    told.heading("rest", town)
    await told.taps_through(ana, REST[locale])
    await town.pass_time(minutes=60)
    told.heading("quiet", town)
    told.shows(roth)
    told.shows(lind)
    told.heading("act", town)
    await told.taps(lind, town.label(lind, "alert-button-ack"))
    await told.taps(lind, town.label(lind, "alert-button-open"))
    await town.pass_time(minutes=10)
    await told.taps(lind, town.label(lind, "alert-button-close"))
    await told.taps(lind, town.label(lind, "outcome-reached"))
    told.shows(roth)


async def _night(town: Town, told: Transcript, ana: Person, roth: Person) -> None:
    await town.pass_time(hours=12)
    for person in (ana, roth):
        person.reads_all()
    told.heading("help", town)
    await told.writes(ana, told.words["words"])
    told.shows(roth)
    await told.taps(roth, town.label(roth, "alert-button-ack"))
