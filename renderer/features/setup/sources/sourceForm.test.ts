import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../../../shared/contract/errors.ts';
import type { Source } from '../../../../shared/contract/sources.ts';
import { sourceId } from '../../../../shared/model/ids.ts';
import { errorsIn, errorsOf, NEW_SOURCE, needsHttpAllowed, valuesOf } from './sourceForm.ts';

const RIGHT = { ...NEW_SOURCE, name: 'School', url: 'https://school.example', key: 'token' };

describe('the form of a source', () => {
  it.each([
    [{}, []],
    [{ name: ' ' }, ['name']],
    [{ url: '' }, ['url']],
    [{ url: 'school.example' }, ['url']],
    [{ url: 'http://school.example' }, ['url']],
    [{ url: 'http://school.example', allowsHttp: true }, []],
    [{ url: 'http://127.0.0.1:8080' }, []],
    [{ key: '' }, ['key']],
    [{ key: null }, []],
    [{ kind: 'faveo', key: '' }, []],
  ] as const)('%o is wrong in %o', (changed, fields) => {
    expect(Object.keys(errorsIn({ ...RIGHT, ...changed }))).toEqual(fields);
  });

  it('asks before http to another machine only', () => {
    const asks = ['http://a.example', 'https://a.example', 'http://localhost', 'nonsense', ''];
    expect(asks.map((url) => needsHttpAllowed({ url }))).toEqual([true, false, false, false, false]);
  });

  it('keeps a saved key as it is, without showing it', () => {
    const { key: _, ...fields } = RIGHT;
    const saved: Source = { ...fields, id: sourceId.parse(1), hasKey: true, isActive: true, sessions: 0 };
    expect(valuesOf(saved).key).toBeNull();
    expect(valuesOf({ ...saved, hasKey: false }).key).toBe('');
  });

  it('puts what the core refused beside its field', () => {
    expect(errorsOf(appErrorOf('source_name_taken', { field: 'name' }))).toEqual({
      name: expect.stringContaining('already'),
    });
    expect(errorsOf(appErrorOf('internal'))).toBeNull();
  });
});
