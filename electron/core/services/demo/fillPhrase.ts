import type { Phrases } from './languages/phrases.ts';
import type { Random } from './random.ts';

/** What the slots of one thread stand for: an order number stays the same from the first message to the last. */
export interface Facts {
  readonly product: string;
  readonly order: string;
  readonly invoice: string;
  readonly day: string;
  readonly code: string;
  readonly version: string;
}

const LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ';

export function inventFacts(random: Random, phrases: Phrases, dayOfThread: number): Facts {
  const letter = () => LETTERS.charAt(random.int(0, LETTERS.length - 1));
  const date = new Date(dayOfThread - random.int(1, 20) * 86_400_000);
  return {
    product: random.pick(phrases.products),
    order: `${letter()}${letter()}-${random.int(10_000, 9_999_999)}`,
    invoice: `${date.getUTCFullYear()}-${random.int(1000, 99_999)}`,
    day: date.toISOString().slice(0, 10),
    code: `E${letter()}${random.int(100, 9999)}`,
    version: `${random.int(1, 9)}.${random.int(0, 20)}.${random.int(0, 9)}`,
  };
}

/** A phrase cut at its slots once, so that filling it is only joining. */
type Compiled = readonly string[];
const compiled = new Map<string, Compiled>();

function compile(phrase: string): Compiled {
  let parts = compiled.get(phrase);
  if (!parts) {
    parts = phrase.split(/\{(\w+)\}/);
    compiled.set(phrase, parts);
  }
  return parts;
}

function slotValue(slot: string, facts: Facts, name: string, random: Random): string {
  switch (slot) {
    case 'p':
      return facts.product;
    case 'o':
      return facts.order;
    case 'i':
      return facts.invoice;
    case 'd':
      return facts.day;
    case 'c':
      return facts.code;
    case 'v':
      return facts.version;
    case 'name':
      return name;
    default:
      return String(random.int(2, 14));
  }
}

/** Fills a phrase's slots. */
export function fillPhrase(phrase: string, facts: Facts, name: string, random: Random): string {
  const parts = compile(phrase);
  let text = parts[0] ?? '';
  for (let place = 1; place < parts.length; place += 2) {
    text += slotValue(parts[place] ?? '', facts, name, random) + (parts[place + 1] ?? '');
  }
  return text;
}
