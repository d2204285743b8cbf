"""Where a parser stopped -> what is wrong there, and what to write instead.

What cannot be told for certain is told as it is: what stands there, and what could.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from dataclasses import dataclass

from .diagram import Diagram
from .known import Mistake
from .lexer import Token
from .prepared import decoded
from .tree import Stop

_BRACKETS = {
    "SQS": "[",
    "PS": "(",
    "DIAMOND_START": "{",
    "STADIUMSTART": "([",
    "SUBROUTINESTART": "[[",
    "(-": "(-",
    "CYLINDERSTART": "[(",
    "DOUBLECIRCLESTART": "(((",
    "TAGEND": ">",
    "TRAPSTART": "[/",
    "INVTRAPSTART": "[\\",
}
"""What opens a node of a flowchart, by the name of its token."""
_CLOSES = str.maketrans("([{/\\>", ")]}/\\]")
_BLOCKS = frozenset(["loop", "alt", "opt", "par", "par_over", "critical", "break", "rect", "box", "subgraph"])
_BRACES = frozenset({"STRUCT_START", "BLOCK_START", "LBRACE"})
_LABELS = frozenset({"text", "ellipseText", "trapText"})
"""States of the lexer inside a node."""
_TEXT_ARROW = re.compile(r"(?<![-=<.])(?P<arrow>-+>+|=+>+|>>|<-|→|⇒)")
_MENDED = {"->": "-->", "=>": "==>", ">>": "-->", "→": "-->", "⇒": "==>"}
_DIRECTIONS = frozenset(["TB", "TD", "BT", "LR", "RL"])
_NAMES = frozenset({"NODE_STRING", "ALPHA", "UNICODE_TEXT", "NUM", "ACTOR", "ID"})
_WORDS = {
    "NEWLINE": "a new line",
    "NL": "a new line",
    "EOF": "the end",
    "end of text": "the end",
    "TXT": "': text'",
    "COLON": "':'",
    "NODE_STRING": "a name",
    "LINK": "an arrow",
    "ACTOR": "a name",
    "ID": "a name",
    "SPACE": "a space",
    "LINE": "'--'",
    "DOTTED_LINE": "'..'",
    "taskData": "': …'",
    "AS": "'as'",
    "ATTRIBUTE_WORD": "a name",
    "LABEL": "': text'",
    "MEMBER": "a member",
    "STRUCT_STOP": "'}'",
    "BLOCK_STOP": "'}'",
    "SQE": "']'",
    "PE": "')'",
}
_INNER = frozenset({"error", "acc_title", "acc_descr", "acc_descr_multiline_value", "MINUS", "SPACE"})


@dataclass(frozen=True)
class _Place:
    """Where a parser stopped in a diagram, and what stands around."""

    diagram: Diagram
    stop: Stop

    @property
    def text(self) -> str:
        return f"{self.diagram.text.text}\n"

    @property
    def name(self) -> str:
        """The name of the token that could not be, or nothing."""
        return self.stop.token.name if self.stop.token else ""

    @property
    def at(self) -> int:
        """Where that token's own text begins; at the end of a diagram, where its last text does."""
        at, text = self.stop.at, self.text
        if self.is_end:
            return max(0, len(text[:at].rstrip()) - 1)
        blank = " \t" if not self.stop.token or self.stop.token.text.isspace() else " \t\n"
        while at < len(text) and text[at] in blank:
            at += 1
        return at

    @property
    def is_end(self) -> bool:
        """Whether nothing follows."""
        return not self.text[self.stop.at :].strip()

    @property
    def is_line_end(self) -> bool:
        return self.is_end or self.text[self.at] == "\n"

    @property
    def line(self) -> str:
        """The line in which it stopped, stripped."""
        start = self.text.rfind("\n", 0, self.at) + 1
        return self.text[start:].partition("\n")[0].strip()

    @property
    def before(self) -> str:
        """What stands before in that line."""
        return self.text[self.text.rfind("\n", 0, self.at) + 1 : self.at].strip()

    def opened(self, names: Container[str]) -> Token | None:
        """Return the last token of these names that waits for its end."""
        parts = (part for part in reversed(self.stop.before) if isinstance(part, Token))
        return next((part for part in parts if part.name in names), None)

    def mistake(self, fact: str, remedy: str = "", *, at: int | None = None) -> Mistake:
        return Mistake(self.diagram.line(self.at if at is None else at), fact, remedy)


def advise(diagram: Diagram, stop: Stop) -> Mistake:
    """Return what is wrong where a parser stopped."""
    place = _Place(diagram, stop)
    rules = (_comment, *_BY_GRAMMAR.get(diagram.grammar, ()), _open_brace, _open_block, _closer, _generic)
    return next(found for rule in rules if (found := rule(place)))


def _comment(place: _Place) -> Mistake | None:
    if place.before and "%%" in (place.before[-2:], place.text[place.at : place.at + 2]):
        return place.mistake("a comment stands behind a statement", "give it a line of its own")
    return None


