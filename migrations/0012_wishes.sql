-- What the reader asked for outright: mutes, likes, dislikes.
CREATE TABLE rules (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    wish   TEXT    NOT NULL, -- mute, like, dislike
    kind   TEXT    NOT NULL, -- word, person, source, tag
    name   TEXT    NOT NULL, -- as the reader wrote it; of a source, its number
    folded TEXT    NOT NULL, -- as it is compared
    folder TEXT    NOT NULL, -- the path of the folder that it is for, a JSON array; '': everywhere
    until  INTEGER,          -- it holds before; NULL: for ever
    made   INTEGER NOT NULL,
    UNIQUE (kind, folded, folder)
) STRICT;

-- What the reader took out of what was learned of their taste.
CREATE TABLE taste_removed (
    kind TEXT    NOT NULL,
    name TEXT    NOT NULL, -- as it is compared
    at   INTEGER NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
