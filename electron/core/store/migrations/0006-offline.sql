-- What working offline against a server needed besides 0005: see docs/sync.md.

-- Operations on people, departments and deletions (outbox)

-- Conflicts and review

-- Progress and what happened while away

-- Aboard: what is fetched ahead of time

-- Convergence
