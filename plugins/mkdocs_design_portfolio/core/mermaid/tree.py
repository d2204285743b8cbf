"""A prepared text -> its tree, by a grammar; or where and why there is none."""

from __future__ import annotations

from dataclasses import dataclass

from .grammar import Grammar
from .lexer import Lexer, Token, Unreadable

_SHIFT, _REDUCE, _ACCEPT = 1, 2, 3


@dataclass(slots=True)
class Node:
    """A part of a diagram, named as its grammar does; as cheap to make as a `Token`."""

    name: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """What it is made of, without what lies between its tokens."""
        return "".join([part.text for part in self.parts])

    @property
    def tokens(self) -> list[Token]:
        """The tokens that it is made of."""
        return [part for part in _inside(self) if isinstance(part, Token)]

    def find(self, *names: str) -> list[Node]:
        """Return the outermost parts of these names, in order."""
        found: list[Node] = []
        for part in self.parts:
            if isinstance(part, Node):
                found += [part] if part.name in names else part.find(*names)
        return found

    def every(self, name: str) -> list[Node]:
        """Return every part of that name, those inside others too, each before what is inside it."""
        return [part for part in _inside(self) if part.name == name and isinstance(part, Node)]

    def first(self, *names: str) -> Part | None:
        """Return the first of its own parts that has one of these names."""
        for part in self.parts:
            if part.name in names:
                return part
        return None


Part = Node | Token


class Tree(Node):
    """A whole diagram, which is asked for its parts again and again: they are looked for once."""

    def __init__(self, name: str, parts: tuple[Part, ...]) -> None:
        super().__init__(name, parts)
        self._tokens: list[Token] = []
        self._nodes: dict[str, list[Node]] = {}
        for part in _inside(self):
            if isinstance(part, Node):
                self._nodes.setdefault(part.name, []).append(part)
            else:
                self._tokens.append(part)

    @property
    def tokens(self) -> list[Token]:
        """The tokens that it is made of."""
        return self._tokens

    def every(self, name: str) -> list[Node]:
        """Return every part of that name, those inside others too, each before what is inside it."""
        return self._nodes.get(name, [])


def _inside(node: Node) -> list[Part]:
    """Return all that a node is made of, each part before what is inside it."""
    found: list[Part] = []
    waiting = [*reversed(node.parts)]
    while waiting:
        part = waiting.pop()
        found.append(part)
        if isinstance(part, Node):
            waiting += reversed(part.parts)
    return found


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a text cannot be read on."""

    at: int
    token: Token | None
    """None where there is no token at all."""
    state: str
    """The state of the lexer."""
    expected: frozenset[str]
    """The names of the tokens that could have stood there."""
    before: tuple[Part, ...]
    """What was read up to there, part by part."""


def tree(grammar: Grammar, text: str) -> Tree | Stop:
    """Return the tree of a text, or where it stops being one."""
    lexer = Lexer(grammar, text)
    states = [0]
    parts: list[Part] = []
    token: Token | None = None
    while True:
        state = states[-1]
        action = grammar.defaults.get(state)
        if action is None:
            try:
                token = token or lexer.token()
            except Unreadable as wrong:
                return _stop(grammar, state, wrong.at, None, wrong.state, parts)
            found = grammar.table[state].get(token.symbol) if token.symbol else None
            if not isinstance(found, tuple):
                return _stop(grammar, state, token.start, token, lexer.states[-1], parts)
            action = found
        do, number = action
        if do == _SHIFT and token:
            parts.append(token)
            states.append(number)
            token = None
        elif do == _REDUCE:
            made, length = grammar.productions[number]
            name = grammar.symbols[made]
            inner = _flat(name, parts[len(parts) - length :])
            del parts[len(parts) - length :], states[len(states) - length :]
            following = grammar.table[states[-1]][made]
            assert isinstance(following, int)
            parts.append(Node(name, inner))
            states.append(following)
        else:
            return Tree("diagram", tuple(parts))


def _flat(name: str, parts: list[Part]) -> tuple[Part, ...]:
    """Return parts, those of one of the same name in its place: a list is one node, however its grammar builds it."""
    flat: list[Part] = []
    for part in parts:
        if part.name == name and isinstance(part, Node):
            flat += part.parts
        else:
            flat.append(part)
    return tuple(flat)


def _stop(grammar: Grammar, state: int, at: int, token: Token | None, lexing: str, parts: list[Part]) -> Stop:
    expected = frozenset(
        grammar.symbols[symbol] for symbol, action in grammar.table[state].items() if isinstance(action, tuple)
    )
    return Stop(at, token, lexing, expected, tuple(parts))
