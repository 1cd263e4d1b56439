-- What working offline against a server needed besides 0005: see docs/sync.md.

-- Operations on people, departments and deletions (outbox)
CREATE UNIQUE INDEX departments_remote ON departments (remote_id) WHERE remote_id IS NOT NULL;
ALTER TABLE outbox ADD COLUMN department_id INTEGER REFERENCES departments (id) ON DELETE CASCADE; -- the operation is about it
ALTER TABLE outbox ADD COLUMN attachment_id INTEGER REFERENCES attachments (id) ON DELETE CASCADE; -- the operation is about it
CREATE INDEX outbox_department ON outbox (department_id) WHERE department_id IS NOT NULL;
CREATE INDEX outbox_attachment ON outbox (attachment_id) WHERE attachment_id IS NOT NULL;

-- Conflicts and review
ALTER TABLE outbox ADD COLUMN rank INTEGER NOT NULL DEFAULT 0; -- the lowest goes first; a lane is moved as a whole
CREATE INDEX outbox_order ON outbox (rank, id); -- the next to leave is the first of thousands
ALTER TABLE outbox ADD COLUMN aside_at INTEGER; -- when it was put aside for a person, with what the server had then
ALTER TABLE outbox ADD COLUMN looked_at INTEGER; -- when it was last looked for on the server
ALTER TABLE outbox ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN saw_all INTEGER NOT NULL DEFAULT 0 CHECK (saw_all IN (0, 1)); -- whether that look missed nothing

-- A message that the server keeps otherwise than it was sent: the text as it left stays at hand.
CREATE TABLE message_differences (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  kinds TEXT NOT NULL, -- JSON: what differs
  sent_html TEXT NOT NULL,
  found_at INTEGER NOT NULL
) STRICT;

-- What the server was found to keep of files: it lists its limits nowhere.
CREATE TABLE remote_file_limits (
  what TEXT PRIMARY KEY, -- the number of 'files' in a message; bytes of all of them ('message'), of any 'file', of one with an ending ('.exe')
  kept INTEGER, -- the most that it kept
  refused INTEGER, -- the least that it did not keep; NULL = it has kept as much since
  refused_at INTEGER
) STRICT;

-- Progress and what happened while away
ALTER TABLE remote_desk ADD COLUMN last_sync_at INTEGER; -- end of a run that went through; written now and then, an idle run writes nothing
ALTER TABLE remote_desk ADD COLUMN tickets_expected INTEGER; -- how many the server said it has
ALTER TABLE remote_desk ADD COLUMN leaves_old INTEGER NOT NULL DEFAULT 0; -- 1 = closed conversations that were never read are fetched when somebody opens them
CREATE INDEX remote_tickets_wanted ON remote_tickets (last_update, -ticket_id) -- what is to be read with leaves_old = 1
  WHERE (thread_replies IS NULL OR thread_replies <> replies OR thread_update <> last_update)
    AND NOT (status = 5 AND thread_update IS NULL);
