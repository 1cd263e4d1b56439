import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { NewTicketFields } from '../../../shared/contract/drafts.ts';
import { type AppError, appErrorOf } from '../../../shared/contract/errors.ts';
import type { DepartmentId, DraftId, StaffId } from '../../../shared/model/ids.ts';
import type { AuthorKind, TicketPriority } from '../../../shared/model/ticket.ts';
import { trpc } from '../../api/client.ts';
import { useDepartments } from '../../api/desk.ts';
import { AppFailure } from '../../api/errors.ts';
import { useUi } from '../../stores/index.ts';
import { type DraftPlace, uploadedIds, useSend, useWriting } from '../composer/index.ts';
import { showToast } from '../toasts/index.ts';
import { type CustomerChoice, customerInput, NOBODY } from './customerChoice.ts';

export type NewTicketValues = {
  customer: CustomerChoice;
  departmentId: DepartmentId | null;
  priority: TicketPriority;
  assigneeId: StaffId | null;
  subject: string;
  /** Who speaks in the first message. */
  opener: AuthorKind;
};

const EMPTY: NewTicketValues = {
  customer: NOBODY,
  departmentId: null,
  priority: 1,
  assigneeId: null,
  subject: '',
  opener: 'staff',
};

function draftFields(values: NewTicketValues): NewTicketFields {
  const { customer, departmentId, priority, subject } = values;
  const { id: customerId, email: customerEmail, name: customerName } = customer;
  return { customerId, customerEmail, customerName, departmentId, priority, subject };
}

function valuesOf(fields: NewTicketFields): Partial<NewTicketValues> {
  const { customerId, customerEmail, customerName, departmentId, priority, subject } = fields;
  return {
    customer: { id: customerId, email: customerEmail, name: customerName },
    departmentId,
    priority,
    subject,
  };
}

/** What is missing, beside its field; the core checks the same again. */
function missing(values: NewTicketValues): AppError | null {
  if (!customerInput(values.customer)) {
    return appErrorOf('customer_not_found', {
      field: 'customer',
      message: 'Choose a customer, or type a new e-mail address.',
    });
  }
  return values.subject.trim() === '' ? appErrorOf('subject_missing', { field: 'subject' }) : null;
}

/** The form of a new ticket: its values, kept in a draft with every keystroke, and the way to create it. */
export function useNewTicket(draftId: DraftId | null, onClose: () => void) {
  const [values, setValues] = useState(EMPTY);
  const departments = useDepartments();
  const place = useMemo((): DraftPlace => ({ kind: 'new_ticket', draftId }), [draftId]);
  const writing = useWriting({
    place,
    newTicket: draftFields(values),
    onLoaded: (draft) => {
      const fields = draft?.newTicket;
      if (fields) setValues((before) => ({ ...before, ...valuesOf(fields) }));
    },
  });
  const { mutateAsync } = useMutation(trpc.tickets.create.mutationOptions());
  const sending = useSend({
    writing,
    asksBefore: true,
    deliver: async () => {
      const gap = missing(values);
      const customer = customerInput(values.customer);
      const departmentId = values.departmentId ?? departments[0]?.id;
      if (gap || !customer)
        throw new AppFailure(gap ?? appErrorOf('customer_not_found', { field: 'customer' }));
      if (departmentId === undefined) {
        throw new AppFailure(appErrorOf('department_not_found', { field: 'departmentId' }));
      }
      const { priority, assigneeId, subject, opener } = values;
      const { newTicket } = useUi.getState();
      const made = await mutateAsync({
        customer,
        departmentId,
        priority,
        assigneeId,
        subject,
        opener,
        bodyHtml: writing.html,
        uploadIds: uploadedIds(writing.files.files),
        draftId: writing.draft.draftId(),
      });
      showToast({ text: `Ticket #${made.ticketId} created`, undoGroupId: made.groupId, tone: 'success' });
      // Whoever closed this meanwhile has gone on to something else.
      if (useUi.getState().newTicket !== newTicket) return;
      onClose();
      useUi.getState().openTicket(made.ticketId);
    },
  });
  return {
    values,
    departments,
    writing,
    sending,
    set: (changed: Partial<NewTicketValues>) => setValues((before) => ({ ...before, ...changed })),
  };
}
