import { getSettings } from '../../../services/settings.ts';
import { type Answer, jsonAnswer, statusOf, xmlAnswer } from '../answer.ts';
import type { ForeignCall } from '../call.ts';
import { adminLogin } from './adminLogin.ts';
import { adminUpdate } from './adminUpdate.ts';
import { CODE } from './codes.ts';
import type { Outcome, Parameters } from './outcome.ts';

/** `POST /api.php`: one address, the command is a field. */
export async function octeth(call: ForeignCall): Promise<Answer> {
  const fields = await call.fields();
  if (!fields.ok) return shown(false, { kind: 'failed', error: fields.error });
  const byName = new Map([...fields.value].map(([name, value]) => [name.toLowerCase(), value]));
  const parameters: Parameters = (name) => {
    const value = byName.get(name.toLowerCase());
    return value === '' ? undefined : value;
  };
  // The seed's generation answers JSON unless XML is asked for; older ones defaulted to XML.
  const isXml = parameters('ResponseFormat')?.toUpperCase() === 'XML';
  return shown(isXml, await run(call, parameters));
}

function run(call: ForeignCall, parameters: Parameters): Outcome | Promise<Outcome> {
  switch (parameters('Command')?.toLowerCase()) {
    case 'admin.login':
      return adminLogin(call, parameters);
    case 'admin.update':
      return adminUpdate(call, parameters);
    case 'captcha.get':
      return askCaptcha(call);
    default:
      return { kind: 'refused', codes: [CODE.notAllowed] };
  }
}

/** Ours: the challenge that Admin.Login wants the answer to while captchas are on. */
function askCaptcha({ deps, captchas }: ForeignCall): Outcome {
  if (!getSettings(deps).octethSignIn.asksCaptcha) {
    return { kind: 'refused', codes: [CODE.notAllowed] };
  }
  const { id, question } = captchas.ask();
  return { kind: 'done', values: { CaptchaID: id, Question: question } };
}

function shown(isXml: boolean, outcome: Outcome): Answer {
  const isDone = outcome.kind === 'done';
  const status = outcome.kind === 'failed' ? statusOf(outcome.error) : 200;
  const rest = outcome.kind === 'failed' ? { ErrorText: [outcome.error.message] } : {};
  const codes = outcome.kind === 'refused' ? outcome.codes : [CODE.notAllowed];
  const values = isDone ? { ErrorCode: 0, ...outcome.values } : { ErrorCode: codes, ...rest };
  if (isXml) return xmlAnswer('response', { Success: isDone ? '1' : '', ...values }, status);
  return jsonAnswer({ Success: isDone, ...values }, status);
}
