const UNITS = ['B', 'KB', 'MB', 'GB'] as const;
type Unit = (typeof UNITS)[number];

const bytesOf = (unit: Unit): number => 1024 ** UNITS.indexOf(unit);

/** 1 KB = 1 024 B, as file managers count; beyond 1000 of one unit it is the next one. */
function unitOf(bytes: number): Unit {
  if (bytes < 1024) return 'B';
  return UNITS.slice(1).find((unit) => bytes / bytesOf(unit) < 1000) ?? 'GB';
}

function numberText(bytes: number, unit: Unit): string {
  const value = bytes / bytesOf(unit);
  const digits = unit === 'B' || unit === 'KB' || value >= 100 ? 0 : 1;
  return value.toFixed(digits).replace(/\.0$/, '');
}

/** A size for people: «830 B», «12 KB», «1.2 MB». */
export function sizeText(bytes: number): string {
  const unit = unitOf(bytes);
  return `${numberText(bytes, unit)} ${unit}`;
}

/** «3.4 of 12 MB». */
export function shareText(bytes: number, wholeBytes: number): string {
  return `${numberText(bytes, unitOf(wholeBytes))} of ${sizeText(wholeBytes)}`;
}
