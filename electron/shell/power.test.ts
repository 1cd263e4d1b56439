import { beforeEach, expect, it, vi } from 'vitest';
import { fake, powerMonitor } from '../../test/fakes/electron.ts';
import type { PowerState } from '../core/ports/power.ts';
import { watchPower } from './power.ts';

vi.mock('electron', () => import('../../test/fakes/electron.ts'));

const timers: { ms: number; run: () => void }[] = [];
const watch = () => watchPower(powerMonitor as Electron.PowerMonitor, (ms, run) => timers.push({ ms, run }));
const short = ({ isAsleep, isOnBattery, isLocked }: PowerState) =>
  [isAsleep && 'asleep', isOnBattery && 'battery', isLocked && 'locked'].filter(Boolean).join(' ');

beforeEach(() => {
  fake.powerEvents.removeAllListeners();
  fake.isOnBattery = false;
  timers.length = 0;
});

it('knows how it begins, and follows what the system tells', () => {
  fake.isOnBattery = true;
  const power = watch();
  expect(short(power.state())).toBe('battery');
  const after = (event: string, isOnBattery = fake.isOnBattery) => {
    fake.isOnBattery = isOnBattery;
    fake.powerEvents.emit(event);
    return short(power.state());
  };
  expect(after('lock-screen')).toBe('battery locked');
  expect(after('suspend')).toBe('asleep battery locked');
  // It was plugged in while it slept.
  expect(after('resume', false)).toBe('locked');
  expect(after('unlock-screen')).toBe('');
  expect(after('on-battery', true)).toBe('battery');
  expect(after('on-ac', false)).toBe('');
});

it('takes a sleep that does not come, or whose end nobody tells, for over after a minute', () => {
  const power = watch();
  fake.powerEvents.emit('suspend');
  expect([short(power.state()), timers.map(({ ms }) => ms)]).toEqual(['asleep', [60_000]]);
  timers[0]?.run();
  expect(short(power.state())).toBe('');
  // One that ended is not ended by the timer of another.
  fake.powerEvents.emit('suspend');
  fake.powerEvents.emit('resume');
  fake.powerEvents.emit('suspend');
  timers[1]?.run();
  expect(short(power.state())).toBe('asleep');
});
