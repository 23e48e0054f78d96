-- A star rule acts on what comes after it was made, or made again: what it starred in an earlier life is not its own any more.

ALTER TABLE rules ADD COLUMN after INTEGER NOT NULL DEFAULT 0; -- the last post that was there then
