import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Plane } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { AboardEstimate, AboardTake } from '../../../shared/contract/aboard.ts';
import type { Queue } from '../../../shared/contract/queues.ts';
import { trpc } from '../../api/client.ts';
import { toAppError } from '../../api/errors.ts';
import { Button, Fact, FieldError, Notice, Skeleton } from '../../ui/index.ts';
import { sizeText } from '../composer/index.ts';
import { queueKey } from '../queue/index.ts';
import { budgetText } from './aboardText.ts';
import { MegabytesField } from './MegabytesField.tsx';
import { bytesOfMegabytes, MEGABYTES_SENTENCE, megabytesOf } from './megabytes.ts';
import { SizeFacts } from './SizeFacts.tsx';
import { useViewChoices } from './useViewChoices.ts';
import { ViewPicker } from './ViewPicker.tsx';

const DEFAULT_MB = '200';

function useTakeForm(take: AboardTake | null) {
  const { queues, departments } = useViewChoices();
  const [chosen, setChosen] = useState(new Set(take ? take.views.map(queueKey) : ['open']));
  const [megabytes, setMegabytes] = useState(take ? megabytesOf(take.budgetBytes) : DEFAULT_MB);
  const [isChecked, setChecked] = useState(false);
  const start = useMutation(trpc.aboard.take.mutationOptions());
  const views: Queue[] = [...queues, ...departments]
    .filter(({ key }) => chosen.has(key))
    .map(({ queue }) => queue);
  const bytes = bytesOfMegabytes(megabytes);
  const budgetBytes = Number.isNaN(bytes) ? null : bytes;
  const viewsError = isChecked && views.length === 0 ? 'Choose at least one view.' : undefined;
  const budgetError = isChecked && budgetBytes === null ? MEGABYTES_SENTENCE : undefined;
  return {
    ...{ queues, departments, chosen, megabytes, setMegabytes, views, budgetBytes, viewsError, budgetError },
    start,
    toggle: (key: string, isChosen: boolean) =>
      setChosen((before) => {
        const after = new Set(before);
        if (isChosen) after.add(key);
        else after.delete(key);
        return after;
      }),
    submit: (event: FormEvent) => {
      event.preventDefault();
      setChecked(true);
      if (views.length > 0 && budgetBytes !== null) start.mutate({ views, budgetBytes });
    },
  };
}

/** Which views, how much of their attachments, and what that would be. */
export function TakeForm({ take }: { take: AboardTake | null }) {
  const form = useTakeForm(take);
  return (
    <form noValidate aria-label="What to take along" onSubmit={form.submit} className="flex flex-col gap-6">
      <div>
        <div className="grid grid-cols-2 gap-6 max-[759px]:grid-cols-1">
          <ViewPicker title="Queues" choices={form.queues} chosen={form.chosen} onToggle={form.toggle} />
          <ViewPicker
            title="Departments, open tickets"
            choices={form.departments}
            chosen={form.chosen}
            onToggle={form.toggle}
          />
        </div>
        <div className="mt-2">
          <FieldError id="aboard-views-error" error={form.viewsError} />
        </div>
      </div>
      <MegabytesField
        label="Attachments up to"
        help="The newest first. What is on this desk already counts; 0 takes none along."
        error={form.budgetError}
        value={form.megabytes}
        onChange={form.setMegabytes}
      />
      <Estimate views={form.views} budgetBytes={form.budgetBytes} />
      {form.start.error && <Notice tone="danger">{toAppError(form.start.error).message}</Notice>}
      <Button
        type="submit"
        variant="primary"
        icon={Plane}
        isBusy={form.start.isPending}
        className="self-start"
      >
        Take with me
      </Button>
    </form>
  );
}

function Estimate({ views, budgetBytes }: { views: Queue[]; budgetBytes: number | null }) {
  const estimate = useQuery(
    trpc.aboard.estimate.queryOptions(
      { views },
      { enabled: views.length > 0, placeholderData: keepPreviousData },
    ),
  );
  if (views.length === 0) return <p className="text-faint">Nothing is chosen.</p>;
  if (estimate.error) return <Notice tone="danger">{toAppError(estimate.error).message}</Notice>;
  if (!estimate.data) return <Skeleton className="h-24" />;
  return <EstimateFacts estimate={estimate.data} budgetBytes={budgetBytes} />;
}

function EstimateFacts({
  estimate: { size, freeBytes, isPartial },
  budgetBytes,
}: {
  estimate: AboardEstimate;
  budgetBytes: number | null;
}) {
  return (
    <section aria-label="What that is" className="rounded-lg border border-line bg-sunken px-4 py-3">
      <dl className="flex flex-col gap-1.5">
        <SizeFacts size={size} />
        {freeBytes !== null && <Fact name="Free on this disk">{sizeText(freeBytes)}</Fact>}
      </dl>
      {budgetBytes !== null && <p className="mt-2 empty:hidden">{budgetText(size, budgetBytes)}</p>}
      {size.filesTooLarge.count > 0 && (
        <p className="mt-2 text-soft">
          {size.filesTooLarge.count} of the attachments ({sizeText(size.filesTooLarge.bytes)}) are too large
          for the server’s API and stay there.
        </p>
      )}
      {isPartial && (
        <p className="mt-2 text-soft">
          The first sync is not through yet: there may be more tickets on the server than are counted here.
        </p>
      )}
    </section>
  );
}
