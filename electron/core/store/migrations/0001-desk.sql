-- The desk: tables of a HelpDeskZ-compatible workspace. Times: integer milliseconds UTC.
-- Ids are AUTOINCREMENT: a deleted ticket's number never comes back (behaviour.md part 1, «Ids»).

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE departments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  is_private INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE staff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  username TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  password_hash TEXT NOT NULL, -- argon2id, PHC string
  role TEXT NOT NULL CHECK (role IN ('admin', 'agent')),
  is_active INTEGER NOT NULL DEFAULT 1,
  totp_secret TEXT, -- base32
  totp_last_step INTEGER, -- newest accepted time step: a code works once
  created_at INTEGER NOT NULL,
  last_login_at INTEGER,
  previous_login_at INTEGER -- what the API calls last_login (behaviour.md 2.7)
) STRICT;

CREATE TABLE staff_departments (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  department_id INTEGER NOT NULL REFERENCES departments (id),
  PRIMARY KEY (staff_id, department_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff_sessions (
  token_hash BLOB PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  created_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Failed sign-ins per address, shared by the app and the API (behaviour.md part 1, «Lockout»).
CREATE TABLE login_attempts (
  address TEXT PRIMARY KEY,
  attempts INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE login_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER,
  username TEXT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  succeeded INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  token_hash BLOB NOT NULL UNIQUE, -- sha-256; the token itself is shown once
  permissions TEXT NOT NULL, -- JSON array
  ip_list TEXT NOT NULL, -- JSON array
  is_active INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  last_used_address TEXT,
  deleted_at INTEGER
) STRICT;

CREATE TABLE customers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  email_key TEXT NOT NULL, -- lower case: one customer per address, enforced (the reference only checks)
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX customers_email ON customers (email_key) WHERE deleted_at IS NULL;
CREATE INDEX customers_name ON customers (name COLLATE NOCASE) WHERE deleted_at IS NULL;
CREATE INDEX customers_live ON customers (id) WHERE deleted_at IS NULL;

CREATE TABLE tickets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  department_id INTEGER NOT NULL REFERENCES departments (id),
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  assignee_id INTEGER REFERENCES staff (id),
  status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 5),
  priority INTEGER NOT NULL DEFAULT 1 CHECK (priority BETWEEN 1 AND 6),
  subject TEXT NOT NULL,
  preview TEXT NOT NULL DEFAULT '',
  last_replier TEXT NOT NULL DEFAULT 'customer' CHECK (last_replier IN ('customer', 'staff')),
  message_count INTEGER NOT NULL DEFAULT 0, -- the API's replies + 1
  attachment_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  last_message_at INTEGER NOT NULL, -- the API's last_update: moves on a message only (behaviour.md fact 4)
  updated_at INTEGER NOT NULL, -- any change
  source TEXT NOT NULL,
  deleted_at INTEGER -- in the trash since
) STRICT;
-- One keyset arm per (department, status), per status, …: the row id ends every index, so a page never sorts.
CREATE INDEX tickets_department_queue ON tickets (department_id, status, last_message_at) WHERE deleted_at IS NULL;
CREATE INDEX tickets_status_queue ON tickets (status, last_message_at) WHERE deleted_at IS NULL;
-- Mine and Unassigned lie within All open: leaving closed tickets out keeps these two small.
CREATE INDEX tickets_assignee_queue ON tickets (assignee_id, department_id, status, last_message_at)
  WHERE deleted_at IS NULL AND assignee_id IS NOT NULL AND status IN (1, 3, 4);
CREATE INDEX tickets_unassigned_queue ON tickets (department_id, status, last_message_at)
  WHERE deleted_at IS NULL AND assignee_id IS NULL AND status IN (1, 3, 4);
CREATE INDEX tickets_trash ON tickets (department_id, last_message_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX tickets_customer ON tickets (customer_id, id, department_id, status) WHERE deleted_at IS NULL;
-- The API's numbered pages scan this narrow index inside one bucket only.
CREATE INDEX tickets_api ON tickets (id, department_id, status) WHERE deleted_at IS NULL;

-- Live tickets per run of 4096 ids: where page N of any filter starts is a sum over some hundred rows.
CREATE TABLE ticket_buckets (
  bucket INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  tickets INTEGER NOT NULL,
  PRIMARY KEY (bucket, department_id, status)
) STRICT, WITHOUT ROWID;

-- Live customers per run of 4096 ids, for the API's numbered pages of customers.
CREATE TABLE customer_buckets (
  bucket INTEGER PRIMARY KEY,
  customers INTEGER NOT NULL
) STRICT;

CREATE TABLE ticket_counts (
  department_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  is_assigned INTEGER NOT NULL,
  tickets INTEGER NOT NULL,
  PRIMARY KEY (department_id, status, is_assigned)
) STRICT, WITHOUT ROWID;

CREATE TABLE assignee_counts (
  assignee_id INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  tickets INTEGER NOT NULL,
  PRIMARY KEY (assignee_id, department_id, status)
) STRICT, WITHOUT ROWID;

CREATE TABLE trash_counts (
  department_id INTEGER PRIMARY KEY,
  tickets INTEGER NOT NULL
) STRICT;

CREATE TABLE customer_counts (
  customer_id INTEGER NOT NULL,
  department_id INTEGER NOT NULL,
  status INTEGER NOT NULL,
  tickets INTEGER NOT NULL,
  PRIMARY KEY (customer_id, department_id, status)
) STRICT, WITHOUT ROWID;

-- Counters are kept by triggers: no writer can forget them.
CREATE TRIGGER tickets_count_insert AFTER INSERT ON tickets WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO ticket_buckets VALUES (NEW.id >> 12, NEW.department_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO ticket_counts VALUES (NEW.department_id, NEW.status, NEW.assignee_id IS NOT NULL, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO customer_counts VALUES (NEW.customer_id, NEW.department_id, NEW.status, 1)
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
  INSERT INTO assignee_counts SELECT NEW.assignee_id, NEW.department_id, NEW.status, 1 WHERE NEW.assignee_id IS NOT NULL
    ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;
CREATE TRIGGER tickets_count_remove AFTER UPDATE OF department_id, customer_id, assignee_id, status, deleted_at ON tickets
WHEN OLD.deleted_at IS NULL BEGIN
  UPDATE ticket_buckets SET tickets = tickets - 1
    WHERE bucket = OLD.id >> 12 AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE ticket_counts SET tickets = tickets - 1
    WHERE department_id = OLD.department_id AND status = OLD.status AND is_assigned = (OLD.assignee_id IS NOT NULL);
  UPDATE customer_counts SET tickets = tickets - 1
    WHERE customer_id = OLD.customer_id AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE assignee_counts SET tickets = tickets - 1
    WHERE assignee_id = OLD.assignee_id AND department_id = OLD.department_id AND status = OLD.status;
END;
CREATE TRIGGER tickets_count_add AFTER UPDATE OF department_id, customer_id, assignee_id, status, deleted_at ON tickets
WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO ticket_buckets VALUES (NEW.id >> 12, NEW.department_id, NEW.status, 1)
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
    WHERE bucket = OLD.id >> 12 AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE ticket_counts SET tickets = tickets - 1
    WHERE department_id = OLD.department_id AND status = OLD.status AND is_assigned = (OLD.assignee_id IS NOT NULL);
  UPDATE customer_counts SET tickets = tickets - 1
    WHERE customer_id = OLD.customer_id AND department_id = OLD.department_id AND status = OLD.status;
  UPDATE assignee_counts SET tickets = tickets - 1
    WHERE assignee_id = OLD.assignee_id AND department_id = OLD.department_id AND status = OLD.status;
END;
CREATE TRIGGER tickets_trash_insert AFTER INSERT ON tickets WHEN NEW.deleted_at IS NOT NULL BEGIN
  INSERT INTO trash_counts VALUES (NEW.department_id, 1) ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;
CREATE TRIGGER tickets_trash_in AFTER UPDATE OF deleted_at, department_id ON tickets WHEN NEW.deleted_at IS NOT NULL BEGIN
  INSERT INTO trash_counts VALUES (NEW.department_id, 1) ON CONFLICT DO UPDATE SET tickets = tickets + 1;
END;
CREATE TRIGGER tickets_trash_out AFTER UPDATE OF deleted_at, department_id ON tickets WHEN OLD.deleted_at IS NOT NULL BEGIN
  UPDATE trash_counts SET tickets = tickets - 1 WHERE department_id = OLD.department_id;
END;
CREATE TRIGGER tickets_trash_delete AFTER DELETE ON tickets WHEN OLD.deleted_at IS NOT NULL BEGIN
  UPDATE trash_counts SET tickets = tickets - 1 WHERE department_id = OLD.department_id;
END;

CREATE TRIGGER customers_count_insert AFTER INSERT ON customers WHEN NEW.deleted_at IS NULL BEGIN
  INSERT INTO customer_buckets VALUES (NEW.id >> 12, 1) ON CONFLICT DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customers_count_remove AFTER UPDATE OF deleted_at ON customers
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
  UPDATE customer_buckets SET customers = customers - 1 WHERE bucket = OLD.id >> 12;
END;
CREATE TRIGGER customers_count_add AFTER UPDATE OF deleted_at ON customers
WHEN OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL BEGIN
  INSERT INTO customer_buckets VALUES (NEW.id >> 12, 1) ON CONFLICT DO UPDATE SET customers = customers + 1;
END;
CREATE TRIGGER customers_count_delete AFTER DELETE ON customers WHEN OLD.deleted_at IS NULL BEGIN
  UPDATE customer_buckets SET customers = customers - 1 WHERE bucket = OLD.id >> 12;
END;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  author TEXT NOT NULL CHECK (author IN ('customer', 'staff')),
  staff_id INTEGER REFERENCES staff (id),
  author_name TEXT, -- when neither the ticket's customer nor staff: another participant of the mail
  body_html TEXT NOT NULL, -- purified
  preview TEXT NOT NULL,
  source TEXT NOT NULL,
  raw_sha256 TEXT, -- the mail as it came, a content-addressed file
  created_at INTEGER NOT NULL,
  deleted_at INTEGER -- a reply that was undone
) STRICT;
CREATE INDEX messages_raw ON messages (raw_sha256) WHERE raw_sha256 IS NOT NULL;
CREATE INDEX messages_ticket ON messages (ticket_id, created_at, id) WHERE deleted_at IS NULL;

-- Every Message-ID that belongs to a ticket: what threading looks up (email-checklist F2).
CREATE TABLE mail_ids (
  mail_id TEXT PRIMARY KEY, -- without angle brackets
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  message_id INTEGER REFERENCES messages (id),
  content_sha256 TEXT NOT NULL -- of the raw mail: tells a second copy from a reused id (F14)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_ids_ticket ON mail_ids (ticket_id);
CREATE INDEX mail_ids_content ON mail_ids (content_sha256);

-- Mail that was kept but made no ticket, with its cause.
CREATE TABLE suspended_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL, -- JSON: the verdict's trace
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  raw_sha256 TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  message_id INTEGER NOT NULL REFERENCES messages (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  content_id TEXT,
  is_inline INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX attachments_message ON attachments (message_id) WHERE deleted_at IS NULL;
CREATE INDEX attachments_ticket ON attachments (ticket_id) WHERE deleted_at IS NULL;
CREATE INDEX attachments_file ON attachments (sha256);

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  staff_id INTEGER REFERENCES staff (id),
  body_html TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX notes_ticket ON notes (ticket_id, created_at) WHERE deleted_at IS NULL;

CREATE TABLE tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
) STRICT;
CREATE TABLE ticket_tags (
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  tag_id INTEGER NOT NULL REFERENCES tags (id),
  PRIMARY KEY (ticket_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_tags_tag ON ticket_tags (tag_id, ticket_id);

CREATE TABLE ticket_reads (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  ticket_id INTEGER NOT NULL REFERENCES tickets (id),
  read_at INTEGER NOT NULL,
  PRIMARY KEY (staff_id, ticket_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  ticket_id INTEGER REFERENCES tickets (id),
  kind TEXT NOT NULL CHECK (kind IN ('reply', 'note', 'new_ticket')),
  body_html TEXT NOT NULL,
  new_ticket TEXT, -- JSON
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX drafts_ticket ON drafts (ticket_id, staff_id, kind) WHERE ticket_id IS NOT NULL;
CREATE INDEX drafts_staff ON drafts (staff_id, updated_at);

-- Files on disk that wait for their message. draft_id NULL: uploaded a moment ago, the draft follows.
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  draft_id INTEGER REFERENCES drafts (id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_draft ON uploads (draft_id);
CREATE INDEX uploads_file ON uploads (sha256);

-- The permanent log: one change by one actor. Never copies a message body, refers to it by id.
CREATE TABLE operations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  ticket_id INTEGER,
  message_id INTEGER,
  note_id INTEGER,
  actor_kind TEXT NOT NULL CHECK (actor_kind IN ('staff', 'token', 'customer', 'system')),
  actor_id INTEGER,
  actor_name TEXT NOT NULL,
  payload TEXT NOT NULL, -- JSON
  before TEXT NOT NULL, -- JSON: the values that the change replaced
  created_at INTEGER NOT NULL,
  undoes_group_id TEXT, -- this is the inverse of that group
  undone_by_group_id TEXT
) STRICT;
CREATE INDEX operations_ticket ON operations (ticket_id, id) WHERE ticket_id IS NOT NULL;
CREATE INDEX operations_group ON operations (group_id);

-- Change numbers: the newest change of each thing, numbered by commit order.
CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  change TEXT NOT NULL CHECK (change IN ('created', 'changed', 'deleted')),
  changed_at INTEGER NOT NULL,
  UNIQUE (entity, entity_id)
) STRICT;
