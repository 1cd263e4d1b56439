import { ar } from './ar.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { Phrases, Some } from './phrases.ts';
import { pt } from './pt.ts';
import { zh } from './zh.ts';

export const LANGUAGES: Some<Phrases> = [en, de, fr, es, pt, ja, zh, ar];
