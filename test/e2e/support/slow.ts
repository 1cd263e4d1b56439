import type { ChildProcess } from 'node:child_process';
import process from 'node:process';

/** How many times slower than this machine browser and desk are to be: `STAFFDESK_SLOW=4`. Races show like that. */
export const SLOW = Math.max(1, Number(process.env.STAFFDESK_SLOW ?? 1));

const AT_WORK_MS = 20;

/** Lets a process work only its share of the time. */
export function slowProcess(child: ChildProcess): void {
  if (SLOW === 1) return;
  const goOn = () => child.kill('SIGCONT');
  const timer = setInterval(() => {
    child.kill('SIGSTOP');
    setTimeout(goOn, AT_WORK_MS * (SLOW - 1));
  }, AT_WORK_MS * SLOW);
  child.once('exit', () => clearInterval(timer));
}
