"""A prepared text -> the tokens that a grammar is made of, by the rules of its lexer."""

from __future__ import annotations

from dataclasses import dataclass, field

from .grammar import END, Grammar

_COMMENT = "%%"


class Unreadable(Exception):
    """No rule of the lexer fits what stands at an offset."""

    def __init__(self, at: int, state: str) -> None:
        super().__init__(at)
        self.at = at
        self.state = state


@dataclass(slots=True)
class Token:
    """A piece of the text. There are many, and frozen ones would take four times as long to make."""

    symbol: int
    """0 for one that no grammar knows."""
    name: str
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where the next piece begins."""
        return self.start + len(self.text)


@dataclass
class Lexer:
    """The tokens of one text, asked for one by one."""

    grammar: Grammar
    text: str
    at: int = 0
    states: list[str] = field(default_factory=lambda: ["INITIAL"])
    first: bool = True
    """Whether the word that begins a flowchart is still to come."""
    done: bool = False
    """Whether the rules were asked what they make of the end of the text."""

    def token(self) -> Token:
        """Return the next token; raise `Unreadable` where there is none."""
        for _ in range(len(self.text) + 1000):  # more would be a lexer that makes no progress
            if found := self._match():
                return found
        raise Unreadable(self.at, self.states[-1])

    def _match(self) -> Token | None:
        """Let the first rule that fits do its work."""
        grammar, state = self.grammar, self.states[-1]
        if self.done:
            return Token(END, "end of text", self.at, "")
        self.done = self.at >= len(self.text)
        # The rest as a text of its own: its beginning is one to `\\b`, as it is in Mermaid.
        found = grammar.states[state].match(self.text[self.at :])
        if found is None or found.lastindex is None:
            if self.done:
                return Token(END, "end of text", self.at, "")
            raise Unreadable(self.at, state)
        start, matched = self.at, found[0]
        self.at += len(matched)
        for operation, value in grammar.operations[grammar.rules[state][found.lastindex - 1]]:
            if operation == "id":
                matched = matched.partition(_COMMENT)[0]
                self.at = start + len(matched or found[0])
                if not matched:
                    return None
            elif operation in ("token", "letter"):
                return self._token(value if operation == "token" else matched[0], start, matched)
            else:
                self._do(operation, value, start, state)
        return None

    def _do(self, operation: str, value: str, start: int, state: str) -> None:
        """Do what a rule says beside making a token."""
        if operation == "begin":
            self.states.append(value)
        elif operation == "first" and self.first:
            self.first = False
            self.states.append(value)
        elif operation == "pop" and len(self.states) > 1:
            self.states.pop()
        elif operation == "again":
            self.at = start
        elif operation == "bad":
            raise Unreadable(start, state)

    def _token(self, value: int | str, start: int, text: str) -> Token:
        number = value if isinstance(value, int) else self.grammar.numbers.get(value, 0)
        return Token(number, self.grammar.symbols[number] if number else str(value), start, text)
