-- People of the reader's contacts files. What the reader changed of one (a name, an employer, addresses struck out) is here,
-- what the files say is in the cards; nothing is ever written back to a file.
CREATE TABLE contacts (
    id           INTEGER PRIMARY KEY,
    name         TEXT,             -- the reader's own
    organisation TEXT,             -- the reader's own
    struck       TEXT    NOT NULL DEFAULT '[]', -- a JSON array of addresses
    added        INTEGER NOT NULL,
    removed      INTEGER           -- when the reader took them off the list
) STRICT;

-- One row of one file each. The same card of two files is here once.
CREATE TABLE contact_cards (
    id      INTEGER PRIMARY KEY,
    contact INTEGER NOT NULL REFERENCES contacts (id),
    file    TEXT    NOT NULL,
    line    INTEGER NOT NULL,
    card    TEXT    NOT NULL,        -- JSON
    hash    INTEGER NOT NULL UNIQUE  -- of what it says, without its line
) STRICT;
CREATE INDEX contact_cards_contact ON contact_cards (contact);

-- What was asked about contacts and what was heard; NULL where there was no answer. A question names a host, a page, an
-- account or a mail address, and is asked again after its time.
CREATE TABLE contact_answers (
    question TEXT    PRIMARY KEY,
    asked    INTEGER NOT NULL,
    again    INTEGER NOT NULL,
    answer   TEXT
) STRICT, WITHOUT ROWID;

-- "That is not this person": never offered for them again.
CREATE TABLE contact_verdicts (
    contact INTEGER NOT NULL REFERENCES contacts (id),
    kind    TEXT    NOT NULL,
    place   TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (contact, kind, place)
) STRICT, WITHOUT ROWID;
