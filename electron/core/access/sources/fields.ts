/** An object of an answer; nothing is known about its values. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a name whose case does not count: these systems' own documents disagree about it. */
export function field(fields: Fields, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  const wanted = name.toLowerCase();
  return Object.entries(fields).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

export function objectOf(fields: Fields, name: string): Fields | null {
  const value = field(fields, name);
  return isFields(value) ? value : null;
}

/** A text or number as text without spaces around it; null for what is missing, empty or something else. */
export function textOf(fields: Fields, name: string): string | null {
  const value = field(fields, name);
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

/** true, 1, "1" and "true" are yes. */
export function isYes(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^\s*(?:1|true)\s*$/i.test(value));
}

/** false, 0, "0" and "false" are no; what is missing is neither. */
export function isNo(value: unknown): boolean {
  return value === false || value === 0 || (typeof value === 'string' && /^\s*(?:0|false)\s*$/i.test(value));
}

/** The first texts within a value, whatever its shape: `{"field":["text"]}`, lists, objects of objects. */
export function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  return Object.values(value).flatMap((item) => textsIn(item, depth + 1));
}

/** First and last name in one. */
export function fullName(...parts: readonly (string | null)[]): string | null {
  return parts.filter((part) => part !== null).join(' ') || null;
}
