import type { SourceCaptcha, SourceDialect, SourceOutcome, SourceReason } from './dialect.ts';
import { type Fields, field, isYes, objectOf, textOf, textsIn } from './fields.ts';
import { formPost } from './form.ts';
import { fieldsOf, notUnderstood, refused } from './reply.ts';

/** The codes of all four documented generations of Admin.Login. */
const CODES: Readonly<Record<number, SourceReason>> = {
  1: 'bad_credentials',
  2: 'bad_credentials',
  3: 'bad_credentials',
  4: 'captcha',
  5: 'captcha',
  6: 'second_factor',
  101: 'second_factor',
  99998: 'disabled',
  99999: 'disabled',
};

const PICTURE = /^data:image\/(?:png|gif|jpeg|webp);base64,[A-Za-z0-9+/=]{1,200000}$/;

export const octeth: SourceDialect = {
  signIn({ url, key }, { username, password, code, captcha, captchaId }) {
    const isAnswered = captcha !== '';
    return [
      formPost(`${url}/api.php`, {
        Command: 'Admin.Login',
        ResponseFormat: 'JSON',
        Username: username,
        Password: password,
        Captcha: isAnswered ? captcha : null,
        CaptchaID: isAnswered && captchaId !== '' ? captchaId : null,
        // Where captchas are on, a program is let in with this only; Disable2FA is never sent.
        DisableCaptcha: isAnswered ? null : 'true',
        TfaCode: code === '' ? null : code,
        AdminApiKey: key,
      }),
    ];
  },
  read(reply, { username }): SourceOutcome {
    const answer = fieldsOf(reply);
    if (!answer || field(answer, 'Success') === undefined) return notUnderstood(reply);
    if (!isYes(field(answer, 'Success'))) return refusal(answer);
    const session = textOf(answer, 'SessionID');
    if (session === null) return notUnderstood(reply);
    const info = objectOf(answer, 'AdminInfo') ?? {};
    const identity = {
      id: textOf(info, 'AdminID'),
      username: textOf(info, 'Username') ?? username,
      name: textOf(info, 'Name'),
      email: textOf(info, 'EmailAddress'),
      role: 'admin',
    };
    return { ok: true, identity, credential: session, expiresAt: null };
  },
  // A desk of ours that answers as Octeth hands its captchas out this way; others refuse the command.
  askCaptcha: ({ url }) => formPost(`${url}/api.php`, { Command: 'Captcha.Get', ResponseFormat: 'JSON' }),
  readCaptcha(reply) {
    const answer = fieldsOf(reply);
    return answer && isYes(field(answer, 'Success')) ? captchaOf(answer) : null;
  },
};

function refusal(answer: Fields): SourceOutcome {
  const codes = codesOf(field(answer, 'ErrorCode'));
  const known = codes.find((code) => code in CODES);
  const words = textsIn(field(answer, 'ErrorText')).join(' ');
  const said = words || `ErrorCode ${codes.join(', ') || 'missing'}`;
  const reason = known === undefined ? 'protocol' : (CODES[known] ?? 'protocol');
  if (reason !== 'captcha') return refused(reason, said);
  return { ...refused(reason, said), captcha: captchaOf(answer) };
}

/** A number, a list, or the children of an XML element; 0 and nothing are none. */
function codesOf(value: unknown): number[] {
  const values = typeof value === 'object' && value !== null ? Object.values(value) : [value];
  return values
    .flat()
    .map(Number)
    .filter((code) => Number.isInteger(code) && code > 0);
}

/** No generation documents how the challenge reaches a program; what plainly is one is shown. */
function captchaOf(answer: Fields): SourceCaptcha {
  const image = textOf(answer, 'CaptchaImage');
  const text = ['CaptchaText', 'CaptchaQuestion', 'Question'].map((name) => textOf(answer, name));
  return {
    id: textOf(answer, 'CaptchaID'),
    image: image !== null && PICTURE.test(image) ? image : null,
    text: text.find((one) => one !== null) ?? null,
  };
}
