import { describe, expect, it } from 'vitest';
import type { DeskSettings } from '../../../../shared/contract/desk.ts';
import { changesOf } from '../settingsForm.ts';
import { DIALECT_RULES, signInLine } from './dialectForm.ts';

const saved = {
  octethSignIn: { isOn: false, sessionMinutes: 60, asksCaptcha: false },
  formaSignIn: { isOn: true, tokenMinutes: 1, isStrict: true },
  faveoSignIn: { isOn: true, tokenMinutes: 60, isKeyRequired: false },
} as DeskSettings;

describe('the form of a dialect', () => {
  it('says what changed, in the setting of its own', () => {
    const { octeth, forma } = DIALECT_RULES;
    expect(changesOf(octeth, octeth.valuesOf(saved), saved)).toEqual({ ok: true, changes: {} });
    expect(changesOf(octeth, { isOn: true, minutes: ' 90 ', isExtra: true }, saved)).toEqual({
      ok: true,
      changes: { octethSignIn: { isOn: true, sessionMinutes: 90, asksCaptcha: true } },
    });
    expect(changesOf(forma, { ...forma.valuesOf(saved), isExtra: false }, saved)).toEqual({
      ok: true,
      changes: { formaSignIn: { isOn: true, tokenMinutes: 1, isStrict: false } },
    });
  });

  it.each(['', '0', '1.5', 'an hour', '43201'])('refuses «%s» minutes beside the field', (minutes) => {
    const { faveo } = DIALECT_RULES;
    expect(changesOf(faveo, { ...faveo.valuesOf(saved), minutes }, saved)).toEqual({
      ok: false,
      errors: { minutes: faveo.sentences.minutes },
    });
  });
});

describe('the line to paste', () => {
  const line = (
    dialect: 'octeth' | 'forma' | 'faveo',
    settings: DeskSettings = saved,
    key: string | null = null,
  ) => signInLine(dialect, 'http://desk', 'ada', settings, key);

  it('holds what each dialect needs', () => {
    expect(line('octeth')).toBe(
      'curl "http://desk/api.php" --data-urlencode "Command=Admin.Login" --data-urlencode "Username=ada" --data-urlencode "Password=YOUR-PASSWORD"',
    );
    expect(line('forma')).toContain('/api/auth/authenticate" -H "Accept: application/json"');
    expect(line('faveo')).not.toContain('api_key');
  });

  it('shows the key where it is needed', () => {
    const asking = {
      ...saved,
      octethSignIn: { ...saved.octethSignIn, asksCaptcha: true },
      faveoSignIn: { ...saved.faveoSignIn, isKeyRequired: true },
    };
    expect(line('faveo', asking, 'k1')).toContain('"api_key=k1"');
    expect(line('octeth', asking, 'k2')).toContain('"DisableCaptcha=true" --data-urlencode "AdminApiKey=k2"');
    expect(line('faveo', asking)).toContain('"api_key=THE-KEY"');
  });
});
