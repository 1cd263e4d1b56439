/** At least one of each, so that choosing never comes back empty. */
export type Some<T = string> = readonly [T, ...T[]];

/**
 * What people write in one language. Slots: {p} product, {o} order number, {i} invoice number, {d} day,
 * {c} error code, {n} small number, {v} version, {name} the other one's first name.
 */
export interface Phrases {
  readonly code: string;
  /** How much of the desk's mail comes in it. */
  readonly weight: number;
  readonly firstNames: Some;
  readonly lastNames: Some;
  /** Latin spelling for addresses; missing where the names are Latin already. */
  readonly mailNames?: Some;
  readonly isFamilyNameFirst?: boolean;
  readonly isRightToLeft?: boolean;
  readonly products: Some;
  readonly subjects: Some;
  readonly greetings: Some;
  readonly openings: Some;
  readonly details: Some;
  readonly closings: Some;
  readonly staffGreetings: Some;
  readonly answers: Some;
  readonly steps: Some;
  readonly staffClosings: Some;
  readonly followUps: Some;
}
