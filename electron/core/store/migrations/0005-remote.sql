-- A remote workspace. Rows that were pulled carry the remote's id as their own; rows born here take ids from
-- 1 000 000 000 up (sqlite_sequence, set when the desk is connected) and get their remote_id once the remote has them.
-- What scripts and people see is `coalesce(remote_id, id)`.
ALTER TABLE customers ADD COLUMN remote_id INTEGER;
CREATE UNIQUE INDEX customers_remote ON customers (remote_id) WHERE remote_id IS NOT NULL;
ALTER TABLE departments ADD COLUMN remote_id INTEGER;
ALTER TABLE tickets ADD COLUMN remote_id INTEGER;
CREATE UNIQUE INDEX tickets_remote ON tickets (remote_id) WHERE remote_id IS NOT NULL;
ALTER TABLE messages ADD COLUMN remote_id INTEGER;
ALTER TABLE messages ADD COLUMN marker TEXT; -- class of the div that Staffdesk put around the body: finds it again on the remote
CREATE UNIQUE INDEX messages_marker ON messages (marker) WHERE marker IS NOT NULL;
CREATE UNIQUE INDEX messages_remote ON messages (remote_id) WHERE remote_id IS NOT NULL;
ALTER TABLE attachments ADD COLUMN remote_id INTEGER;
CREATE UNIQUE INDEX attachments_remote ON attachments (remote_id) WHERE remote_id IS NOT NULL;

-- Whom this desk mirrors: one row, or none on a desk of its own.
CREATE TABLE remote_desk (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kind TEXT NOT NULL CHECK (kind IN ('helpdeskz')),
  url TEXT NOT NULL,
  staff_id INTEGER NOT NULL, -- who writes: the API takes any, this desk sends one
  username TEXT NOT NULL,
  token_sealed TEXT NOT NULL, -- sealed by SecretBox
  connected_at INTEGER NOT NULL,
  paused_code TEXT, -- an error code: nothing is sent until a person did something about it
  first_sync_done_at INTEGER,
  full_scan_at INTEGER, -- when closed tickets were last read as a whole; NULL = due
  lists_at INTEGER, -- when departments, staff and customers were last read as a whole
  max_ticket_id INTEGER NOT NULL DEFAULT 0 -- highest id seen: new ones are probed above it
) STRICT;

-- The last state of each ticket that the remote confirmed: what a new row is compared with, and the base of the rebase.
CREATE TABLE remote_tickets (
  ticket_id INTEGER PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
  customer_remote_id INTEGER NOT NULL,
  department_remote_id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  status INTEGER NOT NULL,
  replies INTEGER NOT NULL,
  last_update INTEGER NOT NULL, -- the remote's seconds
  customer_name TEXT NOT NULL,
  thread_replies INTEGER, -- what `replies` and `last_update` were when the thread was last read as a whole; NULL = never
  thread_update INTEGER
) STRICT;
CREATE INDEX remote_tickets_thread ON remote_tickets (last_update, -ticket_id)
  WHERE thread_replies IS NULL OR thread_replies <> replies OR thread_update <> last_update;
CREATE INDEX remote_tickets_status ON remote_tickets (status, ticket_id);

-- Operations that the remote has not confirmed. A row leaves when it is done or a person discards it.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  group_id TEXT NOT NULL, -- of the operation in the log
  lane TEXT NOT NULL, -- what shares a lane keeps its order: «ticket 12», «customer 3»
  ticket_id INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
  message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  customer_id INTEGER REFERENCES customers (id) ON DELETE CASCADE,
  payload TEXT NOT NULL, -- JSON: what is to be sent
  before TEXT NOT NULL, -- JSON: what stood there when it was written
  seen_messages INTEGER NOT NULL DEFAULT 0, -- messages in the thread when it was written
  state TEXT NOT NULL DEFAULT 'queued'
    CHECK (state IN ('queued', 'sending', 'sent', 'uncertain', 'held', 'conflict', 'rejected')),
  attempts INTEGER NOT NULL DEFAULT 0,
  sent_at INTEGER, -- when the last attempt began
  due_at INTEGER NOT NULL DEFAULT 0, -- not before
  reason TEXT NOT NULL DEFAULT '', -- why it waits, in the remote's words or ours
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_lane ON outbox (lane, id);
CREATE INDEX outbox_ticket ON outbox (ticket_id, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX outbox_group ON outbox (group_id);
CREATE INDEX outbox_message ON outbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_customer ON outbox (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX outbox_state ON outbox (state, due_at, id);

-- Messages whose files are to be asked for again: the reference writes them after the message (behaviour.md 3.5).
CREATE TABLE remote_file_checks (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  due_at INTEGER NOT NULL,
  checks_left INTEGER NOT NULL
) STRICT;

-- A body of ours that the remote holds more than once: sent once, delivered twice on the way.
CREATE TABLE remote_doubles (
  remote_message_id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  found_at INTEGER NOT NULL
) STRICT;
CREATE INDEX remote_doubles_message ON remote_doubles (message_id);
