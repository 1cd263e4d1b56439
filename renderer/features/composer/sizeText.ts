const UNITS = ['KB', 'MB', 'GB'] as const;

/** A size for people: «830 B», «12 KB», «1.2 MB» (1 KB = 1 024 B, as file managers count). */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes / 1024;
  let unit: (typeof UNITS)[number] = 'KB';
  for (const next of UNITS.slice(1)) {
    if (value < 1000) break;
    value /= 1024;
    unit = next;
  }
  const digits = unit === 'KB' || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${unit}`;
}
