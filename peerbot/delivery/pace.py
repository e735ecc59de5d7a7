"""What may go to Telegram now. Pure: monotonic seconds are given, nothing is read and nothing waits here.

Telegram's published limits: about 30 messages a second for a bot, 1 a second in a private chat, 20 a minute in a group
(telegram.md, section 7). They are kept as buckets that refill; a chat told to wait cools alone, and when three chats
are told to wait within ten seconds everything brakes, because then the limit is the bot's own.
"""

from dataclasses import dataclass, field

PRIVATE_GAP = 1.0
PRIVATE_BURST = 3  # "short bursts" are tolerated: the taps of one check-in
GROUP_GAP = 4.0  # with the burst never more than 20 in any minute
GROUP_BURST = 5
BRAKE_AFTER = 3
BRAKE_WINDOW = 10.0
FREE = frozenset(
    """
    answerCallbackQuery deleteMessage getChat getChatMember getChatAdministrators getMe setMyCommands
    approveChatJoinRequest declineChatJoinRequest restrictChatMember banChatMember unbanChatMember
    setChatPermissions pinChatMessage
    """.split()
)
"""Methods that put no message into a chat and so do not count towards the chat's own pace."""


@dataclass(slots=True)
class Pace:
    """Buckets for the bot and for each chat, in monotonic seconds."""

    per_second: float
    private_gap: float = PRIVATE_GAP
    group_gap: float = GROUP_GAP
    _tokens: float = field(init=False)
    _filled_at: float = field(default=0.0)
    _chat_free_at: dict[str, float] = field(default_factory=dict)
    _told_to_wait: list[float] = field(default_factory=list)
    _brake_until: float = field(default=0.0)

    def __post_init__(self) -> None:
        self._tokens = self._most()

    def _most(self) -> float:
        """A tenth of a second's worth may gather: enough for a wake-up, too little for Telegram to notice."""
        return max(1.0, self.per_second / 10)

    def room(self, now: float) -> int:
        """How many calls the bot may make now; a crisis call may always take one, leaving a debt."""
        if now < self._brake_until:
            return 0
        self._tokens = min(self._most(), self._tokens + (now - self._filled_at) * self.per_second)
        self._filled_at = now
        return max(0, int(self._tokens))

    def wait(self, now: float) -> float:
        """Seconds until `room` is at least one."""
        if now < self._brake_until:
            return self._brake_until - now
        return max(0.0, (1.0 - self._tokens) / self.per_second)

    def chat_wait(self, chat: str, now: float) -> float:
        """Seconds until this chat may be written to; 0 when it may now."""
        return max(0.0, self._chat_free_at.get(chat, 0.0) - now)

    def cooling(self, now: float) -> list[str]:
        """The chats that may not be written to now."""
        if len(self._chat_free_at) > 10_000:
            self._chat_free_at = {chat: at for chat, at in self._chat_free_at.items() if at > now}
        return [chat for chat, at in self._chat_free_at.items() if at > now]

    def spend(self, chat: str, method: str, now: float, *, group: bool) -> None:
        """A call is being made."""
        self._tokens -= 1.0
        if method in FREE:
            return
        gap, burst = (self.group_gap, GROUP_BURST) if group else (self.private_gap, PRIVATE_BURST)
        self._chat_free_at[chat] = max(self._chat_free_at.get(chat, 0.0), now - (burst - 1) * gap) + gap

    def told_to_wait(self, chat: str, seconds: float, now: float) -> None:
        """Telegram said 429: this chat cools; many of them at once brake the bot."""
        self._chat_free_at[chat] = max(self._chat_free_at.get(chat, 0.0), now + seconds)
        self._told_to_wait = [at for at in self._told_to_wait if now - at < BRAKE_WINDOW] + [now]
        if len(self._told_to_wait) >= BRAKE_AFTER:
            self.brake(min(seconds, 5.0), now)
            self._told_to_wait.clear()

    def brake(self, seconds: float, now: float) -> None:
        """Nothing but crisis calls for `seconds`: the bot as a whole was told to wait, or Telegram is out of reach."""
        self._brake_until = max(self._brake_until, now + seconds)
