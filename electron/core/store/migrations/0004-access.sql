-- API extensions: answers kept for repeated requests, the change feed.
-- Neither key nor request can be read here, and an answer holds ids only: nothing personal stays after a purge.
CREATE TABLE api_repeats (
  caller TEXT NOT NULL, -- «token 3», «staff 5»
  key_hash BLOB NOT NULL, -- sha-256 of the caller's Idempotency-Key
  request_hash BLOB NOT NULL, -- tells the same request from another one under the same key
  body TEXT NOT NULL, -- the answer, always a success
  created_at INTEGER NOT NULL,
  PRIMARY KEY (caller, key_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX api_repeats_age ON api_repeats (created_at);
-- Lists by time of the last change; the rest of the columns are what a page is filtered by.
CREATE INDEX tickets_updated ON tickets (updated_at, id, department_id, status, customer_id) WHERE deleted_at IS NULL;
CREATE INDEX customers_updated ON customers (updated_at, id) WHERE deleted_at IS NULL;


-- Mail outbox: mails that are to go out.
-- Each is written in the transaction of what it tells about. It refers to the message for the text and the files, so
-- that neither lies here twice, and goes with the ticket, message or customer that is erased.
CREATE TABLE mail_outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  template TEXT NOT NULL,
  state TEXT NOT NULL, -- waiting: there is no account yet to send it from
  mail_key TEXT NOT NULL UNIQUE, -- left part of its Message-ID: the same however often sending is tried
  cause_group_id TEXT NOT NULL, -- the operations it tells about
  to_name TEXT NOT NULL,
  to_email TEXT NOT NULL,
  customer_id INTEGER REFERENCES customers (id) ON DELETE CASCADE, -- null: to staff
  ticket_id INTEGER REFERENCES tickets (id) ON DELETE CASCADE,
  message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE,
  has_files INTEGER NOT NULL, -- the message's files go along
  template_values TEXT NOT NULL, -- JSON: what the template's variables stood for at that moment, but the message
  created_at INTEGER NOT NULL
) STRICT;
-- Never doubled: one act mails one person once from one template.
CREATE UNIQUE INDEX mail_outbox_once ON mail_outbox (cause_group_id, template, to_email);
CREATE INDEX mail_outbox_waiting ON mail_outbox (ticket_id) WHERE state = 'waiting';
CREATE INDEX mail_outbox_ticket ON mail_outbox (ticket_id, template);
CREATE INDEX mail_outbox_message ON mail_outbox (message_id);
CREATE INDEX mail_outbox_customer ON mail_outbox (customer_id);

-- What still waits follows its customer, whoever changes them: another address, another customer after a merge.
CREATE TRIGGER mail_outbox_readdress AFTER UPDATE OF email ON customers WHEN NEW.email <> OLD.email BEGIN
  UPDATE mail_outbox SET to_email = NEW.email
    WHERE customer_id = NEW.id AND state = 'waiting' AND to_email = OLD.email;
END;
CREATE TRIGGER mail_outbox_merge AFTER UPDATE OF customer_id ON tickets WHEN NEW.customer_id <> OLD.customer_id BEGIN
  UPDATE mail_outbox SET customer_id = NEW.customer_id
    WHERE ticket_id = NEW.id AND state = 'waiting' AND customer_id = OLD.customer_id;
END;
-- Nobody is welcomed to a desk that has deleted them. Mails about tickets lie in the trash with these.
CREATE TRIGGER mail_outbox_unwelcome AFTER UPDATE OF deleted_at ON customers WHEN NEW.deleted_at IS NOT NULL BEGIN
  DELETE FROM mail_outbox WHERE customer_id = NEW.id AND state = 'waiting' AND ticket_id IS NULL;
END;


-- Customers: further addresses, blocking, merging.
-- customers.email is the main address; these are the others. A deleted customer's addresses are free (removed_at).
CREATE TABLE customer_addresses (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  email TEXT NOT NULL,
  email_key TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER -- went with its customer, and comes back with them
) STRICT;
CREATE UNIQUE INDEX customer_addresses_email ON customer_addresses (email_key) WHERE removed_at IS NULL;
CREATE INDEX customer_addresses_customer ON customer_addresses (customer_id);

-- One customer per address, main or not: no writer can forget it.
CREATE TRIGGER customer_addresses_insert BEFORE INSERT ON customer_addresses
WHEN NEW.removed_at IS NULL AND EXISTS (SELECT 1 FROM customers WHERE email_key = NEW.email_key AND deleted_at IS NULL) BEGIN
  SELECT RAISE(ABORT, 'a customer has this address');
END;
CREATE TRIGGER customer_addresses_update BEFORE UPDATE OF email_key, removed_at ON customer_addresses
WHEN NEW.removed_at IS NULL AND EXISTS (SELECT 1 FROM customers WHERE email_key = NEW.email_key AND deleted_at IS NULL) BEGIN
  SELECT RAISE(ABORT, 'a customer has this address');
END;
CREATE TRIGGER customers_address_insert BEFORE INSERT ON customers
WHEN NEW.deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM customer_addresses WHERE email_key = NEW.email_key AND removed_at IS NULL) BEGIN
  SELECT RAISE(ABORT, 'a customer has this address');
