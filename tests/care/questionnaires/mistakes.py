"""Every kind of mistake a questionnaire's file can hold: the text, the entry it is refused for, and the reason."""

from tests.care.questionnaires.making import HEADER, band, choice, days, free, scale, subscale, yesno

EXAMPLE = '[[examples]]\nname = "one"\nanswers = { colour = "green" }\n'
SUM = subscale("sum", ["colour"])
COVER = band("all", "sum", 0, 3)
LOOK = 'text = { en = "Look", es = "Mira" }\n'


def wrong(extra: str) -> str:
    """A question with one thing wrong."""
    return f'[[questions]]\nid = "bad"\n{extra}\n'


TEXT = 'text = { en = "Well?", es = "¿Y?" }'
LABELS = 'low_label = { en = "a", es = "b" }\nhigh_label = { en = "c", es = "d" }'

MISTAKES: dict[str, tuple[str, str, str]] = {
    # what is wrong: (file, entry, reason)
    "a title in one language": (HEADER.replace(', es = "Pequeño"', "") + yesno("q"), "file", 'no wording in "es"'),
    "an unknown language": (HEADER.replace("es =", "español ="), "file", "is not valid TOML"),
    "a misspelt language": (HEADER.replace("es =", "esp =") + yesno("q"), "file", 'unknown language "esp"'),
    "an empty wording": (HEADER.replace("Pequeño", " ") + yesno("q"), "file", 'no wording in "es"'),
    "no licence": (HEADER.replace('licence = "own"', "") + yesno("q"), "file", '"licence" must be a text'),
    "no source": (HEADER.replace('source = "made for a test"', "") + yesno("q"), "file", '"source" must be a text'),
    "no version": (HEADER.replace("version = 1", "") + yesno("q"), "file", '"version" must be a whole number'),
    "version 0": (HEADER.replace("version = 1", "version = 0") + yesno("q"), "file", "starts at 1"),
    "a version in words": (HEADER.replace("version = 1", 'version = "1"') + yesno("q"), "file", "whole number"),
    "another id than the file's": (HEADER.replace('"small"', '"other"') + yesno("q"), "id", "named other.toml"),
    "an id with capitals": (HEADER.replace('"small"', '"Small"') + yesno("q"), "file", "lower-case"),
    "no questions": (HEADER, "file", "has no questions"),
    "an unknown key": (HEADER + 'colour = "red"\n' + yesno("q"), "file", 'unknown key "colour"'),
    "an unknown key in a question": (HEADER + yesno("q", "skipable = true"), "question q", 'unknown key "skipable"'),
    "an unknown key in an option": (
        HEADER + choice("q").replace("score = 1", "points = 1"),
        "question q, option green",
        'unknown key "points"',
    ),
    "an unknown kind": (HEADER + free("q", "slider"), "question q", 'unknown kind "slider"'),
    "no kind": (HEADER + wrong(TEXT), "question bad", '"kind" must be a text'),
    "no text": (HEADER + wrong('kind = "yesno"'), "question bad", 'no wording in "en"'),
    "a text too long": (
        HEADER + wrong('kind = "yesno"\ntext = { en = "' + "x" * 601 + '", es = "x" }'),
        "question bad",
        "longer than 600",
    ),
    "the same question twice": (HEADER + yesno("q") + yesno("q"), "question q", "taken by an earlier question"),
    "a question id too long": (HEADER + yesno("q" * 17), "question " + "q" * 17, "longer than 16"),
    "an option id too long": (
        HEADER + choice("q").replace('"green"', '"' + "g" * 25 + '"'),
        "option " + "g" * 25,
        "longer than 24",
    ),
    "an option called skipped": (
        HEADER + choice("q").replace('"green"', '"skipped"'),
        "option skipped",
        'not "skipped"',
    ),
    "a label too long for a button": (
        HEADER + choice("q").replace("Verde", "v" * 41),
        "question q, option green",
        "longer than 40",
    ),
    "a label in one language": (
        HEADER + choice("q").replace(', es = "Verde"', ""),
        "option green",
        'no wording in "es"',
    ),
    "one option": (
        HEADER + wrong('kind = "choice"\n' + TEXT + '\noptions = [{ id = "a", label = { en = "A", es = "A" } }]'),
        "question bad",
        "at least two options",
    ),
    "the same option twice": (
        HEADER + choice("q").replace('"green"', '"red"'),
        "question q",
        'option "red" stands twice',
    ),
    "the same label twice": (
        HEADER + choice("q").replace("Green", "Red"),
        "question q",
        'label in "en" "red" stands twice',
    ),
    "a phrase for two options": (
        HEADER + choice("q").replace('"navy"', '"green"'),
        "question q",
        '"green" in "en" means both',
    ),
    "a score on some options": (
        HEADER + choice("q").replace("score = 1, ", ""),
        "question q",
        "every option has a score",
    ),
    "a set of options nobody defined": (
        HEADER + wrong('kind = "choice"\n' + TEXT + '\noptions = "often"'),
        "question bad",
        'no set of options "often"',
    ),
    "options on a scale": (HEADER + scale("q", 'options = "often"'), "question q", 'unknown key "options"'),
    "a scale without ends": (HEADER + wrong('kind = "scale"\n' + TEXT), "question bad", '"low" must be a whole number'),
    "a scale upside down": (
        HEADER + wrong('kind = "scale"\nlow = 5\nhigh = 5\n' + TEXT + "\n" + LABELS),
        "question bad",
        'must be less than "high"',
    ),
    "a scale too wide": (
        HEADER + wrong('kind = "scale"\nlow = 0\nhigh = 11\n' + TEXT + "\n" + LABELS),
        "question bad",
        "at most 11 steps",
    ),
    "a scale without labels": (
        HEADER + wrong('kind = "scale"\nlow = 0\nhigh = 10\n' + TEXT),
        "question bad",
        'no wording in "en"',
    ),
    "bins with a gap": (
        HEADER + days("q", "bins = [ { from = 0, to = 2, score = 0 }, { from = 4, to = 7, score = 1 } ]"),
        "question q",
        "must cover 0 to 7",
    ),
    "bins that overlap": (
        HEADER + days("q", "bins = [ { from = 0, to = 4, score = 0 }, { from = 4, to = 7, score = 1 } ]"),
        "question q",
        "must cover 0 to 7",
    ),
    "burst 0": (HEADER + yesno("q", "burst = 0"), "question q", '"burst" starts at 1'),
    "a note longer than a message": (HEADER + free("q", extra="max_length = 5000"), "question q", "from 1 to 4096"),
    "skippable in words": (HEADER + yesno("q", 'skippable = "yes"'), "question q", "must be true or false"),
    "a condition without a form": (
        HEADER + yesno("q", "when = { at_least = 1 }"),
        "question q, when",
        "exactly one of",
    ),
    "a condition with two forms": (
        HEADER + yesno("a") + yesno("q", 'when = { question = "a", profile = "opioid", is = "yes" }'),
        "question q, when",
        "exactly one of",
    ),
    "an empty condition list": (
        HEADER + yesno("q", "when = { all = [] }"),
        "question q, when",
        "at least one condition",
    ),
    "a condition on a question to come": (
        HEADER + yesno("q", 'when = { question = "later", is = "yes" }') + yesno("later"),
        "question q, when",
        'unknown or later question "later"',
    ),
    "a condition on itself": (
        HEADER + yesno("q", 'when = { question = "q", is = "yes" }'),
        "question q, when",
        'unknown or later question "q"',
    ),
    "a condition on free text": (
        HEADER + free("note") + yesno("q", 'when = { question = "note", is = "x" }'),
        "question q, when",
        "free form",
    ),
    "a condition on an unknown option": (
        HEADER + choice("a") + yesno("q", 'when = { question = "a", is = "pink" }'),
        "question q, when",
        '"pink" is not an answer to "a"',
    ),
    "a condition on a number out of range": (
        HEADER + scale("a") + yesno("q", 'when = { question = "a", in = [5, 11] }'),
        "question q, when",
        '"11" is not an answer to "a"',
    ),
    "a condition nothing can meet": (
        HEADER + scale("a") + yesno("q", 'when = { question = "a", at_least = 11 }'),
        "question q, when",
        "no answer",
    ),
    "a condition without a value": (
        HEADER + scale("a") + yesno("q", 'when = { question = "a" }'),
        "question q, when",
        '"at_least" or "at_most"',
    ),
    "a range on a choice": (
        HEADER + choice("a") + yesno("q", 'when = { question = "a", at_least = 1 }'),
        "question q, when",
        "not answered with a number",
    ),
    "a condition on a skip that is not allowed": (
        HEADER + choice("a") + yesno("q", 'when = { question = "a", is = "skipped" }'),
        "question q, when",
        '"skipped" is not an answer',
    ),
    "a comparison in a condition": (
        HEADER + scale("a") + scale("b") + yesno("q", 'when = { question = "a", above = "b" }'),
        "question q, when",
        "only in [[checks]]",
    ),
    "an unknown profile fact": (
        HEADER + yesno("q", 'when = { profile = "rich" }'),
        "question q, when",
        'unknown profile fact "rich"',
    ),
    "a condition on an unknown subscale": (
        HEADER + yesno("q", 'when = { subscale = "sum", at_least = 1 }'),
        "question q, when",
        'unknown or unfinished subscale "sum"',
    ),
    "a condition on a subscale with items to come": (
        HEADER
        + yesno("a")
        + yesno("q", 'when = { subscale = "sum", at_least = 1 }')
        + yesno("b")
        + subscale("sum", ["a", "b"]),
        "question q, when",
        "unfinished subscale",
    ),
    "an unknown key in a condition": (
        HEADER + yesno("a") + yesno("q", 'when = { question = "a", is = "yes", was = "no" }'),
        "question q, when",
        'unknown key "was"',
    ),
    "a question within nobody's reach": (
        HEADER
        + yesno("a")
        + yesno("q", 'when = { all = [ { question = "a", is = "yes" }, { question = "a", is = "no" } ] }'),
        "question q",
        "no answers can ever lead",
    ),
    "points within nobody's reach": (
        HEADER + choice("colour") + yesno("q", 'when = { subscale = "sum", at_least = 4 }') + SUM + EXAMPLE,
        "question q",
        "no answers can ever lead",
    ),
    "points that exclude each other": (
        HEADER
        + choice("colour")
        + yesno("q", 'when = { all = [ { subscale = "sum", at_least = 3 }, { subscale = "sum", at_most = 1 } ] }')
        + SUM
        + EXAMPLE,
        "question q",
        "no answers can ever lead",
    ),
    "a subscale without items": (HEADER + choice("colour") + subscale("sum", []) + EXAMPLE, "subscale sum", "no items"),
    "a subscale with an unknown item": (
        HEADER + choice("colour") + subscale("sum", ["hue"]) + EXAMPLE,
        "subscale sum",
        'unknown question "hue"',
    ),
    "a subscale with an item twice": (
        HEADER + choice("colour") + subscale("sum", ["colour", "colour"]) + EXAMPLE,
        "subscale sum",
        "names an item twice",
    ),
    "a subscale with an item without points": (
        HEADER + free("note") + subscale("sum", ["note"]) + EXAMPLE.replace('colour = "green"', 'note = "x"'),
        "subscale sum",
        "carries no points",
    ),
    "a subscale that reverses a stranger": (
        HEADER + choice("colour") + subscale("sum", ["colour"], 'reversed = ["hue"]') + EXAMPLE,
        "subscale sum",
        'reverses "hue"',
    ),
    "a subscale twice": (HEADER + choice("colour") + SUM + SUM + EXAMPLE, "subscale sum", "stands twice"),
    "an unknown way to combine": (
        HEADER + choice("colour") + subscale("sum", ["colour"], 'combine = "median"') + EXAMPLE,
        "subscale sum",
        'unknown "combine" median',
    ),
    "an unknown total": (
        HEADER + 'total = "all"\n' + choice("colour") + SUM + EXAMPLE,
        "total",
        'unknown subscale "all"',
    ),
    "a band of an unknown subscale": (HEADER + choice("colour") + COVER, "band all", 'unknown subscale "sum"'),
    "a band upside down": (
        HEADER + choice("colour") + SUM + band("all", "sum", 3, 0) + EXAMPLE,
        "band all",
        '"low" is above "high"',
    ),
    "bands that overlap": (
        HEADER + choice("colour") + SUM + band("low", "sum", 0, 2) + band("high", "sum", 2, 3) + EXAMPLE,
        "band high",
        'overlaps with the band "low"',
    ),
    "bands with a gap": (
        HEADER + choice("colour") + SUM + band("low", "sum", 0, 1) + band("high", "sum", 3, 3) + EXAMPLE,
        "band high",
        'leaves a gap after the band "low"',
    ),
    "bands that leave points out": (
        HEADER + choice("colour") + SUM + band("low", "sum", 0, 2) + EXAMPLE,
        "subscale sum",
        "bands must cover 0 to 3",
    ),
    "two bands of one name": (
        HEADER + choice("colour") + SUM + band("same", "sum", 0, 1) + band("same", "sum", 2, 3) + EXAMPLE,
        "subscale sum",
        "two bands with the same id",
    ),
    "points without an example": (HEADER + choice("colour") + SUM, "examples", "at least one worked example"),
    "an example with other points": (
        HEADER + choice("colour") + SUM + EXAMPLE + "subscales = { sum = 2 }\n",
        "example one",
        'expects 2 for "sum", the answers come to 1',
    ),
    "an example with points where there are none": (
        HEADER + choice("colour") + SUM + EXAMPLE + 'subscales = { sum = "none" }\n',
        "example one",
        'expects no number for "sum", the answers come to 1',
    ),
    "an example with an unknown subscale": (
        HEADER + choice("colour") + SUM + EXAMPLE + "subscales = { total = 2 }\n",
        "example one",
        'unknown subscale "total"',
    ),
    "an example with points in words": (
        HEADER + choice("colour") + SUM + EXAMPLE + 'subscales = { sum = "two" }\n',
        "example one",
        'must be a whole number or "none"',
    ),
    "an example with another band": (
        HEADER + choice("colour") + SUM + COVER + EXAMPLE + 'bands = { sum = "high" }\n',
        "example one",
        'expects the band "high" for "sum", the answers give "all"',
    ),
    "an example that is not complete": (
        HEADER + choice("colour") + yesno("q") + EXAMPLE,
        "example one",
        "is not complete",
    ),
    "an example complete after all": (
        HEADER + choice("colour") + EXAMPLE + "complete = false\n",
        "example one",
        "is complete",
    ),
    "an example with an answer nobody asked for": (
        HEADER
        + choice("colour")
        + yesno("q", 'when = { question = "colour", is = "red" }')
        + '[[examples]]\nname = "one"\nanswers = { colour = "green", q = "yes" }\n',
        "example one",
        'answers "q", which is not asked',
    ),
    "an example with an unknown question": (
        HEADER + choice("colour") + EXAMPLE.replace("colour", "hue"),
        "example one",
        'unknown question "hue"',
    ),
    "an example with an unknown option": (
        HEADER + choice("colour") + EXAMPLE.replace("green", "pink"),
        "example one",
        '"pink" is not an answer to "colour": unknown-option',
    ),
    "an example with an unknown profile fact": (
        HEADER + choice("colour") + EXAMPLE + "profile = { rich = true }\n",
        "example one",
        'unknown profile fact "rich"',
    ),
    "an example with a contradiction it does not expect": (
        HEADER
        + days("heavy")
        + days("all")
        + '[[checks]]\nid = "more"\nwhen = { question = "heavy", above = "all" }\n'
        + LOOK
        + '[[examples]]\nname = "one"\nanswers = { heavy = 3, all = 2 }\n',
        "example one",
        "inconsistencies than the answers give: more",
    ),
    "a comparison of words": (
        HEADER
        + choice("colour")
        + days("all")
        + '[[checks]]\nid = "more"\nwhen = { question = "colour", above = "all" }\n'
        + LOOK,
        "check more, when",
        "two answers in numbers",
    ),
    "a follow-up that does not exist": (
        HEADER
        + choice("colour")
        + '[[follow_ups]]\nquestionnaire = "ghost"\nwithin_minutes = 30\nwhen = { question = "colour", is = "red" }\n',
        "follow-up",
        'no questionnaire "ghost"',
    ),
    "a follow-up without time": (
        HEADER
        + choice("colour")
        + '[[follow_ups]]\nquestionnaire = "small"\nwithin_minutes = 0\nwhen = { question = "colour", is = "red" }\n',
        "follow-up 1",
        "at least 1",
    ),
    "a signature without a date": (
        HEADER + '[signed]\nby = "Dr Example"\n' + yesno("q"),
        "signed",
        'both "by" and "on"',
    ),
    "a signature on no day": (
        HEADER + '[signed]\nby = "Dr Example"\non = "May"\n' + yesno("q"),
        "signed",
        "must be a date",
    ),
    "an unverified point that is no text": (HEADER + "unverified = [3]\n" + yesno("q"), "file", "list of texts"),
    "questions that are no list": (HEADER + "questions = 3\n", "file", '"questions" must be a list'),
    "a question that is no table": (HEADER + "questions = [3]\n", "question 1", "must be a table"),
    "broken TOML": ('id = "small', "file", "is not valid TOML"),
}
