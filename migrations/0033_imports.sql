-- What each import brought, so that it can be taken back: sources, folders, people. The latest alone are kept.
CREATE TABLE imports (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    file    TEXT    NOT NULL, -- its name
    brought TEXT    NOT NULL, -- JSON
    people  INTEGER NOT NULL, -- how many of what it brought are rows of people
    undone  INTEGER           -- since when it is taken back
) STRICT;
