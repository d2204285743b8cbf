"""The domain of a design portfolio: no MkDocs, no Jinja, no click below this folder."""
