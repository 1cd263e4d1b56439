-- Full-text search. Both indexes are contentless: the text lives in tickets, customers, messages and notes.
-- One document per ticket, row id = ticket id. `scope` holds marker tokens nobody can type (U+E000 and a code):
-- the department, and whether files are attached. CJK text is cut into bigrams before it gets here.
CREATE VIRTUAL TABLE ticket_search USING fts5 (
  subject, people, body, scope,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- As-you-type: subjects and customers only, row id = ticket id. Every prefix of 2 to 8 characters has its own list;
-- a prefix without one is merged from the lists of all its words (40 ms for a mail host that everybody has).
CREATE VIRTUAL TABLE ticket_suggest USING fts5 (
  words,
  content = '', contentless_delete = 1, detail = none, prefix = '2 3 4 5 6 7 8', tokenize = 'unicode61 remove_diacritics 2'
);

-- Tickets whose index entry is missing or old. Work and queue move in one transaction, so a kill loses nothing.
CREATE TABLE search_queue (
  ticket_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO search_queue SELECT id FROM tickets WHERE deleted_at IS NULL;
