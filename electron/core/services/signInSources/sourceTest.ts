import { appErrorOf, ERROR_TEXT, type ErrorCode } from '../../../../shared/contract/errors.ts';
import {
  SOURCE_KIND_NAMES,
  type SourceStep,
  type TestSourceInput,
} from '../../../../shared/contract/sources.ts';
import { err, ok, type Result } from '../../../../shared/util/result.ts';
import type { SourceCredentials, SourceIdentity, SourceRefused } from '../../access/sources/dialect.ts';
import { mapPerson } from '../../domain/sourceMapping.ts';
import { HTTP_PHASES, type HttpPhase } from '../../ports/httpFetch.ts';
import type { SourceRow } from '../../store/repositories/sources.ts';
import type { ServiceDeps } from '../context.ts';
import type { Peer } from '../sessions.ts';
import { baseUrl, fieldsProblem, keyProblem } from './sourceAdmin.ts';
import { askSource, type OpenSource, openSource, type SourceCall } from './sourceCall.ts';
import { codeOf, failureText } from './sourceFailures.ts';

/** Phases that began, with what the one before them had found. */
type Walk = ReadonlyMap<HttpPhase, string | undefined>;

/**
 * Walks to another system as a sign-in would and tells each step: resolve, connect, tls, call, parse. Without a user
 * name it asks with none, which tells whether the system understands and accepts the key. Nothing of it is kept.
 */
export async function testSource(
  deps: ServiceDeps,
  input: TestSourceInput,
  peer: Peer,
): Promise<Result<{ steps: SourceStep[] }>> {
  const known = input.sourceId === null ? null : (deps.store.sources.byId(input.sourceId) ?? null);
  const problem = fieldsProblem(deps, input) ?? keyProblem(input, input.key, known);
  if (problem) return err(problem);
  const source = await sourceToTest(deps, input, known);
  if (!source.ok) return source;
  const walk = new Map<HttpPhase, string | undefined>();
  const { username, password, code } = input;
  const credentials = {
    username: username.trim(),
    password,
    code,
    captcha: '',
    captchaId: '',
    address: peer.address,
  };
  const call = await askSource(deps, source.value, credentials, (phase, fact) => {
    if (!walk.has(phase)) walk.set(phase, fact);
  });
  const way = wayThere(source.value, walk, call);
  return ok({ steps: [...way, parseStep(deps, input, credentials, call)] });
}

function sourceToTest(
  deps: ServiceDeps,
  input: TestSourceInput,
  known: SourceRow | null,
): Promise<Result<OpenSource>> {
  const fields = { kind: input.kind, url: baseUrl(input.url), ca: input.ca };
  if (input.key === null && known) {
    const { sealName, sealedKey } = known;
    return openSource(deps, { ...fields, sealName, sealedKey });
  }
  const target = { url: fields.url, key: input.key || null };
  return Promise.resolve(ok({ kind: fields.kind, target, ca: fields.ca }));
}

const fine = (step: SourceStep['step'], text: string): SourceStep => ({
  step,
  state: 'ok',
  text,
  wayOut: '',
});
const skipped = (step: SourceStep['step'], text = 'Not reached.'): SourceStep => ({
  step,
  state: 'skipped',
  text,
  wayOut: '',
});

