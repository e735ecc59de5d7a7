"""Loads every questionnaire from content/ and from a programme's own folder; lists what no clinician has signed.

A file is named after its questionnaire: `daily.toml` is the version given now. An earlier version that is still being
answered stays as `daily@1.toml`, loaded under that name. `_answers.toml` holds the yes and no that all of them share.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from peerbot.care.questionnaires.model import Questionnaire
from peerbot.care.questionnaires.soundness import mistakes
from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.questionnaires.reading import YesNo, read_questionnaire, read_yesno
from peerbot.content_files.questionnaires.table import Table

FOLDER = CONTENT / "questionnaires"
_SHARED = "_answers.toml"


def load_questionnaires(folder: Path = FOLDER, extra: Path | None = None) -> dict[str, Questionnaire]:
    """Load all questionnaires by id; a file in `extra` replaces the one of the same id. Raises ContentError.

    What a programme's file replaces stays under "id@version", as earlier versions do: no answer loses its question.
    """
    yesno = read_yesno(_table(FOLDER / _SHARED))
    loaded = _load_folder(folder, yesno)
    for name, (file, questionnaire) in (_load_folder(extra, yesno) if extra else {}).items():
        replaced = loaded.get(name)
        if replaced is not None:
            _keep_earlier(loaded, replaced[1], file, questionnaire)
        loaded[name] = (file, questionnaire)
    for file, questionnaire in loaded.values():
        for follow_up in questionnaire.follow_ups:
            if follow_up.questionnaire not in loaded:
                raise ContentError(file, "follow-up", f'there is no questionnaire "{follow_up.questionnaire}"')
    return {name: questionnaire for name, (_, questionnaire) in loaded.items()}


def of_version(questionnaires: Mapping[str, Questionnaire], id_: str, version: int) -> Questionnaire | None:
    """The questionnaire as it was when answers were given under this version; None when nobody kept it."""
    found = questionnaires.get(f"{id_}@{version}", questionnaires.get(id_))
    return found if found is not None and found.version == version else None


def unsigned(questionnaires: Mapping[str, Questionnaire]) -> list[str]:
    """One plain sentence for each questionnaire nobody signed and for each unverified point, for `peerbot doctor`."""
    sentences = []
    for name, questionnaire in sorted(questionnaires.items()):
        if not questionnaire.signed_by:
            sentences.append(f"Questionnaire {name} (version {questionnaire.version}) is not signed by a clinician.")
        sentences += [f"Questionnaire {name}: {point}" for point in questionnaire.unverified]
    return sentences


_Loaded = dict[str, tuple[str, Questionnaire]]


def _load_folder(folder: Path, yesno: YesNo) -> _Loaded:
    if not folder.is_dir():
        raise ContentError(str(folder), "folder", "there is no such folder")
    loaded: _Loaded = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name != _SHARED:
            loaded[path.stem] = (path.name, _load(path, yesno))
    return loaded


def _load(path: Path, yesno: YesNo) -> Questionnaire:
    questionnaire = read_questionnaire(_table(path), yesno)
    if path.stem not in (questionnaire.id, f"{questionnaire.id}@{questionnaire.version}"):
        raise ContentError(path.name, "id", f'"{questionnaire.id}" belongs in a file named {questionnaire.id}.toml')
    for entry, reason in mistakes(questionnaire):
        raise ContentError(path.name, entry, reason)
    return questionnaire


def _keep_earlier(loaded: _Loaded, replaced: Questionnaire, file: str, by: Questionnaire) -> None:
    if replaced == by:
        return
    if replaced.version == by.version:
        raise ContentError(file, "version", f"version {by.version} is already taken by other questions, give a new one")
    loaded.setdefault(f"{replaced.id}@{replaced.version}", (file, replaced))


def _table(path: Path) -> Table:
    try:
        return Table(path.name, "file", tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(path.name, "file", f"is not valid TOML: {error}") from error
    except OSError as error:
        raise ContentError(path.name, "file", f"cannot be read: {error.strerror}") from error
