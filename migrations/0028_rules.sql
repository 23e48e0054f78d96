-- A rule may star what comes, or put it into a folder; such a rule, and one that only tells of it, stands beside the one that
-- speaks in digests. What a rule starred is told apart from the reader's own stars.

CREATE TABLE rules_anew (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    wish    TEXT    NOT NULL, -- mute, like, dislike, always; notify, star, file
    kind    TEXT    NOT NULL, -- word, person, source, tag, language, longer, shorter, relay
    name    TEXT    NOT NULL, -- as the reader wrote it; of a source, its number
    folded  TEXT    NOT NULL, -- as it is compared
    folder  TEXT    NOT NULL, -- the path of the folder that it is for, a JSON array; '': everywhere
    until   INTEGER,          -- it holds before; NULL: for ever
    made    INTEGER NOT NULL,
    target  TEXT    NOT NULL, -- of file: the path of the folder that posts go into, a JSON array; else ''
    dropped INTEGER           -- since when it is taken back; made again, it has what it did
) STRICT;
INSERT INTO rules_anew (id, wish, kind, name, folded, folder, until, made, target)
SELECT id, wish, kind, name, folded, folder, until, made, '' FROM rules ORDER BY id;
DROP TABLE rules;
ALTER TABLE rules_anew RENAME TO rules;
CREATE UNIQUE INDEX rules_about ON rules (iif(wish IN ('notify', 'star', 'file'), wish, 'digest'), kind, folded, folder, target);

ALTER TABLE marks ADD COLUMN starred_how TEXT; -- rule: by a rule; refused: the reader took the star off; NULL: by the reader
ALTER TABLE marks ADD COLUMN starred_rule INTEGER; -- which rule
CREATE INDEX marks_starred_by ON marks (starred_rule) WHERE starred_rule IS NOT NULL;

-- What rules put into folders.
CREATE TABLE filed (
    rule INTEGER NOT NULL,
    post INTEGER NOT NULL,
    PRIMARY KEY (rule, post)
) STRICT, WITHOUT ROWID;
CREATE INDEX filed_posts ON filed (post);

-- The last post that rules were shown when it came. What was there before is left as it is.
CREATE TABLE ruled (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    post INTEGER NOT NULL
) STRICT;
INSERT INTO ruled SELECT 1, coalesce(max(id), 0) FROM posts;
