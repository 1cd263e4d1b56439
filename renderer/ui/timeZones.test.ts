import { describe, expect, it } from 'vitest';
import { allTimeZones, ownTimeZone, timeZoneLabel } from './timeZones.ts';

const winter = Date.UTC(2026, 0, 15);
const summer = Date.UTC(2026, 6, 15);

describe('time zones', () => {
  it('offers each zone once, this machine’s among them', () => {
    const zones = allTimeZones();
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones).toContain(ownTimeZone());
    expect(zones).toContain('Europe/Berlin');
  });

  it.each([
    ['Europe/Berlin', winter, 'Europe/Berlin (GMT+1)'],
    ['Europe/Berlin', summer, 'Europe/Berlin (GMT+2)'],
    ['America/New_York', winter, 'America/New York (GMT-5)'],
    ['Mars/Olympus', winter, 'Mars/Olympus'],
  ])('%s reads %s', (name, now, label) => {
    expect(timeZoneLabel(name, now)).toBe(label);
  });
});