def _closer(place: _Place) -> Mistake | None:
    char = place.text[place.at]
    if char in ")]}" and not place.opened(_BRACES):
        return place.mistake(f"this '{char}' closes nothing", "remove it, or put the label in double quotes")
    return None


def _odd_quote(place: _Place) -> Mistake | None:
    """A quote without its other, in a grammar whose texts end with their line."""
    start = 0
    for line in place.text[: place.text.find("\n", place.at)].split("\n"):
        if line.count('"') % 2:
            return place.mistake("a '\"' is not closed", "add the other '\"'", at=start + line.index('"'))
        start += len(line) + 1
    return None


# flowcharts ---------------------------------------------------------------------------------------


def _direction(place: _Place) -> Mistake | None:
    words = place.line.replace(";", " ").split()
    if place.diagram.line(place.at) != place.diagram.line(0) or len(words) < 2 or place.opened(_BRACKETS):
        return None
    if words[1] not in _DIRECTIONS and words[1] not in "<>^v":
        return place.mistake(f"unknown direction '{words[1]}'", "write TB, BT, LR or RL")
    return place.mistake(f"more than the direction stands behind '{words[0]} {words[1]}'", "begin a new line")


def _quote(place: _Place) -> Mistake | None:
    """A quote that is not closed, or one in the middle of a label."""
    opener = place.opened({*_BRACKETS, "PIPE"})
    if place.name in ("STR", "QUOTE", "MD_STR") or (place.stop.state in ("string", "md_string") and place.is_end):
        start = place.text.rfind('"', 0, place.stop.at)
        if opener and place.text[opener.end : start].strip():
            fact = "a '\"' stands inside a label"
            return place.mistake(fact, "put the whole label in double quotes, and write #quot; for one in it", at=start)
        if place.is_end or place.text.count('"', start + 1) == 0:
            return place.mistake("a '\"' is not closed", "add the other '\"'", at=start)
    return None


def _data(place: _Place) -> Mistake | None:
    if place.stop.state.startswith("shapeData"):
        start = place.text.rfind("@{", 0, place.stop.at)
        return place.mistake("'@{' is not closed", "add '}'", at=start)
    return None


def _label(place: _Place) -> Mistake | None:
    """A node whose bracket is not closed, or one with a bracket in its label."""
    opener = place.opened(_BRACKETS)
    if opener is None or place.stop.state not in _LABELS:
        return None
    bracket = _BRACKETS[opener.name]
    said = decoded(place.text[opener.end : place.at])
    end = bracket[::-1].translate(_CLOSES)
    if place.is_line_end or "\n" in said or re.search(r"[-=.]{2,}[->xo]", said):
        return place.mistake(f"'{bracket}' is not closed", f"add '{end}' behind the label", at=opener.start)
    label = decoded(place.text[opener.end :].partition("\n")[0])
    label = re.split(r"\s*(?:[-=.]{2,}[->]|[-=.]{3,})", label)[0].strip().removesuffix(end)
    char = place.text[place.at]
    return place.mistake(f"'{char}' stands in a label without quotes", f'write {bracket}"{label}"{end}')


def _pipe(place: _Place) -> Mistake | None:
    pipe = place.opened({"PIPE"})
    if pipe is None or place.stop.state not in _LABELS:
        return None
    if place.is_line_end or "\n" in place.text[pipe.end : place.at]:
        return place.mistake("'|' is not closed", "add '|' behind the label of the arrow", at=pipe.start)
    return place.mistake(f"'{place.text[place.at]}' stands in a label without quotes", 'write the label as |"…"|')


def _end_word(place: _Place) -> Mistake | None:
    if place.name != "end":
        return None
    if re.fullmatch(r"end\s*;?", place.line, re.IGNORECASE):
        return place.mistake("this 'end' closes nothing", "remove it")
    if place.diagram.grammar == "flowchart":
        return place.mistake("'end' is a word of Mermaid and cannot name a node", "write 'End', or 'stop[end]'")
    return place.mistake("'end' is a word of Mermaid and cannot be a name", "give it another name")


def _arrow(place: _Place) -> Mistake | None:
    """An arrow of another language, or one without an end."""
    found = _TEXT_ARROW.search(re.sub(r'"[^"]*"|\|[^|]*\||\[[^\]]*\]', lambda it: "·" * len(it[0]), place.line))
    if found and found["arrow"] in _MENDED:
        return place.mistake(f"unknown arrow '{found['arrow']}'", f"write '{_MENDED[found['arrow']]}'")
    if place.name in ("LINK", "START_LINK"):
        if not place.before:
            return place.mistake("an arrow without a node before it", "name the node that it begins at")
        return place.mistake("an arrow follows an arrow", "name the node between them")
    if place.is_line_end and re.search(r"(?:[-=.]{2,}[>xo]?|~~~|\|)$", place.line):
        return place.mistake("an arrow without a node behind it", "name the node that it leads to")
    return None


