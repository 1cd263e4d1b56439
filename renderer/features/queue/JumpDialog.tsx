import { type FormEvent, useState } from 'react';
import type { QueueCursor, QueueSort } from '../../../shared/contract/queues.ts';
import { useViewer } from '../../api/desk.ts';
import { Button, Dialog, Field, Input, ownTimeZone } from '../../ui/index.ts';
import { cursorOfDay } from './jumpCursor.ts';

/** Goes to the tickets whose last message is of a given day. */
export function JumpDialog({
  open,
  onOpenChange,
  sort,
  onJump,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  sort: QueueSort;
  onJump: (cursor: QueueCursor) => void;
}) {
  const [day, setDay] = useState('');
  const timeZone = useViewer()?.timeZone ?? ownTimeZone();
  const cursor = cursorOfDay(day, sort, timeZone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!cursor) return;
    onOpenChange(false);
    onJump(cursor);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="small"
      title="Jump to a date"
      description="The list goes to the tickets whose last message is of this day."
    >
      <form onSubmit={submit} className="flex items-end gap-3">
        <Field label="Day" className="flex-1">
          <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} autoFocus />
        </Field>
        <Button type="submit" variant="primary" disabled={!cursor} keys="Enter">
          Jump
        </Button>
      </form>
    </Dialog>
  );
}
