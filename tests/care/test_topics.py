"""What a group is asked each day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from peerbot.care.topics import choose_topic
from peerbot.content_files import ContentError
from peerbot.content_files.topics import load_group_rules, load_ice_breakers, load_topics

TOPICS = load_topics()
DAY = date(2026, 3, 8)


def test_thirty_days_bring_thirty_different_topics() -> None:
    recent: dict[str, date] = {}
    for number in range(60):
        on = DAY + timedelta(days=number)
        topic = choose_topic(TOPICS, recent, on, "a group")
        assert topic.id not in recent or on - recent[topic.id] >= timedelta(days=30)
        recent[topic.id] = on


def test_the_same_tick_twice_posts_the_same_topic() -> None:
    first = choose_topic(TOPICS, {}, DAY, "a group")

    assert choose_topic(TOPICS, {first.id: DAY}, DAY, "a group") == first
    assert choose_topic(TOPICS, {}, DAY, "a group") == first


def test_two_groups_do_not_all_get_the_same_topic() -> None:
    assert len({choose_topic(TOPICS, {}, DAY, str(group)).id for group in range(30)}) > 5


def test_when_all_were_used_lately_the_one_used_longest_ago_returns() -> None:
    recent = {topic.id: DAY - timedelta(days=2) for topic in TOPICS} | {"song": DAY - timedelta(days=20)}

    assert choose_topic(TOPICS, recent, DAY, "a group").id == "song"


def test_a_programme_starts_with_topics_rules_and_ice_breakers() -> None:
    assert len(TOPICS) >= 40
    assert len(load_group_rules()) == 10
    assert len(load_ice_breakers()) >= 10


def test_a_topic_speaks_the_language_asked_for_and_english_otherwise() -> None:
    topic = TOPICS[0]

    assert topic.says("es-AR") == topic.text["es"]
    assert topic.says("fr") == topic.text["en"]


def test_a_folder_without_rules_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"no \[\[rule\]\]"):
        load_group_rules(tmp_path)


def test_a_topic_in_one_language_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "topics.toml").write_text('[[topic]]\nid = "one"\ntext = { en = "How are you?" }\n')

    with pytest.raises(ContentError, match=r"topics.toml, one: text needs exactly en and es"):
        load_topics(tmp_path)
