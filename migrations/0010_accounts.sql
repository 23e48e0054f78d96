-- Accounts of the reader's own, whose home timeline and lists can be followed. What lets them in is in the system's
-- keychain, never here.
CREATE TABLE accounts (
    server   TEXT    NOT NULL, -- scheme, host and port
    user     TEXT    NOT NULL, -- its name there
    name     TEXT    NOT NULL, -- the name that it shows
    portrait TEXT,
    since    INTEGER NOT NULL, -- signed in
    PRIMARY KEY (server, user)
) STRICT, WITHOUT ROWID;

-- What the reader said of two sources: they are one person (1), or they are not (0).
CREATE TABLE person_verdicts (
    one      INTEGER NOT NULL REFERENCES sources (id), -- the one that was followed first
    other    INTEGER NOT NULL REFERENCES sources (id),
    together INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