-- What a run found after a time without the server; one row, until a person has read it.
CREATE TABLE away_report (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  from_at INTEGER NOT NULL, -- when the desk was in step last
  until_at INTEGER, -- when it was in step again; NULL = still catching up
  away_ms INTEGER NOT NULL DEFAULT 0 -- of all absences nobody has read about yet
) STRICT;
CREATE TABLE away_news (
  kind TEXT NOT NULL CHECK (kind IN ('new', 'replies', 'closed')),
  ticket_id INTEGER NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
  amount INTEGER NOT NULL, -- replies; 1 for the others
  PRIMARY KEY (kind, ticket_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX away_news_ticket ON away_news (ticket_id); -- a purge takes it along

-- Aboard: what is fetched ahead of time
-- What is known of a pulled file beyond whether its bytes are here.
CREATE TABLE aboard_files (
  attachment_id INTEGER PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
  asked_at INTEGER, -- somebody opened it without a connection: the next sync fetches it
  ahead_at INTEGER, -- fetched before anybody opened it: it may make room again
  problem TEXT CHECK (problem IN ('gone', 'too_large', 'permission', 'no_answer')), -- why it could not be fetched
  tried_at INTEGER
) STRICT;
CREATE INDEX aboard_asked ON aboard_files (asked_at) WHERE asked_at IS NOT NULL;
CREATE INDEX aboard_ahead ON aboard_files (attachment_id) WHERE ahead_at IS NOT NULL;

-- What somebody takes along, one at a time: chosen views, and how far fetching them got.
CREATE TABLE aboard_take (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  views TEXT NOT NULL, -- JSON: queues
  budget_bytes INTEGER NOT NULL, -- of attachments, those that were here already counted
  state TEXT NOT NULL CHECK (state IN ('fetching', 'paused', 'cancelled', 'done')),
  problem_code TEXT, -- an error code: why it waits, or why something of it is missing
  started_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
-- The tickets that stood in these views when it was asked for.
CREATE TABLE aboard_tickets (
  ticket_id INTEGER PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE
) STRICT;

-- Kept, and the remote has it no more
CREATE TABLE remote_lost (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  cause TEXT NOT NULL CHECK (cause IN ('restored', 'deleted')), -- by a backup that was put back, or by itself
  found_at INTEGER NOT NULL
) STRICT;

-- Convergence
-- A ticket of another time under a known id is another ticket: the remote went back to a backup.
ALTER TABLE remote_tickets ADD COLUMN created INTEGER; -- the remote's seconds; NULL = it has not told yet
ALTER TABLE remote_desk ADD COLUMN clock_offset_ms INTEGER; -- the remote's clock minus this machine's; NULL = not told
ALTER TABLE remote_desk ADD COLUMN scan_department_id INTEGER; -- how far the full scan under way is; NULL = none is
ALTER TABLE remote_desk ADD COLUMN scan_page INTEGER NOT NULL DEFAULT 1;
ALTER TABLE remote_desk ADD COLUMN checked_ticket_id INTEGER NOT NULL DEFAULT 0; -- threads are compared in turn: the last one

-- What the comparisons after full scans found; the last few are kept.
CREATE TABLE remote_checks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  checked_at INTEGER NOT NULL,
  tickets INTEGER NOT NULL, -- rows compared
  threads INTEGER NOT NULL, -- threads compared message by message
  repaired INTEGER NOT NULL,
  missing INTEGER NOT NULL -- by how many tickets the counts still differ
) STRICT;

-- Lists of the API
-- Where a row that was born here stands in lists by number: the remote's number, taken over when a walk of the list begins
-- (services/listPlaces.ts); NULL = its own id.
ALTER TABLE tickets ADD COLUMN list_number INTEGER;
CREATE INDEX tickets_listed ON tickets (list_number, department_id, status) WHERE deleted_at IS NULL AND list_number IS NOT NULL;
CREATE INDEX tickets_listed_customer ON tickets (customer_id, list_number, department_id, status)
  WHERE deleted_at IS NULL AND list_number IS NOT NULL;
CREATE INDEX tickets_unlisted ON tickets (id) WHERE remote_id IS NOT NULL AND list_number IS NOT remote_id;
ALTER TABLE customers ADD COLUMN list_number INTEGER;
CREATE INDEX customers_listed ON customers (list_number) WHERE deleted_at IS NULL AND list_number IS NOT NULL;
CREATE INDEX customers_unlisted ON customers (id) WHERE remote_id IS NOT NULL AND list_number IS NOT remote_id;

-- The counters of 0001, with buckets of these numbers.
DROP TRIGGER tickets_count_insert;
DROP TRIGGER tickets_count_remove;
DROP TRIGGER tickets_count_add;
DROP TRIGGER tickets_count_delete;
CREATE TRIGGER tickets_count_insert AFTER INSERT ON tickets WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO ticket_buckets VALUES (coalesce(NEW.list_number, NEW.id) >> 12, NEW.department_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO ticket_counts VALUES (NEW.department_id, NEW.status, NEW.assignee_id IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO customer_counts VALUES (NEW.customer_id, NEW.department_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO assignee_counts SELECT NEW.assignee_id, NEW.department_id, NEW.status, 1 WHERE NEW.assignee_id IS NOT NULL
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;
CREATE TRIGGER tickets_count_remove AFTER UPDATE OF department_id, customer_id, assignee_id, status, deleted_at, list_number ON tickets
WHEN OLD.deleted_at IS NULL BEGIN
  UPDATE ticket_buckets SET tickets = tickets - 1
    WHERE bucket = coalesce(OLD.list_number, OLD.id) >> 12 AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE ticket_counts SET tickets = tickets - 1
    WHERE department_id = OLD.department_id AND status = OLD.status AND is_assigned = (OLD.assignee_id IS NOT NULL);
  UPDATE customer_counts SET tickets = tickets - 1
    WHERE customer_id = OLD.customer_id AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE assignee_counts SET tickets = tickets - 1
    WHERE assignee_id = OLD.assignee_id AND department_id = OLD.department_id AND status = OLD.status;
END;
CREATE TRIGGER tickets_count_add AFTER UPDATE OF department_id, customer_id, assignee_id, status, deleted_at, list_number ON tickets
WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO ticket_buckets VALUES (coalesce(NEW.list_number, NEW.id) >> 12, NEW.department_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO ticket_counts VALUES (NEW.department_id, NEW.status, NEW.assignee_id IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO customer_counts VALUES (NEW.customer_id, NEW.department_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO assignee_counts SELECT NEW.assignee_id, NEW.department_id, NEW.status, 1 WHERE NEW.assignee_id IS NOT NULL
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;
CREATE TRIGGER tickets_count_delete AFTER DELETE ON tickets WHEN OLD.deleted_at IS NULL BEGIN
  UPDATE ticket_buckets SET tickets = tickets - 1
    WHERE bucket = coalesce(OLD.list_number, OLD.id) >> 12 AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE ticket_counts SET tickets = tickets - 1
    WHERE department_id = OLD.department_id AND status = OLD.status AND is_assigned = (OLD.assignee_id IS NOT NULL);
  UPDATE customer_counts SET tickets = tickets - 1
    WHERE customer_id = OLD.customer_id AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE assignee_counts SET tickets = tickets - 1
    WHERE assignee_id = OLD.assignee_id AND department_id = OLD.department_id AND status = OLD.status;
END;

DROP TRIGGER customers_count_insert;
DROP TRIGGER customers_count_remove;
DROP TRIGGER customers_count_add;
DROP TRIGGER customers_count_delete;
CREATE TRIGGER customers_count_insert AFTER INSERT ON customers WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO customer_buckets VALUES (coalesce(NEW.list_number, NEW.id) >> 12, 1)
    ON CONFLICT DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customers_count_remove AFTER UPDATE OF deleted_at, list_number ON customers WHEN OLD.deleted_at IS NULL BEGIN
  UPDATE customer_buckets SET customers = customers - 1 WHERE bucket = coalesce(OLD.list_number, OLD.id) >> 12;
END;
CREATE TRIGGER customers_count_add AFTER UPDATE OF deleted_at, list_number ON customers WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO customer_buckets VALUES (coalesce(NEW.list_number, NEW.id) >> 12, 1)
    ON CONFLICT DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customers_count_delete AFTER DELETE ON customers WHEN OLD.deleted_at IS NULL BEGIN
  UPDATE customer_buckets SET customers = customers - 1 WHERE bucket = coalesce(OLD.list_number, OLD.id) >> 12;
END;
