import type { App } from 'electron';
import { notify } from './notifications.ts';

/** Whoever sees no window any more wonders after this long. */
const SLOW_MS = 1_000;
const SLOW = {
  title: 'Staffdesk is closing',
  body: 'It waits a few seconds for what is on its way to a server. Nothing is lost.',
  ticketId: null,
};

/** What must be over before the program ends, in this order. */
export type QuitSteps = {
  /** The page saves what is being typed. False: it stays, and so does the program. */
  closeWindow: () => Promise<boolean>;
  /** The database is closed, then its process ends. */
  closeCore: () => Promise<void>;
};

/** Holds every way of quitting until window and core have ended in order. */
export function quitInOrder(app: Pick<App, 'on' | 'quit'>, steps: QuitSteps): void {
  let phase: 'running' | 'closing' | 'closed' = 'running';

  async function close(): Promise<void> {
    if (!(await steps.closeWindow())) {
      phase = 'running';
      return;
    }
    const slow = setTimeout(() => notify(SLOW, () => {}), SLOW_MS);
    await steps.closeCore();
    clearTimeout(slow);
    phase = 'closed';
    app.quit();
  }

  app.on('before-quit', (event) => {
    if (phase === 'closed') return;
    event.preventDefault();
    if (phase === 'closing') return;
    phase = 'closing';
    void close();
  });
}
