"""YAML text -> plain data, and the place of every key and value.

A strict corner of YAML 1.2: its core schema decides what a plain word means, so
``17:30``, ``no``, ``on`` and dates stay text and ``010`` is ten. Anchors, tags and
second documents are refused, repeated keys reported. The builder follows the parser's
events with a stack of its own and counts, so no file can exhaust memory or recursion.

Source: YAML 1.2.2, 10.3 (core schema).
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import yaml
from attrs import Factory, define, frozen

from simulator.errors import Problem, ScenarioError
from simulator.scenario.mistakes import At, Path, shown, spelled
from simulator.scenario.plain_words import meaning

NODES_MAX = 20_000
DEPTH_MAX = 40

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@frozen
class Place:
    """Line and column, both counted from 1."""

    line: int
    column: int


@frozen(eq=False)
class Document:
    """What a file says, and where it says it.

    Attributes:
        name: The file, as the user named it.
        data: Mappings, lists, texts, numbers, booleans and None.
        keys: Where the key that leads to a value stands.
        values: Where a value begins.
        texts: Numbers and other plain words as they were written.
        problems: Repeated keys; their first value is the one kept.
    """

    name: str
    data: object
    keys: Mapping[Path, Place]
    values: Mapping[Path, Place]
    texts: Mapping[Path, str]
    problems: tuple[Problem, ...]

    def place(self, path: Path, at: At = "value") -> Place:
        """Return the place of a value or its key, or of the nearest one around it."""
        first, second = self.values, self.keys
        if at == "key":
            first, second = second, first
        found = first.get(path) or second.get(path)
        if found is None:
            return self.place(path[:-1], "key") if path else Place(1, 1)
        return found


def parse_yaml(text: str, name: str) -> Document:
    """Read one YAML document.

    Raises:
        ScenarioError: Not YAML, or YAML that is refused. Repeated keys do not raise.
    """
    builder = _Builder(name)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        builder.refuse(error.problem_mark, *_said(error, text))
    except yaml.reader.ReaderError as error:
        line = 1 + text.encode()[: error.position].count(b"\n")
        what = f"character that YAML does not allow (U+{_code(error.character):04X})"
        builder.refuse_at(Place(line, 1), what, "accepted: printable text")
    except UnicodeEncodeError as error:
        line = 1 + text.count("\n", 0, error.start)
        builder.refuse_at(Place(line, 1), "half a character (a surrogate)")
    data = builder.root.get("", None)
    return Document(
        name,
        data,
        builder.keys,
        builder.values,
        builder.texts,
        tuple(builder.problems),
    )


@define(eq=False)
class _Frame:
    """A mapping or list being filled; ``key`` waits for its value."""

    into: Any
    path: Path
    key: str | None = None
    dropped: bool = False


@define(eq=False)
class _Builder:
    name: str
    root: dict[str, object] = Factory(dict)
    keys: dict[Path, Place] = Factory(dict)
    values: dict[Path, Place] = Factory(dict)
    texts: dict[Path, str] = Factory(dict)
    problems: list[Problem] = Factory(list)
    _stack: list[_Frame] = Factory(list)
    _documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Follow one event of the parser."""
        if action := _ACTIONS.get(type(event)):
            action(self, event)

    def document(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            self.refuse(event.start_mark, "second document", "accepted: one in a file")

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if self._wants_key:
            return self._key(event)
        value: object = event.value
        if event.implicit[0]:
            value = meaning(event.value)
        path = self._put(value, event)
        if not isinstance(value, str):
            self.texts[path] = event.value
        return None

    def open_mapping(self, event: yaml.Event) -> None:
        self._open({}, event)

    def open_list(self, event: yaml.Event) -> None:
        self._open([], event)

    def close(self, _: yaml.Event) -> None:
        self._stack.pop()

    def alias(self, event: yaml.AliasEvent) -> None:
        what = f"alias ({shown(f'*{event.anchor}')})"
        self.refuse(event.start_mark, what, "write the value out")

    def refuse(self, mark: Any, what: str, accepted: str = "") -> NoReturn:
        """Give the file up at a mark of the parser."""
        self.refuse_at(_place(mark) if mark else Place(1, 1), what, accepted)

    def refuse_at(self, at: Place, what: str, accepted: str = "") -> NoReturn:
        """Give the file up, with what was found before."""
        problem = Problem(self.name, at.line, at.column, "", what, accepted)
        raise ScenarioError((*self.problems, problem)) from None

    @property
    def _wants_key(self) -> bool:
        top = self._stack[-1] if self._stack else None
        return top is not None and top.key is None and isinstance(top.into, dict)

    def _key(self, event: yaml.ScalarEvent) -> None:
        self._check(event)
        top, key = self._stack[-1], event.value
        top.key, top.dropped = key, key in top.into
        path = (*top.path, key)
        if top.dropped:
            at, first = _place(event.start_mark), self.keys[path].line
            what = f"repeated key {shown(key)} (first on line {first})"
            said = (self.name, at.line, at.column, spelled(path), what)
            self.problems.append(Problem(*said, "write it once"))
        else:
            self.keys[path] = _place(event.start_mark)

    def _open(self, container: Any, event: yaml.Event) -> None:
        if self._wants_key:
            self.refuse(event.start_mark, "key that is no text", "accepted: a word")
        if len(self._stack) >= DEPTH_MAX:
            deep = f"nested too deeply ({DEPTH_MAX + 1} levels)"
            self.refuse(event.start_mark, deep, f"accepted: up to {DEPTH_MAX}")
        self._stack.append(_Frame(container, self._put(container, event)))

    def _put(self, value: object, event: Any) -> Path:
        self._check(event)
        if not self._stack:
            self.root[""] = value
            path: Path = ()
        else:
            path = self._attach(self._stack[-1], value)
        self.values[path] = _place(event.start_mark)
        return path

    def _attach(self, top: _Frame, value: object) -> Path:
        if top.key is None:
            top.into.append(value)
            return (*top.path, len(top.into) - 1)
        key, top.key = top.key, None
        if top.dropped:
            # The first value counts, and so must its places.
            return (*top.path, key, "repeated")
        top.into[key] = value
        return (*top.path, key)

    def _check(self, event: Any) -> None:
        """Refuse what no scenario needs, before it can do harm."""
        if event.anchor is not None:
            what = f"anchor ({shown('&' + event.anchor)})"
            self.refuse(event.start_mark, what, "write the value out where it is used")
        if event.tag is not None:
            what = f"tag ({shown(event.tag)})"
            self.refuse(event.start_mark, what, "accepted: values without tags")
        if len(self.values) >= NODES_MAX:
            what = f"too many values (more than {NODES_MAX})"
            self.refuse(event.start_mark, what, "accepted: a smaller file")


_ACTIONS: Mapping[type, Callable[[_Builder, Any], None]] = {
    yaml.DocumentStartEvent: _Builder.document,
    yaml.ScalarEvent: _Builder.scalar,
    yaml.MappingStartEvent: _Builder.open_mapping,
    yaml.SequenceStartEvent: _Builder.open_list,
    yaml.MappingEndEvent: _Builder.close,
    yaml.SequenceEndEvent: _Builder.close,
    yaml.AliasEvent: _Builder.alias,
}


def _said(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    """Say what the parser found, with the two commonest causes named."""
    problem = " ".join(filter(None, (error.problem, error.context)))
    mark = error.problem_mark
    if mark and text[mark.index : mark.index + 1] == "\t":
        return "tab in the indentation", "accepted: spaces"
    if "mapping values" in problem:
        return f"not YAML ({problem})", "check the indentation; quote text with a colon"
    return f"not YAML ({problem})", ""


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _code(character: int | str) -> int:
    return ord(character) if isinstance(character, str) else character
