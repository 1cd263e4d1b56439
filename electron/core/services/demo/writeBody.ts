import { LIMITS } from '../../../../shared/limits.ts';
import { type Facts, fillPhrase } from './fillPhrase.ts';
import type { Phrases, Some } from './languages/phrases.ts';
import type { Random } from './random.ts';

export interface Body {
  readonly html: string;
  readonly preview: string;
}

export interface Voice {
  readonly phrases: Phrases;
  readonly facts: Facts;
  /** Who signs. */
  readonly author: string;
  /** Who is addressed, by the name a letter would use. */
  readonly addressee: string;
}

function sentences(random: Random, voice: Voice, from: Some, count: number): string {
  let text = '';
  let previous = '';
  for (let written = 0; written < count; written++) {
    const phrase = random.pick(from);
    if (phrase === previous) continue;
    previous = phrase;
    text += (text === '' ? '' : ' ') + fillPhrase(phrase, voice.facts, voice.addressee, random);
  }
  return text;
}

type Block = string | { readonly items: readonly string[] };

/** Paragraphs and lists in, purified HTML and the row's preview out. The phrases hold nothing HTML would escape. */
function compose(random: Random, { phrases, facts }: Voice, blocks: readonly Block[]): Body {
  const direction = phrases.isRightToLeft ? ' dir="rtl"' : '';
  let html = '';
  let text = '';
  for (const block of blocks) {
    if (typeof block === 'string') {
      html += `<p${direction}>${block}</p>`;
      text += `${block} `;
    } else {
      html += `<ul${direction}><li>${block.items.join('</li><li>')}</li></ul>`;
      text += `${block.items.join(' ')} `;
    }
  }
  if (random.chance(0.06)) html = html.replace(facts.code, `<strong>${facts.code}</strong>`);
  const plain = text.replace('<br />', ' ').trimEnd();
  const preview =
    plain.length > LIMITS.previewLength ? `${plain.slice(0, LIMITS.previewLength - 1)}…` : plain;
  return { html, preview };
}

/** The first message of a thread: what went wrong. */
export function writeQuestion(random: Random, voice: Voice): Body {
  const { phrases } = voice;
  return compose(random, voice, [
    random.pick(phrases.greetings),
    `${sentences(random, voice, phrases.openings, 1)} ${sentences(random, voice, phrases.details, random.int(1, 3))}`,
    ...(random.chance(0.3) ? [sentences(random, voice, phrases.details, 1)] : []),
    `${random.pick(phrases.closings)}<br />${voice.author}`,
  ]);
}

/** A later message of the customer. */
export function writeFollowUp(random: Random, voice: Voice): Body {
  const { phrases } = voice;
  return compose(random, voice, [
    sentences(random, voice, phrases.followUps, 1),
    sentences(random, voice, phrases.details, random.int(1, 2)),
    voice.author,
  ]);
}

/** An answer of the desk. */
export function writeAnswer(random: Random, voice: Voice): Body {
  const { phrases } = voice;
  const greeting = fillPhrase(random.pick(phrases.staffGreetings), voice.facts, voice.addressee, random);
  const answer = sentences(random, voice, phrases.answers, 1);
  const step = () => sentences(random, voice, phrases.steps, 1);
  const advice: Block[] = random.chance(0.3)
    ? [answer, { items: [step(), step()] }]
    : [`${answer} ${sentences(random, voice, phrases.steps, random.int(1, 2))}`];
  const closing = `${random.pick(phrases.staffClosings)}<br />${voice.author}`;
  return compose(random, voice, [greeting, ...advice, closing]);
}
