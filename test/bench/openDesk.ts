import { systemClock } from '../../electron/core/ports/clock.ts';
import { openConnection } from '../../electron/core/store/connection.ts';
import { createStore } from '../../electron/core/store/store.ts';
import { queuePageInput } from '../../shared/contract/queues.ts';

// How long a process needs from its birth to a queue it could show: modules, connection, first page, counts.
const OVERDUE_MS = 48 * 3_600_000;
const db = openConnection(process.argv[2] ?? '');
const store = createStore(db);
const facts = { overdueBefore: systemClock.now() - OVERDUE_MS };
store.queues.page('all', 1, queuePageInput.parse({ queue: { kind: 'open' } }), facts);
store.counts.counts('all', 1, facts.overdueBefore);
console.log(String(performance.now()));
db.close();
