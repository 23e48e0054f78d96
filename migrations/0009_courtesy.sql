-- When it asks not to be visited (skipHours, skipDays): bits 0 to 23 are hours in Greenwich, 24 to 30 days from Monday.
ALTER TABLE sources ADD COLUMN quiet INTEGER;

-- How one logs in there: 'basic', 'bearer', 'headers'. The secret itself is in the system's keychain, never here.
ALTER TABLE sources ADD COLUMN login TEXT;

-- The address of its own small picture, as its feed names it.
ALTER TABLE sources ADD COLUMN icon TEXT;
