"""One simulated Telegram with one bot: builds the parts, and is what tests, benchmarks and the training room hold."""

import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import httpx

from peerbot.simulator.desk import Desk
from peerbot.simulator.faults import Faults
from peerbot.simulator.front import Front, application
from peerbot.simulator.groups import Group
from peerbot.simulator.hub import Hub
from peerbot.simulator.limits import Limits, Pace
from peerbot.simulator.people import Person
from peerbot.simulator.rights import MODERATOR_RIGHTS
from peerbot.simulator.transport import SimTransport
from peerbot.simulator.truth import Truth
from peerbot.simulator.updates import Updates
from peerbot.simulator.webhooks import Delivery, Webhook
from peerbot.simulator.world import Message, User, World

TEST_TOKEN = "42:TEST-simulated-token-of-no-real-bot"  # noqa: S105 - opens nothing
BASE_URL = "http://sim/bot"


async def nothing() -> None:
    """What `settled` does until a test says how to run its bot."""


class Simulator:
    """A strict Bot API in memory. `now` is the world's clock and may be turned; `monotonic` paces limits, retries."""

    def __init__(
        self,
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
        *,
        token: str = TEST_TOKEN,
        username: str = "peerbot_test_bot",
        limits: Limits | None = None,
        seed: int = 0,
    ) -> None:
        self.token = token
        bot = User(int(token.partition(":")[0]), "PeerBot", username, is_bot=True)
        self.truth = Truth(now, monotonic)
        self.world = World(now, bot, seed)
        self.updates = Updates(now, monotonic, self.world.random, self.truth)
        webhook = Webhook(self.updates, self.truth, now, monotonic, self.world.random)
        self.hub = Hub(self.world, self.updates, webhook, self.truth)
        self.hub.announce = self._announce
        self.faults = Faults()
        self.pace = Pace(Limits(), monotonic)
        self.limits = limits or Limits()
        self.desk = Desk(token, self.hub, self.faults, self.pace)
        self.front = Front(self.desk)
        self.app = application(self.front)
        self.people: dict[int, Person] = {}
        self.settled: Callable[[], Awaitable[None]] = nothing

    @property
    def limits(self) -> Limits:
        """The rates in force; assign to change them from now on."""
        return self.pace.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.pace.change(limits)
        self.updates.guards_busy_polls = limits.busy_poll_guard
        self.hub.answer_within = timedelta(seconds=limits.answer_within)

    @property
    def complaints(self) -> list[str]:
        """Calls no Bot API would take: unknown parameters, fields or methods. Empty at the end of a good test."""
        return self.hub.complaints

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.world.bot

    def transport(self) -> SimTransport:
        """An httpx transport for use in-process, with all faults."""
        return SimTransport(self.desk)

    async def deliver_webhooks(self, client: httpx.AsyncClient) -> list[Delivery]:
        """One pass over what waits for the webhook; every try is returned."""
        return await self.hub.webhook.deliver(client)

    async def run_webhooks(self, client: httpx.AsyncClient) -> None:
        """Deliver to the webhook until cancelled."""
        await self.hub.webhook.run(client)

    def person(
        self, name: str, *, language: str | None = "en", username: str | None = None, is_bot: bool = False
    ) -> Person:
        """A new account with a phone. It has not pressed Start yet."""
        user = self.world.add_user(name, username, language, is_bot)
        found = self.people[user.id] = Person(self, user)
        return found

    def supergroup(
        self,
        title: str,
        *,
        creator: Person,
        members: Iterable[Person] = (),
        bot_rights: Iterable[str] | None = MODERATOR_RIGHTS,
        with_bot: bool = True,
    ) -> Group:
        """A supergroup. The bot is an administrator with these rights, a plain member (None), or not there."""
        return Group.create(
            self, "supergroup", title, creator=creator, members=members, bot_rights=bot_rights, with_bot=with_bot
        )

    def group(
        self,
        title: str,
        *,
        creator: Person,
        members: Iterable[Person] = (),
        bot_rights: Iterable[str] | None = None,
        with_bot: bool = True,
    ) -> Group:
        """A basic group, which can become a supergroup by `migrate`."""
        return Group.create(
            self, "group", title, creator=creator, members=members, bot_rights=bot_rights, with_bot=with_bot
        )

    def _announce(self, message: Message) -> None:
        """Let every phone that can show the message ring."""
        chat = message.chat
        private = chat.user is not None
        reached = [chat.id] if private else [member.user.id for member in self.world.inside(chat)]
        for user_id in reached:
            if person := self.people.get(user_id):
                person.rings(message)
