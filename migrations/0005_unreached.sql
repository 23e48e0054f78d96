-- When a source was last to be asked and there was no network; NULL once it was asked since. Says nothing of the source.
ALTER TABLE sources ADD COLUMN unreached INTEGER;
