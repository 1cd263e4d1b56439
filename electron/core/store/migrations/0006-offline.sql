-- What working offline against a server needed besides 0005: see docs/sync.md.

-- Operations on people, departments and deletions (outbox)
CREATE UNIQUE INDEX departments_remote ON departments (remote_id) WHERE remote_id IS NOT NULL;
ALTER TABLE outbox ADD COLUMN department_id INTEGER REFERENCES departments (id) ON DELETE CASCADE; -- the operation is about it
ALTER TABLE outbox ADD COLUMN attachment_id INTEGER REFERENCES attachments (id) ON DELETE CASCADE; -- the operation is about it
CREATE INDEX outbox_department ON outbox (department_id) WHERE department_id IS NOT NULL;
CREATE INDEX outbox_attachment ON outbox (attachment_id) WHERE attachment_id IS NOT NULL;

-- Conflicts and review

-- Progress and what happened while away

-- Aboard: what is fetched ahead of time

-- Convergence
