"""A group's settings: every page has a way back, empty states say what to do, and only staff see any of it."""

from tests.town import StoryTown

PAGES = ("sessions", "hours", "topic", "people", "locale")


async def test_the_first_page_sums_the_group_up_and_every_page_leads_back(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    await mo.writes("/groups")
    mo.reads(town.say("groups-none"))
    await town.gets_group(mo, town.ana)

    await mo.writes("/groups")
    mo.reads(town.say("groups-head"))
    await mo.taps("Tuesday")
    mo.reads(town.say("group-rights-well"), "t.me/+", town.say("week-none"))
    for page in PAGES:
        await mo.taps(town.say(f"group-page-{page}"))
        mo.reads_all()
        assert not mo.sees_button(town.say("group-page-hours")) or page == "hours"
        await mo.taps(town.say("button-back"))
        mo.reads(town.say("group-sessions-are"))
    await mo.taps(town.say("button-back"))

    mo.reads(town.say("groups-head"))


async def test_the_group_speaks_the_language_staff_choose(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-locale"))
    other = "es" if town.language == "en" else "en"
    await mo.taps("Español" if other == "es" else "English")
    town.all_read()

    await town.ana.writes("/rules", in_chat=group)

    mo.reads(town.app.programme.texts.plain(other, "group-rules-head").removeprefix("<b>")[:15], in_chat=group)
    town.all_read()


async def test_a_typed_time_sets_the_topic_and_nonsense_does_not(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    await town.gets_group(mo)
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-topic"))
    mo.reads_all()

    await mo.writes("whenever")
    mo.reads(town.say("refused-time"))
    await mo.writes("7:30 pm")
    mo.reads(town.say("topic-page-at", time="19:30"))
    await mo.taps(town.say("topic-stop"))

    mo.reads(town.say("group-topic-off"))


async def test_a_counselor_places_only_their_own_and_a_taken_place_is_gone(small_town: StoryTown) -> None:
    town = small_town
    vega = town.sim.person("Dr Vega", language=town.language)
    bea = town.sim.person("Bea", language=town.language)
    await town.join_staff(vega, "counselor")
    await town.join_participant(bea, counselor=vega, alias="Cedar")
    group = await town.gets_group(town.dr_roth)
    await town.dr_roth.writes("/groups")
    await town.dr_roth.taps("Tuesday")
    await town.dr_roth.taps(town.say("group-page-people"))
    assert town.dr_roth.sees_button("River")
    assert not town.dr_roth.sees_button("Cedar")

    await town.dr_roth.taps("River")
    assert town.dr_roth.sees_button("✅ River")
    town.ana.reads("Tuesday")
    await town.dr_roth.taps("River")
    assert town.dr_roth.sees_button("▫️ River")
    bubble = town.dr_roth.visible()[-1]
    await town.dr_roth.presses(bubble, f"gs:1:person:{await town.id_of(bea)}.0")
    assert town.dr_roth.toast == town.say("refused-not-yours")
    assert group.title == "Tuesday"
    town.all_read()


async def test_many_people_come_in_pages(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    await town.gets_group(mo)
    for number in range(9):
        person = town.sim.person(f"P{number}", language=town.language)
        await town.join_participant(person, counselor=town.dr_roth, alias=f"Alias {number}")
    town.all_read()
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say("group-page-people"))
    assert not mo.sees_button("Alias 8")

    await mo.taps(town.say("button-more"))
    await mo.taps("Alias 8")
    assert mo.sees_button("✅ Alias 8")
    await mo.taps(town.say("button-earlier"))

    assert mo.sees_button("River")
    town.all_read()


async def test_participants_and_strangers_see_and_change_nothing(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    await town.gets_group(mo)
    await town.max.starts()
    town.all_read()

    for person in (town.ana, town.max):
        await person.writes("/groups")
        person.reads(town.say("refused-staff-only"))
        for data in ("gp:1:main", "gs:1:locale:es", "gs:1:topic:off", "gs:1:save:hours", "gp:0:list", "jr:1:in"):
            await person.presses(person.visible()[-1], data)
            assert person.toast in (town.say("refused-staff-only"), town.say("refused-old-button"))
    await mo.writes("/groups")
    for data in ("gs:1:locale:xx", "gs:1:nothing:x", "gs:1:person:x.y", "gs:1:off:never", "gp:1:nope", "gp:99:main"):
        await mo.presses(mo.visible()[-1], data)
        assert mo.toast
    town.all_read()
