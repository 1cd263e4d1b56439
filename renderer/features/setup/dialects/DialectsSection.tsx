import { useQuery } from '@tanstack/react-query';
import type { ApiToken, DeskSettings } from '../../../../shared/contract/desk.ts';
import { DIALECT_NAMES, type Dialect, type KeyedDialect } from '../../../../shared/contract/dialects.ts';
import { trpc } from '../../../api/client.ts';
import { useViewer } from '../../../api/desk.ts';
import { toAppError } from '../../../api/errors.ts';
import { CopyField, ErrorState, Skeleton } from '../../../ui/index.ts';
import { Part } from '../Part.tsx';
import { DialectForm, DialectFrame } from './DialectCard.tsx';
import { DialectKeyField } from './DialectKeyField.tsx';
import { PASSWORD_PLACE, signInLine } from './dialectForm.ts';

const CARDS: readonly {
  dialect: Dialect;
  lead: string;
  minutes: { label: string; help?: string };
  extra: { label: string; help: string };
}[] = [
  {
    dialect: 'octeth',
    lead: 'POST /api.php with Admin.Login and Admin.Update. Their session may change its own account and nothing else.',
    minutes: { label: 'Session ends after', help: 'Without being used.' },
    extra: {
      label: 'Ask a captcha',
      help: 'Clients fetch a question with Command=Captcha.Get and send its answer along.',
    },
  },
  {
    dialect: 'forma',
    lead: 'POST /api/auth/authenticate. The token opens the HelpDeskZ API as Bearer, with the rights of that person.',
    minutes: { label: 'Token ends after', help: 'Forma LMS itself gives one minute.' },
    extra: {
      label: 'Strictly as the product does it',
      help: 'XML unless JSON is asked for exactly, no details of the person, and one token per person.',
    },
  },
  {
    dialect: 'faveo',
    lead: 'POST /api/v1/authenticate. The token opens the HelpDeskZ API as Bearer, with the rights of that person.',
    minutes: { label: 'Token ends after', help: 'Faveo itself gives 60.' },
    extra: { label: 'API key is mandatory', help: 'Without the key below nobody signs in here.' },
  },
];

const KEYS: Record<KeyedDialect, { label: string; help: string }> = {
  octeth: {
    label: 'Key for trusted programs',
    help: 'Who sends it as AdminApiKey may leave out the captcha (DisableCaptcha) and the second factor (Disable2FA).',
  },
  faveo: { label: 'API key', help: 'Clients send it as api_key.' },
};

type Shared = { saved: DeskSettings; baseUrl: string | null };

function Line({ dialect, saved, baseUrl, apiKey }: Shared & { dialect: Dialect; apiKey: string | null }) {
  const viewer = useViewer();
  if (baseUrl === null || !viewer) return null;
  return (
    <CopyField
      label={`Try ${DIALECT_NAMES[dialect]}`}
      value={signInLine(dialect, baseUrl, viewer.staff.username, saved, apiKey)}
      help={`Paste it into a terminal, with your password in place of ${PASSWORD_PLACE}.`}
      isBlock
    />
  );
}

/** Line and key of a system that has one. */
function Keyed({ dialect, ...shared }: Shared & { dialect: KeyedDialect }) {
  const { data, error, refetch } = useQuery(trpc.dialects.key.queryOptions({ dialect }));
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-24" />;
  return (
    <>
      <DialectKeyField dialect={dialect} {...KEYS[dialect]} stored={data} />
      <Line dialect={dialect} apiKey={data.key} {...shared} />
    </>
  );
}

function HelpdeskzCard({ tokens }: { tokens: readonly ApiToken[] }) {
  const able = tokens.filter(
    ({ permissions, isActive }) => isActive && permissions.includes('staff.auth'),
  ).length;
  return (
    <DialectFrame
      name="HelpDeskZ"
      state="Always on"
      isOn
      lead="POST /api/staff/auth is a part of the API: it checks passwords for tokens that may do so, and opens no session."
    >
      <p>
        {able === 0 && 'No token may do so now. Tick it where you make or change one.'}
        {able === 1 && 'One token may do so.'}
        {able > 1 && `${able} tokens may do so.`}
      </p>
    </DialectFrame>
  );
}

function isOn(saved: DeskSettings, dialect: Dialect): boolean {
  return DIALECT_SETTINGS[dialect](saved).isOn;
}
const DIALECT_SETTINGS: Record<Dialect, (saved: DeskSettings) => { isOn: boolean }> = {
  octeth: (saved) => saved.octethSignIn,
  forma: (saved) => saved.formaSignIn,
  faveo: (saved) => saved.faveoSignIn,
};

/** Clients of other systems that may sign staff in here, each in its own words. */
export function DialectsSection({
  baseUrl,
  tokens,
}: {
  baseUrl: string | null;
  tokens: readonly ApiToken[];
}) {
  const { data: saved, error, refetch } = useQuery(trpc.settings.get.queryOptions());
  if (error) return <ErrorState error={toAppError(error)} onRetry={() => void refetch()} />;
  if (!saved) return <Skeleton className="h-60" />;
  return (
    <Part
      title="Sign-in dialects"
      lead="Programs written for another system sign staff in here as they did there. Wrong passwords count together with those of this window. Forma LMS and Faveo have no field for a second factor: whoever has one makes an app password in their profile."
    >
      <HelpdeskzCard tokens={tokens} />
      {CARDS.map(({ dialect, lead, minutes, extra }) => {
        const name = DIALECT_NAMES[dialect];
        const on = isOn(saved, dialect);
        return (
          <DialectFrame key={dialect} name={name} isOn={on} lead={lead}>
            <DialectForm dialect={dialect} saved={saved} name={name} minutes={minutes} extra={extra} />
            {on && dialect !== 'forma' && <Keyed dialect={dialect} saved={saved} baseUrl={baseUrl} />}
            {on && dialect === 'forma' && (
              <Line dialect={dialect} saved={saved} baseUrl={baseUrl} apiKey={null} />
            )}
          </DialectFrame>
        );
      })}
    </Part>
  );
}
