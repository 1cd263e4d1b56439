-- Tokens that expire, write as one staff member only, and are renewed while the old one still works for a while.
ALTER TABLE api_tokens ADD COLUMN expires_at INTEGER; -- from then on it is refused; NULL = never
ALTER TABLE api_tokens ADD COLUMN staff_id INTEGER REFERENCES staff (id); -- staff messages as this one only
ALTER TABLE api_tokens ADD COLUMN last_used_call TEXT; -- method and path, never the query
ALTER TABLE api_tokens ADD COLUMN previous_hash BLOB; -- what it was before it was regenerated
ALTER TABLE api_tokens ADD COLUMN previous_valid_until INTEGER;
CREATE UNIQUE INDEX api_tokens_previous ON api_tokens (previous_hash) WHERE previous_hash IS NOT NULL;

-- The last 200 calls of each token. Written every few seconds, never by the call itself.
CREATE TABLE api_token_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_id INTEGER NOT NULL REFERENCES api_tokens (id),
  called_at INTEGER NOT NULL,
  method TEXT NOT NULL,
  path TEXT NOT NULL, -- without the query: what one searches for is nobody else's business
  status INTEGER NOT NULL,
  refusal TEXT, -- what the answer said when it was none: HTTP 200 alone tells nothing here
  address TEXT NOT NULL
) STRICT;
CREATE INDEX api_token_calls_token ON api_token_calls (token_id, id);
