-- When the reader first saw a digest. NULL: it was prepared at its hour, and nobody has looked at it yet: its stories
-- were shown to no one. All that are here already were made because someone looked.
ALTER TABLE digests ADD COLUMN opened INTEGER;
UPDATE digests SET opened = made;

-- Stories that the reader's rules kept out of it.
ALTER TABLE digests ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;

-- How a post was let go: by_hand, in_bulk. What was swept away with many others says nothing of the reader's taste.
ALTER TABLE marks ADD COLUMN skipped_how TEXT;

-- Since when it was read to its end, and given to someone.
ALTER TABLE marks ADD COLUMN finished INTEGER;
ALTER TABLE marks ADD COLUMN shared INTEGER;