/** The four steps of the network. */
function wayThere({ target }: OpenSource, walk: Walk, { failure, status }: SourceCall): SourceStep[] {
  const isTls = target.url.startsWith('https:');
  const isProxied = walk.has('sending') && !walk.has('connect');
  const failed = (step: SourceStep['step']): SourceStep => {
    const { text, wayOut } = failureText(failure?.kind ?? 'cut');
    return { step, state: 'failed', text: `${text} (${failure?.detail ?? ''})`, wayOut };
  };
  const stage = (step: SourceStep['step'], own: HttpPhase, after: HttpPhase, text: string): SourceStep => {
    if (isProxied) return skipped(step, 'Done by the proxy.');
    if (walk.has(after) || hasPassed(walk, after)) return fine(step, text);
    return walk.has(own) ? failed(step) : skipped(step);
  };
  const answered = status === null ? failed('call') : fine('call', `It answered with HTTP ${status}.`);
  return [
    stage('resolve', 'resolve', 'connect', `The address is ${walk.get('connect') ?? ''}.`),
    stage('connect', 'connect', isTls ? 'tls' : 'sending', 'The server takes the connection.'),
    isTls
      ? stage('tls', 'tls', 'sending', `The certificate is trusted: ${walk.get('sending') ?? ''}.`)
      : skipped('tls', 'Plain http: whoever listens in can read the passwords.'),
    walk.has('sending') ? answered : skipped('call'),
  ];
}

/** An address that is a number needs no look-up: the phase after counts as well. */
function hasPassed(walk: Walk, phase: HttpPhase): boolean {
  return HTTP_PHASES.slice(HTTP_PHASES.indexOf(phase)).some((later) => walk.has(later));
}

function parseStep(
  deps: ServiceDeps,
  input: TestSourceInput,
  { username, code }: SourceCredentials,
  { outcome, failure }: SourceCall,
): SourceStep {
  if (failure) return skipped('parse');
  const system = SOURCE_KIND_NAMES[input.kind];
  if (outcome.ok) return personStep(deps, input, outcome.identity);
  const isProbe = username === '';
  const isExpected = outcome.reason === 'bad_credentials' || outcome.reason === 'second_factor';
  if (isProbe && (isExpected || (outcome.reason === 'protocol' && outcome.isUnderstood))) {
    return fine('parse', `It speaks the language of ${system} (it says: ${outcome.serverMessage}).`);
  }
  return refusedStep(outcome, codeOf(outcome.reason, code !== ''), system);
}

function refusedStep({ reason, serverMessage }: SourceRefused, code: ErrorCode, system: string): SourceStep {
  const wayOut: Partial<Record<typeof reason, string>> = {
    protocol: `Check that the address is that of a ${system}, without the path of a page.`,
    disabled: `In ${system}, switch its API on, and check the key, its permissions and its addresses.`,
    bad_credentials: 'Try the same user name and password on its own sign-in page.',
    captcha: 'Switch the captcha off for this desk there, or enter an API key that may skip it.',
    unreachable: `Start ${system}, or look at the server in front of it.`,
  };
  const text = `${ERROR_TEXT[code].replace('The other system', system)} It says: ${serverMessage}`;
  return { step: 'parse', state: 'failed', text, wayOut: wayOut[reason] ?? '' };
}

/** Who was found there, and who that is here. */
function personStep(deps: ServiceDeps, input: TestSourceInput, identity: SourceIdentity): SourceStep {
  const { name, username, email } = identity;
  const who = [name ?? username ?? 'somebody', email === null ? '' : `<${email}>`].filter(Boolean).join(' ');
  const mapped = mapPerson(identity, input.matchBy, deps.store.staff.all());
  const failed = (code: ErrorCode, wayOut: string): SourceStep => ({
    step: 'parse',
    state: 'failed',
    text: `It is ${who}. ${appErrorOf(code).message}`,
    wayOut,
  });
  switch (mapped.kind) {
    case 'found': {
      const account = deps.store.staff.byId(mapped.id);
      return fine('parse', `It is ${who}: here ${account?.name ?? ''} (${account?.username ?? ''}).`);
    }
    case 'unknown':
      return input.createsStaff
        ? fine('parse', `It is ${who}: not here yet; signing in makes an agent.`)
        : failed('source_unknown_staff', 'Add this person under Staff, or let the source make agents.');
    case 'ambiguous':
      return failed('source_ambiguous', 'Give each of them an e-mail address of their own under Staff.');
    case 'no_email':
      return failed('source_no_email', 'Match people by user name instead.');
    case 'not_staff':
      return failed('source_not_staff', 'Make this account an agent there.');
  }
}
