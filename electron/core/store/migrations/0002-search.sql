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

-- FTS5 merges by itself in the middle of whoever writes: at a million tickets one reply in a hundred took 200 ms.
-- So it does not; every write merges a few pages of its own accord (search/mergeSteps.ts), and 64 runs are the fuse.
INSERT INTO ticket_search (ticket_search, rank) VALUES ('automerge', 0), ('crisismerge', 64);
INSERT INTO ticket_suggest (ticket_suggest, rank) VALUES ('automerge', 0), ('crisismerge', 64);

-- Tickets whose index entry is missing or old. Work and queue move in one transaction, so a kill loses nothing.
CREATE TABLE search_queue (
  ticket_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO search_queue SELECT id FROM tickets WHERE deleted_at IS NULL;
