import type { CustomerId } from '../../../../shared/model/ids.ts';
import type { BulkWriter } from '../../store/bulk.ts';
import { LANGUAGES } from './languages/languages.ts';
import type { Phrases } from './languages/phrases.ts';
import type { Random } from './random.ts';

export interface DemoCustomer {
  readonly id: CustomerId;
  readonly name: string;
  /** What a letter to them begins with. */
  readonly addressee: string;
  readonly phrases: Phrases;
}

// Reserved names (RFC 2606): no mail of a demo desk can ever reach anybody.
const MAIL_HOSTS = [
  'mail.example',
  'post.example',
  'office.example',
  'studio.example',
  'factory.example',
] as const;

/** So many customers are remembered; those who write again are among the latest. */
const REMEMBERED = 20_000;
const WRITES_FOR_THE_FIRST_TIME = 0.3;

const TOTAL_WEIGHT = LANGUAGES.reduce((sum, language) => sum + language.weight, 0);

function pickLanguage(random: Random): Phrases {
  let place = random.next() * TOTAL_WEIGHT;
  for (const language of LANGUAGES) {
    place -= language.weight;
    if (place < 0) return language;
  }
  return LANGUAGES[0];
}

const latin = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();

function invent(random: Random, serial: number) {
  const phrases = pickLanguage(random);
  const first = random.pick(phrases.firstNames);
  const last = random.pick(phrases.lastNames);
  const box = phrases.mailNames ? random.pick(phrases.mailNames) : `${latin(first)}.${latin(last)}`;
  return {
    phrases,
    name: phrases.isFamilyNameFirst ? `${last}${first}` : `${first} ${last}`,
    addressee: phrases.isFamilyNameFirst ? last : first,
    // The number makes the address this customer's own; one desk may be filled twice.
    email: `${box}${serial}@${random.pick(MAIL_HOSTS)}`,
  };
}

/** Chooses who writes the next ticket: someone new, or someone who wrote lately. */
export function createPeople(random: Random, writer: BulkWriter, firstSerial: number) {
  const known: DemoCustomer[] = [];
  let count = 0;
  return (createdAt: number): DemoCustomer => {
    if (known.length > 0 && !random.chance(WRITES_FOR_THE_FIRST_TIME)) {
      const again = known[random.int(0, known.length - 1)];
      if (again) return again;
    }
    const { email, ...person } = invent(random, firstSerial + count);
    const customer = { ...person, id: writer.customer({ name: person.name, email, createdAt }) };
    known[count % REMEMBERED] = customer;
    count += 1;
    return customer;
  };
}
