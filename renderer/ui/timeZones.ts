/** The time zone this machine keeps, as an IANA name. */
export function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Every zone to choose from: UTC, this machine's, then all by name. */
export function allTimeZones(): string[] {
  return [...new Set(['UTC', ownTimeZone(), ...Intl.supportedValuesOf('timeZone')])];
}

/** «Europe/Berlin (GMT+1)»: what the clock there is now. Unknown names stay as they are. */
export function timeZoneLabel(name: string, now: number): string {
  const place = name.replaceAll('_', ' ');
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: name,
      timeZoneName: 'shortOffset',
    }).formatToParts(now);
    const offset = parts.find((part) => part.type === 'timeZoneName')?.value;
    return offset && offset !== name ? `${place} (${offset})` : place;
  } catch {
    return place;
  }
}
