-- What the reader's word on two posts changed beside their stories, and what grouping has still to do.

-- The posts as other devices know them: one that its server took back and brings again still obeys.
ALTER TABLE story_verdicts ADD COLUMN one_key TEXT;

ALTER TABLE story_verdicts ADD COLUMN other_key TEXT;

UPDATE story_verdicts SET one_key = (SELECT key FROM posts WHERE id = one), other_key = (SELECT key FROM posts WHERE id = other);

-- JSON: what it put down, lifted and freed, to be put back when it is taken back.
ALTER TABLE story_verdicts ADD COLUMN changed TEXT NOT NULL DEFAULT '{}';

CREATE INDEX story_verdicts_of_other ON story_verdicts (other, one);

CREATE INDEX story_verdicts_of_key ON story_verdicts (one_key);

CREATE INDEX story_verdicts_of_other_key ON story_verdicts (other_key);

-- Posts that the reader's word made a story of their own: they may enter the next digest, whenever they came.
CREATE TABLE freed (
    post INTEGER PRIMARY KEY,
    at   INTEGER NOT NULL
) STRICT;

-- Posts that have a story, and were not yet compared with the others of it.
CREATE TABLE unrelated (
    post   INTEGER PRIMARY KEY,
    edited INTEGER NOT NULL -- 1: it was compared before, when it said something else
) STRICT;
