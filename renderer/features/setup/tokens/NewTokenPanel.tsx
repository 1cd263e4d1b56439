import { useEffect, useRef } from 'react';
import type { Permission } from '../../../../shared/contract/desk.ts';
import type { TokenId } from '../../../../shared/model/ids.ts';
import { Button, CopyField } from '../../../ui/index.ts';
import { curlLine } from './tokenText.ts';

/** A token's text, in the only place and for the only time it can be read. */
export type NewToken = {
  readonly id: TokenId;
  readonly name: string;
  readonly text: string;
  readonly permissions: readonly Permission[];
  readonly ipList: readonly string[];
};

function TryIt({ made, baseUrl }: { made: NewToken; baseUrl: string }) {
  const line = curlLine(baseUrl, made.text, made.permissions);
  if (line === null)
    return <p className="text-faint text-small">It may read no list, so there is no line to try.</p>;
  const from = made.ipList.length === 0 ? '' : ` It answers from ${made.ipList.join(', ')} only.`;
  return <CopyField label="Try it" value={line} help={`Paste it into a terminal.${from}`} isBlock />;
}

/** Stays until the person says that they have it: a careless Escape would lose it. */
export function NewTokenPanel({
  made,
  baseUrl,
  onDone,
}: {
  made: NewToken;
  baseUrl: string | null;
  onDone: () => void;
}) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    // After the dialog gave the focus back.
    const timer = setTimeout(() => panel.current?.focus());
    return () => clearTimeout(timer);
  }, []);
  return (
    <section
      ref={panel}
      tabIndex={-1}
      aria-label={`The token «${made.name}»`}
      className="flex flex-col gap-4 rounded-md border border-accent p-3.5"
    >
      <p>
        This is the token <strong className="font-semibold">{made.name}</strong>. Copy it now: it is not kept
        and cannot be shown again.
      </p>
      <CopyField label="Token" value={made.text} isBlock />
      {baseUrl !== null && <TryIt made={made} baseUrl={baseUrl} />}
      <Button variant="primary" onClick={onDone} className="self-start">
        I have it
      </Button>
    </section>
  );
}
