import type { PowerMonitor } from 'electron';
import { createPower, type Power, type PowerState } from '../core/ports/power.ts';

/** A machine that runs for this long after it said it would sleep is awake, whether or not anybody told. */
const AWAKE_AFTER_MS = 60_000;

type Watched = Pick<PowerMonitor, 'isOnBatteryPower' | 'on'>;

/** What the system tells about power. Call after the app is ready. */
export function watchPower(monitor: Watched, afterMs: (ms: number, run: () => void) => void): Power {
  const power = createPower();
  const now = (change: Partial<PowerState>): void => {
    // Any other word of the system comes from a machine that is awake.
    power.set({ ...power.state(), isAsleep: false, isOnBattery: monitor.isOnBatteryPower(), ...change });
  };
  now({});
  monitor.on('suspend', () => {
    now({ isAsleep: true });
    const asleep = power.state();
    afterMs(AWAKE_AFTER_MS, () => power.state() === asleep && now({}));
  });
  monitor.on('resume', () => now({}));
  monitor.on('on-battery', () => now({ isOnBattery: true }));
  monitor.on('on-ac', () => now({ isOnBattery: false }));
  monitor.on('lock-screen', () => now({ isLocked: true }));
  monitor.on('unlock-screen', () => now({ isLocked: false }));
  return power;
}
