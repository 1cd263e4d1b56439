import type { App } from 'electron';

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
    await steps.closeCore();
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