END;
CREATE TRIGGER customers_address_update BEFORE UPDATE OF email_key, deleted_at ON customers
WHEN NEW.deleted_at IS NULL
  AND EXISTS (SELECT 1 FROM customer_addresses WHERE email_key = NEW.email_key AND removed_at IS NULL) BEGIN
  SELECT RAISE(ABORT, 'a customer has this address');
END;

ALTER TABLE customers ADD COLUMN blocked_at INTEGER; -- their mail is kept aside since then; NULL = not blocked
ALTER TABLE customers ADD COLUMN merged_into INTEGER REFERENCES customers (id); -- who has their tickets and addresses now
CREATE INDEX customers_blocked ON customers (name COLLATE NOCASE) WHERE deleted_at IS NULL AND blocked_at IS NOT NULL;
CREATE INDEX customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX tickets_customer_trash ON tickets (customer_id) WHERE deleted_at IS NOT NULL;
-- Whose mail was kept aside because they are blocked.
ALTER TABLE suspended_messages ADD COLUMN customer_id INTEGER REFERENCES customers (id);
CREATE INDEX suspended_messages_customer ON suspended_messages (customer_id) WHERE customer_id IS NOT NULL;
-- Customers whose name or addresses changed and who have more tickets than are queued at once.
CREATE TABLE search_customer_queue (
  customer_id INTEGER PRIMARY KEY REFERENCES customers (id),
  below_id INTEGER NOT NULL -- their tickets below this one still have to be queued
) STRICT;
-- What the log says of a customer: erasing them scrubs it.
CREATE INDEX operations_customer ON operations (json_extract(payload, '$.customerId'))
  WHERE ticket_id IS NULL AND json_extract(payload, '$.customerId') IS NOT NULL;


-- People: profile, recovery codes, reset links.
ALTER TABLE staff ADD COLUMN signature_html TEXT NOT NULL DEFAULT ''; -- purified; below replies
ALTER TABLE staff ADD COLUMN time_zone TEXT NOT NULL DEFAULT ''; -- IANA name; empty = the desk's
ALTER TABLE staff ADD COLUMN avatar_sha256 TEXT;
ALTER TABLE staff ADD COLUMN avatar_type TEXT; -- media type, as the file's first bytes tell it
CREATE INDEX staff_avatar ON staff (avatar_sha256) WHERE avatar_sha256 IS NOT NULL;
ALTER TABLE login_log ADD COLUMN used_recovery_code INTEGER NOT NULL DEFAULT 0;
-- Which addresses someone has signed in from: they stay open while an account is attacked from others.
CREATE INDEX login_log_known ON login_log (staff_id, address, created_at) WHERE succeeded = 1;

CREATE TABLE staff_recovery_codes (
  staff_id INTEGER NOT NULL REFERENCES staff (id),
  code_hash BLOB NOT NULL, -- sha-256 of 80 random bits
  used_at INTEGER, -- each works once
  PRIMARY KEY (staff_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE password_resets (
  staff_id INTEGER PRIMARY KEY REFERENCES staff (id), -- a newer link takes the place of the one before
  secret_hash BLOB NOT NULL UNIQUE, -- sha-256; the link itself is shown once
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;


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
CREATE TABLE sign_in_sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('helpdeskz', 'faveo', 'forma', 'octeth')),
  name TEXT NOT NULL COLLATE NOCASE UNIQUE,
  url TEXT NOT NULL,
  allows_http INTEGER NOT NULL,
  ca TEXT NOT NULL, -- PEM; empty = the public authorities only
  seal_name TEXT NOT NULL, -- random: what its sealed key is bound to
  sealed_key TEXT, -- NULL = there is none
  match_by TEXT NOT NULL CHECK (match_by IN ('email', 'username')),
  creates_staff INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sign_in_source_departments (
  source_id INTEGER NOT NULL REFERENCES sign_in_sources (id) ON DELETE CASCADE,
  department_id INTEGER NOT NULL REFERENCES departments (id) ON DELETE CASCADE,
  PRIMARY KEY (source_id, department_id)
) STRICT, WITHOUT ROWID;
-- The other system said yes; the code of this desk's own second factor is still to come.
CREATE TABLE pending_sign_ins (
  token_hash BLOB PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sign_in_sources (id) ON DELETE CASCADE,
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE staff_sessions ADD COLUMN source_id INTEGER REFERENCES sign_in_sources (id) ON DELETE CASCADE; -- NULL = an account of this desk
CREATE INDEX staff_sessions_source ON staff_sessions (source_id) WHERE source_id IS NOT NULL;


-- Secrets: what is sealed, and with which key.

CREATE TABLE secret_keys (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  key_id TEXT NOT NULL, -- names the key that this desk's secrets are sealed with; the key itself lies elsewhere
  in_keychain INTEGER NOT NULL -- the system's keychain may hold a copy
) STRICT;


-- API tokens: who made and changed them.
CREATE INDEX operations_token ON operations (json_extract(payload, '$.tokenId'))
  WHERE ticket_id IS NULL AND json_extract(payload, '$.tokenId') IS NOT NULL;