def _two_names(place: _Place) -> Mistake | None:
    keyword = re.match(r"(?:linkStyle|style|classDef|class|click)\b", place.line)
    if keyword or place.name not in _NAMES or not (first := re.search(r"[\w.-]+$", place.before)):
        return None
    second = re.match(r"[\w.-]*", place.text[place.at :])
    words = f"{first[0]} {second[0] if second else ''}".strip()
    if place.diagram.grammar == "flowchart":
        remedy = f'a name is one word; write {first[0].lower()}["{words}"]'
    else:
        remedy = "a name is one word; put one with spaces in quotes"
    return place.mistake(f"'{words}' are two names side by side", remedy)


# sequences ----------------------------------------------------------------------------------------


def _message(place: _Place) -> Mistake | None:
    """A message without its text, or without an arrow."""
    line = place.line
    if "TXT" in place.stop.expected and place.is_line_end:
        what = "a note" if re.match("note", line, re.IGNORECASE) else "a message"
        return place.mistake(f"{what} without a text", "add ': ' and what is said")
    word = line.split()[0].lower() if line else ""
    if word in ("else", "and", "option") and place.name == word:
        whole = {"else": "alt", "and": "par", "option": "critical"}[word]
        return place.mistake(f"'{word}' stands in no '{whole}'", f"begin with a line '{whole} …'")
    if ";" in place.before:
        return place.mistake("a ';' ends a message", "write '#59;' for one in a text")
    found = re.search(r"(?P<arrow>=+>+|→|⇒|(?<!-)-+>>>+)", line)
    if found:
        return place.mistake(f"unknown arrow '{found['arrow']}'", "write '->>' or '-->>'")
    if place.name == "NEWLINE" and "SOLID_ARROW" in place.stop.expected:
        return place.mistake(f"'{_cut(line)}' is no message", "write 'A->>B: what is said'")
    if word == "note" and not re.match(r"note\s+(?:left of|right of|over)\b", line, re.IGNORECASE):
        return place.mistake("a note without a place", "write 'Note over A: …', 'left of' or 'right of'")
    return None


# entities, classes, states ------------------------------------------------------------------------


def _relationship(place: _Place) -> Mistake | None:
    if "COLON" in place.stop.expected and re.search(r"[|}o][|o]?(?:--|\.\.)", place.line) and ":" not in place.line:
        return place.mistake("a relationship without a label", "add ': ' and a word, or ': \"\"' for none")
    found = re.search(r"(?P<arrow>-+>+|=+>|<-+|(?<=\s)-{1,}(?=\s)|(?<=\s)\|--)", place.line)
    if found and place.diagram.grammar == "er":
        return place.mistake(f"unknown relationship '{found['arrow']}'", "write one such as '||--o{'")
    label = re.search(r":\s*(\w+ \w[\w ]*)$", place.line)
    if label and place.diagram.grammar == "er":
        return place.mistake(f"the label '{label[1]}' has spaces and no quotes", f'write : "{label[1]}"')
    if place.name == "BLOCK_STOP":
        before = len(place.text[: place.stop.at].rstrip()) - 1
        return place.mistake("an attribute without a name", "write its type and its name: 'string id'", at=before)
    return None


def _open_brace(place: _Place) -> Mistake | None:
    opener = place.opened(_BRACES)
    if opener and place.is_end:
        return place.mistake("'{' is not closed", "add a line '}'", at=opener.start)
    return None


def _open_block(place: _Place) -> Mistake | None:
    opener = place.opened(_BLOCKS)
    if opener and place.is_end:
        word = opener.text.strip().split()[0]
        return place.mistake(f"'{word}' is not closed", "add a line 'end'", at=opener.start)
    return None


def _generic(place: _Place) -> Mistake:
    expected = sorted({_WORDS.get(name, f"'{name}'") for name in place.stop.expected - _INNER})
    hint = f"expected {' or '.join(expected)}" if 0 < len(expected) <= 3 else "see Mermaid's own guide to this kind"
    if place.is_line_end:
        return place.mistake(f"'{_cut(place.line)}' is not complete", hint)
    found = re.match(r"[\w-]+|\S", decoded(place.text[place.at :].partition("\n")[0]))
    what = found[0] if found else place.text[place.at]
    return place.mistake(f"'{what}' cannot stand here, in '{_cut(place.line)}'", hint)


def _cut(line: str) -> str:
    line = decoded(line)
    return line if len(line) <= 60 else f"{line[:59]}…"


_Rule = Callable[[_Place], "Mistake | None"]
_BY_GRAMMAR: dict[str, tuple[_Rule, ...]] = {
    "flowchart": (_quote, _data, _label, _pipe, _direction, _end_word, _open_block, _arrow, _two_names),
    "sequence": (_open_block, _end_word, _message),
    "er": (_open_brace, _odd_quote, _relationship),
    "state": (_open_brace, _odd_quote, _arrow),
    "class": (_open_brace, _odd_quote, _two_names),
    "block": (_open_block, _arrow),
}
