"""A programme full of people, put straight into the rows."""

from datetime import datetime, timedelta

from peerbot.app import App
from peerbot.care import calendar
from peerbot.db.models import CheckIn, Participant, Person, Role, Schedule, StaffRole

FIRST_USER = 6_000_000_000
ZONE = "America/New_York"


async def people(app: App, count: int, *, now: datetime, open_check_ins: bool = True) -> None:
    """One counselor, one supervisor, `count` participants; each with today's check-in open."""
    keys = app.database.keys

    def person(number: int) -> Person:
        user = FIRST_USER + number
        return Person(chat_key=keys.blind(user), chat=str(user), alias="River", locale="en", zone=ZONE, created_at=now)

    async with app.database.begin() as session:
        staff = [person(-1), person(-2)]
        session.add_all(staff)
        await session.flush()
        for one, role in zip(staff, (Role.COUNSELOR, Role.SUPERVISOR), strict=True):
            session.add(StaffRole(person_id=one.id, role=role, since_at=now))
        members = [person(number) for number in range(count)]
        session.add_all(members)
        await session.flush()
        on = calendar.local_day(now, ZONE)
        for number, one in enumerate(members):
            code = f"C-{number:06}"
            session.add(
                Participant(
                    person_id=one.id,
                    case_code=code,
                    case_key=keys.blind(code, "case"),
                    counselor_id=staff[0].id,
                    joined_at=now,
                    enrolled_at=now,
                )
            )
        await session.flush()
        for one in members:
            session.add(
                Schedule(
                    participant_id=one.id,
                    questionnaire="daily",
                    local_time="09:00",
                    due_on=on + timedelta(days=1),
                    due_at=now + timedelta(days=1),
                )
            )
            if open_check_ins:
                session.add(
                    CheckIn(
                        participant_id=one.id,
                        questionnaire="daily",
                        version=app.programme.questionnaires["daily"].version,
                        local_on=on,
                        opened_at=now,
                        closes_at=now + timedelta(hours=18),
                    )
                )
