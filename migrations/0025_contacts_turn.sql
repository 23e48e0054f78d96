-- Counts every change of the people and of what was heard of them: who has worked out what they come to need not do so anew
-- while it stands. Kept by triggers, so that no writer can forget it, in this process or in another.
CREATE TABLE contacts_turn (turn INTEGER NOT NULL) STRICT;

INSERT INTO contacts_turn VALUES (0);

CREATE TRIGGER contacts_turn_person_new AFTER INSERT ON contacts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_person_other AFTER UPDATE ON contacts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_person_gone AFTER DELETE ON contacts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_card_new AFTER INSERT ON contact_cards BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_card_other AFTER UPDATE ON contact_cards BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_card_gone AFTER DELETE ON contact_cards BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_verdict_new AFTER INSERT ON contact_verdicts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_verdict_gone AFTER DELETE ON contact_verdicts BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_answer_new AFTER INSERT ON contact_answers BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_answer_other AFTER UPDATE ON contact_answers BEGIN UPDATE contacts_turn SET turn = turn + 1; END;

CREATE TRIGGER contacts_turn_answer_gone AFTER DELETE ON contact_answers BEGIN UPDATE contacts_turn SET turn = turn + 1; END;
