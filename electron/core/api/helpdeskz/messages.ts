import type { TicketId } from '../../../../shared/model/ids.ts';
import { ok } from '../../../../shared/util/result.ts';
import { type MessageEntry, messagePage, ticketEntry } from '../../services/apiReads.ts';
import type { ServiceDeps } from '../../services/context.ts';
import { isGoneTicket } from '../../services/goneTickets.ts';
import { localId, shownId } from '../../services/shownIds.ts';
import { addMessage } from '../../services/ticketWriter.ts';
import { type Answer, failure, refusal, success } from './answers.ts';
import { type Action, authorOf, type Call, idProblem, joinProblems, staffProblem } from './call.ts';
import { creating, type Once } from './creating.ts';
import type { Form } from './form.ts';
import { messageOptions } from './listOptions.ts';
import { idFrom, isMissing, messagesPage, seconds } from './phpValues.ts';
import { TEXT } from './texts.ts';

const row = (deps: ServiceDeps, message: MessageEntry) => ({
  id: String(shownId(deps, 'messages', message.id)),
  date: seconds(message.createdAt),
  customer: message.author === 'customer' ? '1' : '0',
  staff_id: String(message.staffId ?? 0),
  message: message.bodyHtml,
});

/** The id in the path is a ticket's. */
function show(call: Call): Answer {
  const { deps, actor, id, query } = call;
  const shown = idFrom(id);
  if (shown === undefined) return refusal(TEXT.ticketNotFound);
  const options = messageOptions(call);
  if (!options.ok) return failure(options.error);
  const ticketId = localId(deps, 'tickets', shown);
  const found = messagePage(deps, actor, ticketId, messagesPage(query.page), options.value);
  if (!found.ok) return refusal(TEXT.ticketNotFound);
  const { pages, total, rows } = found.value;
  return success({ pages, total_replies: total, messages: rows.map((message) => row(deps, message)) });
}

async function createFrom(call: Call, form: Form, once: Once): Promise<Answer> {
  const problem = joinProblems(problems(call, form));
  if (problem) return problem;
  const files = await form.keepFiles();
  if (!files.ok) return failure(files.error);
  const author = authorOf(form, 'replier');
  const answer = once(() => {
    const added = addMessage(call.deps, call.actor, {
      ticketId: localId(call.deps, 'tickets', Number(form.get('ticket_id'))),
      author,
      bodyHtml: form.get('message') ?? '',
      source: 'api',
      files: files.value,
      // Exactly "1", and staff only (behaviour.md 2.5).
      close: author.kind === 'staff' && form.get('close') === '1',
    });
    if (!added.ok) return added;
    const { messageId, attachmentIds } = added.value;
    return ok({
      told: {},
      further: { message_id: messageId, attachment_ids: attachmentIds },
      message: TEXT.messageCreated,
    });
  });
  if (answer.ok) return answer.value;
  // Only a colleague who deleted one of them a moment ago gets here.
  return joinProblems(problems(call, form)) ?? failure(answer.error);
}

function problems(call: Call, form: Form): (string | undefined)[] {
  const replier = form.get('replier');
  return [
    idProblem(
      form.get('ticket_id'),
      { missing: TEXT.ticketIdMissing, invalid: TEXT.ticketNotFound, unknown: TEXT.ticketNotFound },
      (id) => takesMessages(call, localId(call.deps, 'tickets', id)),
    ),
    isMissing(form.get('message')) ? TEXT.messageMissing : undefined,
    replierProblem(replier),
    replier === 'staff' ? staffProblem(call, form.get('staff_id')) : undefined,
    form.fileProblem,
  ];
}

/** What the server of a remote workspace has deleted, it answers for as for any ticket that is not there. */
function takesMessages({ deps, actor }: Call, id: TicketId): boolean {
  return ticketEntry(deps, actor, id) !== undefined && !isGoneTicket(deps, id);
}

function replierProblem(replier: string | undefined): string | undefined {
  if (isMissing(replier)) return TEXT.replierMissing;
  return replier === 'user' || replier === 'staff' ? undefined : TEXT.replierNotValid;
}

export const messages = {
  show: { permission: 'messages.read', run: show },
  create: { permission: 'messages.create', run: creating('messages/create', createFrom) },
} satisfies Record<string, Action>;
