// @vitest-environment node
import { TRPCClientError } from '@trpc/client';
import { describe, expect, it } from 'vitest';
import { appErrorOf } from '../../shared/contract/errors.ts';
import { AppFailure, errorOfBody, toAppError } from './errors.ts';

const answered = (data: unknown) => new TRPCClientError('no', { result: { error: { data } } as never });

describe('toAppError', () => {
  it('takes the core’s own error as it is', () => {
    const appError = appErrorOf('subject_missing', { field: 'subject' });
    expect(toAppError(answered({ appError }))).toEqual(appError);
    expect(toAppError(new AppFailure(appError))).toEqual(appError);
  });

  it.each([
    ['no answer at all', new TRPCClientError('Failed to fetch'), 'core_unreachable'],
    ['fetch that failed', new TypeError('Failed to fetch'), 'core_unreachable'],
    ['an answer without our error', answered({ code: 'X' }), 'internal'],
    ['a code we do not know', answered({ appError: { code: 'nonsense', message: '' } }), 'internal'],
    ['anything else', 'a string', 'internal'],
  ])('%s', (_name, thrown, code) => {
    expect(toAppError(thrown).code).toBe(code);
  });
});

describe('errorOfBody', () => {
  it('reads the error of a refused file, and survives a page of HTML', () => {
    const error = appErrorOf('file_too_large');
    expect(errorOfBody(JSON.stringify({ error }))).toEqual(error);
    expect(errorOfBody('<html>').code).toBe('internal');
    expect(errorOfBody('{"error":{}}').code).toBe('internal');
  });
});
