-- API extensions: answers kept for repeated requests, the change feed.


-- Mail outbox: mails that are to go out.


-- Customers: further addresses, blocking, merging.


-- People: profile, recovery codes, reset links.


-- Sign-in dialects: sessions and keys of other systems' clients.
CREATE TABLE app_passwords (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  password_hash BLOB NOT NULL UNIQUE, -- sha-256 of a random text; the password itself is shown once
  created_at INTEGER NOT NULL,
  last_used_at INTEGER,
  last_used_address TEXT
) STRICT;
CREATE INDEX app_passwords_staff ON app_passwords (staff_id, id);
-- Sessions that other systems' clients opened lie beside those of the app: whatever ends one ends the other.
ALTER TABLE staff_sessions ADD COLUMN dialect TEXT CHECK (dialect IN ('octeth', 'forma', 'faveo')); -- NULL = the app
ALTER TABLE staff_sessions ADD COLUMN app_password_id INTEGER REFERENCES app_passwords (id) ON DELETE CASCADE;
CREATE INDEX staff_sessions_app_password ON staff_sessions (app_password_id) WHERE app_password_id IS NOT NULL;
-- One key per dialect that a program proves itself with.
CREATE TABLE dialect_keys (
  dialect TEXT PRIMARY KEY CHECK (dialect IN ('octeth', 'faveo')),
  key_hash BLOB NOT NULL, -- sha-256: checked without opening anything
  sealed TEXT NOT NULL, -- the key itself, for Setup to show
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;


-- Sign-in sources: accounts of other systems that may sign in here.


-- Secrets: what is sealed, and with which key.

