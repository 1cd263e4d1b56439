import { openApiDesk } from './apiDesk.ts';

/** A desk's API in a process of its own that kills itself at one place of a create: `killedDesk.ts FOLDER PLACE`. */
const [folder = '', place = ''] = process.argv.slice(2);
const desk = await openApiDesk({}, { folder });
const { store } = desk.deps;
const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('not reached');
};

if (place === 'before the key is written') store.repeats.put = die;
if (place === 'after the key is written') {
  const { put } = store.repeats;
  store.repeats.put = (row) => {
    put(row);
    die();
  };
}
if (place === 'after the commit') {
  const { write } = store;
  store.write = (work) => {
    const result = write(work);
    return store.db.inTransaction ? result : die();
  };
}
process.stdout.write(`${desk.port}\n`);
