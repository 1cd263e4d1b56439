import { describe } from 'vitest';
import { holdsItsPromises } from './seeds.ts';

describe('offline work and later sync', () => holdsItsPromises(false));
