-- Which imports name a source: it stays while another that can be taken back names it.
CREATE TABLE import_names (
    source INTEGER NOT NULL,
    import INTEGER NOT NULL,
    PRIMARY KEY (source, import)
) STRICT, WITHOUT ROWID;

CREATE INDEX import_names_of ON import_names (import);

INSERT OR IGNORE INTO import_names
SELECT json_extract(named.value, '$.source'), imports.id
FROM imports, json_each(imports.brought, '$.sources') AS named WHERE imports.undone IS NULL;

-- The highest numbers that people and their rows ever had: an import names them, so that none is ever given twice.
CREATE TABLE contact_ids (contact INTEGER NOT NULL, card INTEGER NOT NULL) STRICT;

INSERT INTO contact_ids SELECT
    max(coalesce((SELECT max(id) FROM contacts), 0), coalesce((
        SELECT max(json_extract(row.value, '$.contact')) FROM imports, json_each(imports.brought, '$.cards') AS row), 0)),
    max(coalesce((SELECT max(id) FROM contact_cards), 0), coalesce((
        SELECT max(json_extract(row.value, '$.card')) FROM imports, json_each(imports.brought, '$.cards') AS row), 0));

CREATE TRIGGER contact_ids_person AFTER INSERT ON contacts BEGIN UPDATE contact_ids SET contact = max(contact, NEW.id); END;

CREATE TRIGGER contact_ids_card AFTER INSERT ON contact_cards BEGIN UPDATE contact_ids SET card = max(card, NEW.id); END;
