-- What the reader did with tellings that were let go since: their story is still one that was read, or skipped.

ALTER TABLE stories ADD COLUMN read INTEGER; -- since when, by the last such telling

ALTER TABLE stories ADD COLUMN skipped INTEGER;
