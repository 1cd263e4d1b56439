import type { Clock } from '../../ports/clock.ts';
import type { Ids } from '../../ports/ids.ts';

const LIFE_MS = 5 * 60_000;
/** Whoever asks for more than these within five minutes pushes the oldest out. */
const MOST = 10_000;
const LETTERS = 'bcdfghkmnprstvwz';
const DIGITS = '23456789';

export interface Captcha {
  readonly id: string;
  readonly question: string;
}

/** Questions that a person can answer by ear as well: each once, for five minutes. */
export interface Captchas {
  ask(): Captcha;
  /** Right or wrong, the question is used up. */
  isAnswer(id: string, answer: string): boolean;
}

export function createCaptchas(clock: Clock, ids: Ids): Captchas {
  const open = new Map<string, { answer: string; until: number }>();
  return {
    ask() {
      const { question, answer } = riddle(ids);
      const id = ids.secret(20);
      forgetOld(open, clock.now());
      open.set(id, { answer, until: clock.now() + LIFE_MS });
      return { id, question };
    },
    isAnswer(id, answer) {
      const asked = open.get(id);
      open.delete(id);
      if (!asked || asked.until <= clock.now()) return false;
      return answer.replace(/\s/g, '').toLowerCase() === asked.answer;
    },
  };
}

/** The oldest come first. */
function forgetOld(open: Map<string, { until: number }>, now: number): void {
  for (const [id, { until }] of open) {
    if (until > now && open.size < MOST) return;
    open.delete(id);
  }
}

/** Letters and digits in a random row, of which only one kind is wanted. */
function riddle(ids: Ids): { question: string; answer: string } {
  const numbers = [...ids.secret(64)].map((character) => character.charCodeAt(0));
  const number = (): number => numbers.pop() ?? 0;
  const row: string[] = [];
  while (row.length < 9) {
    const from = number() % 2 === 0 ? LETTERS : DIGITS;
    row.push(from.charAt(number() % from.length));
  }
  // Never a row without an answer.
  row.push(DIGITS.charAt(number() % DIGITS.length), LETTERS.charAt(number() % LETTERS.length));
  const [wanted, from] = number() % 2 === 0 ? ['letters', LETTERS] : ['digits', DIGITS];
  return {
    question: `Type only the ${wanted}, in their order: ${row.join(' ')}`,
    answer: row.filter((character) => from.includes(character)).join(''),
  };
}
