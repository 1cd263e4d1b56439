import type { OutboxDetail } from '../../../shared/contract/sync.ts';
import { classes, exactTime } from '../../ui/index.ts';
import { hasTwoSides } from './waitingText.ts';

/** Base, mine and theirs side by side, per field, with who and when as far as anybody can know. */
export function Comparison({ detail }: { detail: OutboxDetail }) {
  const { item, fields, actorName, asideAt } = detail;
  const mineBy = [actorName || 'Somebody here', exactTime(item.createdAt)].join(' · ');
  const seen = asideAt === null ? '' : `, seen ${exactTime(asideAt)}`;
  const isConflict = item.state === 'conflict';
  return (
    <div className="flex flex-col gap-3">
      {fields.map(({ name, base, mine, theirs }) => (
        <table
          key={name}
          className="w-full table-fixed border-separate border-spacing-0 overflow-hidden rounded-lg border border-line text-left"
        >
          <caption className="sr-only">{name}</caption>
          <thead>
            <tr className="text-faint text-small">
              <Head>{`${name} before`}</Head>
              <Head>Mine</Head>
              <Head>Theirs</Head>
            </tr>
          </thead>
          <tbody>
            <tr className="align-top">
              <Side value={base} by="When you changed it" />
              <Side value={mine} by={mineBy} isStrong />
              <Side
                value={theirs}
                isStrong={isConflict}
                by={
                  !hasTwoSides(item)
                    ? 'On the server, as last seen'
                    : isConflict
                      ? `Somebody on the server${seen}. HelpDeskZ does not tell who or when.`
                      : `On the server${seen}`
                }
              />
            </tr>
          </tbody>
        </table>
      ))}
    </div>
  );
}

function Head({ children }: { children: string }) {
  return (
    <th scope="col" className="border-line border-b bg-sunken px-3 py-1.5 font-medium not-first:border-l">
      {children}
    </th>
  );
}

function Side({ value, by, isStrong = false }: { value: string; by: string; isStrong?: boolean }) {
  return (
    <td className="border-line px-3 py-2.5 not-first:border-l">
      <span className={classes('block break-words', isStrong && 'font-medium')}>{value || 'Not known'}</span>
      <span className="mt-1 block text-balance text-faint text-small">{by}</span>
    </td>
  );
}
