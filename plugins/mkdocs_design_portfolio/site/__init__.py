"""The MkDocs adapter: the only place that knows URLs, events and HTML."""
