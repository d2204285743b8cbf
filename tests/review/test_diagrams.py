"""The boxes of diagrams, as people draw them."""

from __future__ import annotations

import pytest

from mkdocs_design_portfolio.core.review.diagrams import boxes_of

CASES = {
    "boxes drawn with lines, one inside another": (
        "text",
        """
        ┌─ Gateway node ───────────────┐
        │ ┌───────┐      ┌───────────┐ │    ┌──────────┐
        │ │ Match ├─────>│ Deny      ├─┼───>│ Redis    │
        │ └───────┘ miss │ cache     │ │    │ cluster  │
        │                └───────────┘ │    └──────────┘
        └──────────────────────────────┘
        """,
        [("Gateway node", True), ("Match", False), ("Deny cache", False), ("Redis cluster", False)],
    ),
    "boxes drawn with plus and minus": (
        "",
        """
        +--------+      +-----------+
        | Client |----->|  Server   |
        +--------+      +-----+-----+
                              |
                              v
                        +-----+-----+
                        |  Database |
                        +-----------+
        """,
        [("Client", False), ("Server", False), ("Database", False)],
    ),
    "an arrow that meets the upper side of a box": (
        "text",
        """
           │ publish
        ┌──▼────┐
        │ Queue │
        └──┬────┘
           ▼
        """,
        [("Queue", False)],
    ),
    "lines that enclose a label are no box": (
        "text",
        """
        ┌─────┐
        │  A  │
        └┬───┬┘
         │   └── reads ──┐
         │ writes        │
         ▼               ▼
        ┌─────┐        ┌─────┐
        │  B  │        │  C  │
        └─────┘        └─────┘
        """,
        [("A", False), ("B", False), ("C", False)],
    ),
    "a chain of arrows": (
        "text",
        "Client -> [Load balancer] --> App servers => Database",
        [("Client", False), ("Load balancer", False), ("App servers", False), ("Database", False)],
    ),
    "a Mermaid flowchart": (
        "mermaid",
        """
        flowchart LR
          %% a comment
          C[Client] -->|HTTPS| G(API gateway)
          G --> Q[(Job store)] & W{{"Worker<br/>pool"}}
          W -. writes .-> Log:::cold
          subgraph zone1 [Zone one]
            A --> C
          end
          classDef cold fill:#eee
        """,
        [
            ("Client", False), ("API gateway", False), ("Job store", False), ("Worker pool", False), ("Log", False),
            ("Zone one", True), ("A", False),
        ],
    ),
    "a Mermaid flowchart whose names have the letters of an arrow": (
        "mermaid",
        "flowchart LR\n  pool[Worker pool] --> box\n  box o--o pool\n  box ~~~ proxx\n  proxx -->|reads| food[(Food)]",
        [("Worker pool", False), ("box", False), ("proxx", False), ("Food", False)],
    ),
    "a Mermaid sequence": (
        "mermaid",
        """
        sequenceDiagram
          participant C as Client app
          C->>Server: hello
          Server-->>C: hello
        """,
        [("Client app", False), ("Server", False)],
    ),
    "a language that is not read": ("dot", "digraph { a -> b }", []),
    "no diagram at all": ("text", "just\nwords", []),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_boxes(name):
    language, drawn, expected = CASES[name]
    found = boxes_of(drawn.split("\n"), language=language, first_line=1)
    assert [(box.label, box.outer) for box in found] == expected
    for box in found:
        assert box.label.split()[0].strip(",") in drawn.split("\n")[box.line - 1]
