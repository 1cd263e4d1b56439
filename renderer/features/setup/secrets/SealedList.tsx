import type { SealedSecret } from '../../../../shared/contract/secrets.ts';
import { sealedLines } from './secretsText.ts';

/** What is sealed: kinds and names, nothing else ever leaves the core. */
export function SealedList({ sealed }: { sealed: readonly SealedSecret[] }) {
  if (sealed.length === 0) return <p className="text-soft">Nothing yet.</p>;
  return (
    <ul className="flex flex-col gap-1">
      {sealedLines(sealed).map(({ kind, names }) => (
        <li key={kind}>
          <span className="text-soft">{kind}</span> {names}
        </li>
      ))}
    </ul>
  );
}
