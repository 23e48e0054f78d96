-- How the tellings of a story are to each other, and how stories are to each other.

-- The post of its story whose text it has again. NULL: it tells in its own words.
ALTER TABLE posts ADD COLUMN copy_of INTEGER;

-- 1: it came to a story that the reader had read, and adds much to it.
ALTER TABLE posts ADD COLUMN news INTEGER NOT NULL DEFAULT 0;

-- The story of days before that this one goes on with. It may have gone with its last post.
ALTER TABLE stories ADD COLUMN earlier INTEGER;

CREATE INDEX stories_after ON stories (earlier) WHERE earlier IS NOT NULL;

-- Since when the post counts as told, because another telling of its story was read. It is not read itself.
ALTER TABLE marks ADD COLUMN relay INTEGER;

DROP INDEX marks_settled;

CREATE INDEX marks_settled ON marks (source)
WHERE dropped = 0 AND (read IS NOT NULL OR skipped IS NOT NULL OR relay IS NOT NULL);

-- Since when the reader prefers it: of a story that several tell, its telling is the one shown.
ALTER TABLE sources ADD COLUMN preferred INTEGER;
