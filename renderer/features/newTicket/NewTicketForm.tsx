import { useEffect } from 'react';
import { LIMITS } from '../../../shared/limits.ts';
import type { DraftId } from '../../../shared/model/ids.ts';
import { departmentId as departmentIdSchema, staffId as staffIdSchema } from '../../../shared/model/ids.ts';
import { PRIORITY_NAMES, ticketPriority } from '../../../shared/model/ticket.ts';
import { useStaff, useViewer } from '../../api/desk.ts';
import { Field, Input, PriorityMark, Segmented, Select } from '../../ui/index.ts';
import {
  AttachButton,
  DraftStatus,
  FileChips,
  FileDrop,
  RichEditor,
  SendButton,
  SendQuestionBar,
} from '../composer/index.ts';
import { CustomerPicker } from './CustomerPicker.tsx';
import { useNewTicket } from './useNewTicket.ts';

type NewTicket = ReturnType<typeof useNewTicket>;

const NOBODY = 'nobody';
const OPENERS = [
  { value: 'staff', label: 'We write' },
  { value: 'customer', label: 'The customer called' },
] as const;

function Choices({ form }: { form: NewTicket }) {
  const { values, departments, set } = form;
  const staff = useStaff();
  const viewerId = useViewer()?.staff.id;
  const active = staff.filter(({ isActive }) => isActive);
  const departmentId = values.departmentId ?? departments[0]?.id;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-3">
      <Field label="Department" error={errorOf(form, 'departmentId')}>
        <Select
          value={departmentId === undefined ? undefined : String(departmentId)}
          onValueChange={(id) => set({ departmentId: departmentIdSchema.parse(Number(id)) })}
          options={departments.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      </Field>
      <Field label="Priority">
        <Select
          value={String(values.priority)}
          onValueChange={(value) => set({ priority: ticketPriority.parse(Number(value)) })}
          options={Object.entries(PRIORITY_NAMES).map(([value, label]) => ({
            value,
            label,
            mark: <PriorityMark priority={ticketPriority.parse(Number(value))} isCompact />,
          }))}
        />
      </Field>
      <Field label="Assignee" error={errorOf(form, 'assigneeId')}>
        <Select
          value={values.assigneeId === null ? NOBODY : String(values.assigneeId)}
          onValueChange={(id) => set({ assigneeId: id === NOBODY ? null : staffIdSchema.parse(Number(id)) })}
          options={[
            { value: NOBODY, label: 'Nobody' },
            ...active.map(({ id, name }) => ({
              value: String(id),
              label: id === viewerId ? `${name} (you)` : name,
            })),
          ]}
        />
      </Field>
    </div>
  );
}

/** The refusal that belongs beside `field`. */
function errorOf({ sending }: NewTicket, ...fields: string[]): string | null {
  const { question } = sending;
  if (question?.kind !== 'error') return null;
  const { field, message } = question.error;
  return field !== undefined && fields.includes(field) ? message : null;
}

const FIELDS = [
  'customer',
  'customer.email',
  'customer.name',
  'email',
  'name',
  'departmentId',
  'assigneeId',
  'subject',
];

function Body({ form }: { form: NewTicket }) {
  const { writing, sending, values } = form;
  const { files } = writing;
  const isShownBeside = errorOf(form, ...FIELDS) !== null;
  const isCall = values.opener === 'customer';
  return (
    <FileDrop
      onFiles={(added) => writing.onFiles(added)}
      label="Drop to attach"
      className="rounded-md border border-line-control/55 focus-within:border-accent"
    >
      <RichEditor
        ref={writing.editor}
        label="Message"
        placeholder={isCall ? 'What the customer asked for…' : 'Write to the customer…'}
        textClassName="max-h-[30vh] min-h-36"
        isReadOnly={sending.isSending}
        onChange={writing.onChange}
        onBlur={() => void writing.draft.flush()}
        onFiles={writing.onFiles}
        onKey={(key) => key !== 'leave' && sending.send()}
        toolbarStart={<AttachButton onFiles={(added) => writing.onFiles(added)} />}
        toolbarEnd={
          <>
            <DraftStatus draft={writing.draft} />
            <SendButton
              label={isCall ? 'Create ticket' : 'Send'}
              block={sending.block}
              isSending={sending.isSending}
              onSend={() => sending.send()}
            />
          </>
        }
      >
        <FileChips files={files.files} onRetry={files.retry} onRemove={files.remove} />
        {sending.question && !isShownBeside && (
          <SendQuestionBar
            question={sending.question}
            onSendAnyway={sending.sendAnyway}
            onReview={() => {
              sending.dropQuestion();
              writing.editor.current?.focus();
            }}
          />
        )}
      </RichEditor>
    </FileDrop>
  );
}

/** Customer, choices, subject, text and files of a new ticket. */
export function NewTicketForm({
  draftId,
  onDone,
  onWritten,
}: {
  draftId: DraftId | null;
  onDone: () => void;
  /** Whether there is something to keep as a draft. */
  onWritten: (isWritten: boolean) => void;
}) {
  const form = useNewTicket(draftId, () => {
    onWritten(false);
    onDone();
  });
  const { values, set, writing } = form;
  const isWritten = writing.draft.saveState !== 'idle';
  useEffect(() => onWritten(isWritten), [isWritten, onWritten]);
  return (
    <div className="flex flex-col gap-4">
      <CustomerPicker
        key={String(writing.draft.isLoaded)}
        choice={values.customer}
        error={errorOf(form, 'customer', 'customer.email', 'customer.name', 'email', 'name')}
        onChange={(customer) => set({ customer })}
      />
      <Field label="Subject" error={errorOf(form, 'subject')}>
        <Input
          value={values.subject}
          maxLength={LIMITS.subjectLength}
          autoComplete="off"
          onChange={(event) => set({ subject: event.target.value })}
        />
      </Field>
      <Choices form={form} />
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="Who speaks first"
          value={values.opener}
          onValueChange={(opener) => set({ opener })}
          segments={OPENERS}
        />
        <p className="text-faint text-small">
          {values.opener === 'customer'
            ? 'The text stands as the customer’s own first message.'
            : 'The text goes to the customer as our first message.'}
        </p>
      </div>
      <Body form={form} />
    </div>
  );
}
