import type { AppError } from '../../../shared/contract/errors.ts';

export type ShownCaptcha = { id: string; image: string; text: string };

/** How far signing in with another system got. */
export type SourceStep = {
  /** It asked for its second factor. */
  needsCode: boolean;
  captcha: ShownCaptcha | null;
  /** It said yes; this desk's own second factor finishes it. */
  pending: string | null;
  /** What was refused is only a question, asked beside its field. */
  isAsked: boolean;
};
export const FIRST_STEP: SourceStep = { needsCode: false, captcha: null, pending: null, isAsked: false };

/** A fact of an error, as text; empty when it has none. */
export function factOf(error: AppError, name: string): string {
  return String(error.details?.[name] ?? '');
}

/** What is asked for after a refusal. */
export function afterRefusal(step: SourceStep, error: AppError): SourceStep {
  switch (error.code) {
    case 'source_code_missing':
    case 'source_code_wrong':
      return { ...step, needsCode: true, captcha: null, isAsked: true };
    case 'source_captcha': {
      const [id, image, text] = ['captchaId', 'captchaImage', 'captchaText'].map((name) =>
        factOf(error, name),
      );
      return { ...step, captcha: { id: id ?? '', image: image ?? '', text: text ?? '' }, isAsked: false };
    }
    case 'two_factor_missing':
      return { ...step, pending: factOf(error, 'pending') || null, isAsked: true };
    case 'two_factor_wrong':
      return { ...step, isAsked: true };
    // The five minutes are over: from the start.
    case 'signed_out':
      return FIRST_STEP;
    default:
      return { ...step, captcha: null, isAsked: false };
  }
}
