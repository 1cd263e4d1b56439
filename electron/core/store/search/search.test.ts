import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DepartmentId, TicketId } from '../../../../shared/model/ids.ts';
import { addMessage, addTicket, openStoreDesk } from '../../../../test/fakes/storeDesk.ts';
import type { DepartmentScope } from '../../domain/actor.ts';
import { createSearcher } from './searcher.ts';
import { createSearchIndex } from './searchIndex.ts';

interface Sample {
  readonly subject?: string;
  readonly body?: string;
  readonly departmentId?: number;
  readonly customerId?: number;
  readonly status?: number;
}

/** A desk with these tickets indexed; ids are 1, 2, 3, … */
function deskWith(...samples: Sample[]) {
  const db = openStoreDesk();
  const index = createSearchIndex(db);
  for (const { body, ...ticket } of samples) {
    const id = addTicket(db, ticket) as TicketId;
    if (body !== undefined) addMessage(db, id, body);
    index.index(id);
  }
  const searcher = createSearcher(db);
  return {
    db,
    index,
    find: (text: string, scope: DepartmentScope = 'all') =>
      searcher.search(scope, { text, limit: 20, beforeId: null }).ids,
    page: (text: string, limit: number, beforeId: number | null = null, scope: DepartmentScope = 'all') =>
      searcher.search(scope, { text, limit, beforeId: beforeId as TicketId | null }),
    suggest: (text: string, scope: DepartmentScope = 'all', limit = 8) =>
      searcher.suggest(scope, { text, limit }),
  };
}
const scope = (...ids: number[]) => ids as DepartmentId[];

describe('search', () => {
  it('wants every word, in any order, newest ticket first', () => {
    const { find } = deskWith(
      { subject: 'Broken lamp', body: '<p>The parcel was wet</p>' },
      { subject: 'Parcel lost' },
      { subject: 'Lamp question', body: 'where is my parcel?' },
    );
    expect(find('parcel lamp')).toEqual([3, 1]);
    expect(find('LAMP parcel')).toEqual([3, 1]);
    expect(find('parcel')).toEqual([3, 2, 1]);
    expect(find('parcel nowhere')).toEqual([]);
    expect(find('   ')).toEqual([]);
  });

  it('finds customers by name and address, and files by name', () => {
    const { db, index, find } = deskWith({ customerId: 2 }, {});
    db.exec(`INSERT INTO attachments (ticket_id, message_id, name, media_type, size_bytes, sha256, created_at)
      VALUES (2, ${addMessage(db, 2, '')}, 'quarterly report.pdf', 'application/pdf', 1, 'x', 0);
      UPDATE tickets SET attachment_count = 1 WHERE id = 2`);
    index.index(2 as TicketId);
    expect(find('customer2@mail.example')).toEqual([1]);
    expect(find('from:"customer 2"')).toEqual([1]);
    expect(find('quarterly')).toEqual([2]);
    expect(find('has:attachment')).toEqual([2]);
    expect(find('has:attachment quarterly')).toEqual([2]);
    expect(find('from:quarterly')).toEqual([]);
  });

  it('does not care for accents and capitals', () => {
    const { find } = deskWith({ subject: 'Rückerstattung für Käthe' }, { subject: 'facture erronée ÉLODIE' });
    expect(find('ruckerstattung KATHE')).toEqual([1]);
    expect(find('élodie erronee')).toEqual([2]);
  });

  it('finds Chinese, Japanese and Korean text by any part of it', () => {
    const { find } = deskWith(
      { subject: '注文AB-12がまだ届きません' },
      { body: '订单还没有收到' },
      { subject: '배송이 늦어요' },
    );
    expect(find('届きません')).toEqual([1]);
    expect(find('届')).toEqual([1]);
    expect(find('没有收到')).toEqual([2]);
    expect(find('收没')).toEqual([]);
    expect(find('배송')).toEqual([3]);
  });

  it('takes quoted words and words joined by signs as a phrase', () => {
    const { find } = deskWith({ body: 'please re-install the app' }, { body: 'install it, re the app' });
    expect(find('"install the app"')).toEqual([1]);
    expect(find('re-install')).toEqual([1]);
    expect(find('install re')).toEqual([2, 1]);
    expect(find('"install the')).toEqual([1]);
  });

  it('never shows a ticket outside the scope, not even when the index lags behind', () => {
    const desk = deskWith({ subject: 'lamp', departmentId: 1 }, { subject: 'lamp', departmentId: 2 });
    expect(desk.find('lamp', scope(2))).toEqual([2]);
    expect(desk.find('lamp', scope(1, 2))).toEqual([2, 1]);
    expect(desk.find('lamp', scope())).toEqual([]);
    expect(desk.find('lamp', scope(3))).toEqual([]);
    expect(desk.find('2', scope(1))).toEqual([]);
    desk.db.exec('UPDATE tickets SET department_id = 3 WHERE id = 2');
    expect(desk.find('lamp', scope(2))).toEqual([]);
    expect(desk.suggest('lam', scope(2))).toEqual([]);
    desk.index.index(2 as TicketId);
    expect(desk.find('lamp', scope(3))).toEqual([2]);
  });

  it('forgets trashed tickets and knows restored ones again', () => {
    const { db, index, find, suggest } = deskWith({ subject: 'lamp' });
    db.exec('UPDATE tickets SET deleted_at = 5');
    expect(find('lamp')).toEqual([]);
    index.remove(1 as TicketId);
    expect(find('lamp')).toEqual([]);
    expect(suggest('lamp')).toEqual([]);
    db.exec('UPDATE tickets SET deleted_at = NULL');
    index.index(1 as TicketId);
    expect(find('lamp')).toEqual([1]);
    expect(suggest('lam')).toEqual([1]);
  });

  it('follows changes: old words no longer find the ticket', () => {
    const { db, index, find } = deskWith({ subject: 'lamp' });
    db.exec("UPDATE tickets SET subject = 'printer'");
    index.index(1 as TicketId);
    expect(find('lamp')).toEqual([]);
    expect(find('printer')).toEqual([1]);
  });

  it('falls back to beginnings of words in subjects and customers while a word is unfinished', () => {
    const { find } = deskWith({ subject: 'Refund please' }, { body: 'refund' }, { subject: 'reference' });
    expect(find('refu')).toEqual([1]);
    expect(find('refund')).toEqual([2, 1]);
    expect(find('refund ple')).toEqual([1]);
    expect(find('refu status:open')).toEqual([]);
    expect(find('refu', scope(2))).toEqual([]);
  });

  it('puts the ticket whose number was typed first', () => {
    const { find } = deskWith({ subject: 'one' }, { subject: 'see ticket 1' }, { subject: 'room 1' });
    expect(find('1')).toEqual([1, 3, 2]);
    expect(find('#1')).toEqual([1, 3, 2]);
    expect(find('room 1')).toEqual([3]);
    const many = deskWith(...Array.from({ length: 5 }, () => ({ subject: 'room 1' })));
    const first = many.page('1', 2);
    expect(first).toMatchObject({ ids: [1, 5], hasMore: true, continueBelowId: 5 });
    expect(many.page('1', 9, first.continueBelowId).ids).toEqual([4, 3, 2]);
  });

  it('understands dept: and status:, and reads operators without sense as words', () => {
    const { find } = deskWith(
      { subject: 'lamp', departmentId: 1, status: 5 },
      { subject: 'lamp', departmentId: 2, status: 1 },
      { subject: 'status:funny lamp', departmentId: 2, status: 5 },
    );
    expect(find('lamp status:closed')).toEqual([3, 1]);
    expect(find('status:closed')).toEqual([3, 1]);
    expect(find('lamp dept:"department 2"')).toEqual([3, 2]);
    expect(find('dept:nothing lamp')).toEqual([]);
    expect(find('lamp dept:department', scope(1))).toEqual([1]);
    expect(find('dept:"department 2"', scope(1))).toEqual([]);
    expect(find('status:funny')).toEqual([3]);
  });

  it('pages without gaps, also under a filter', () => {
    const samples = Array.from({ length: 40 }, (_, n) => ({ subject: 'lamp', status: n % 3 === 0 ? 5 : 1 }));
    const { page } = deskWith(...samples);
    for (const text of ['lamp', 'lamp status:closed', 'status:open']) {
      const all = page(text, 100);
      expect(all.hasMore).toBe(false);
      const seen: number[] = [];
      for (let below: number | null = null; ; ) {
        const hits = page(text, 3, below);
        seen.push(...hits.ids);
        if (!hits.hasMore) break;
        below = hits.continueBelowId;
      }
      expect(seen).toEqual(all.ids);
      expect(seen.length).toBeGreaterThan(10);
    }
  });

  it('says honestly that a filter has not looked at everything, and goes on from there', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    db.transaction(() => {
      for (let n = 1; n <= 2600; n++)
        index.index(addTicket(db, { subject: 'lamp', status: n === 10 ? 4 : 5 }) as TicketId);
    })();
    const searcher = createSearcher(db);
    const first = searcher.search('all', { text: 'lamp status:in_progress', limit: 20, beforeId: null });
    expect(first).toMatchObject({ ids: [], hasMore: true, continueBelowId: 601 });
    const next = searcher.search('all', {
      text: 'lamp status:in_progress',
      limit: 20,
      beforeId: first.continueBelowId,
    });
    expect(next).toMatchObject({ ids: [10], hasMore: false });
  });

  it('takes any text without failing', () => {
    const { page, suggest } = deskWith({ subject: 'lamp', body: 'NEAR AND OR NOT' });
    const nasty = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 8 }),
        fc.constantFrom(
          '"',
          '*',
          ' AND ',
          ' OR ',
          'NEAR(',
          ')',
          '^',
          'subject:',
          '{a b}:',
          '+',
          '-',
          'status:',
          'dept:"',
          'from:',
          'has:',
          '\0',
          '\ue000d1',
          '\ud800',
          '都',
          '1',
          '#',
        ),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(nasty, fc.constantFrom<DepartmentScope>('all', scope(1, 2), scope()), (parts, who) => {
        page(parts.join(''), 5, null, who);
        suggest(parts.join(''), who);
      }),
      { numRuns: 1500 },
    );
  });

  it('finds every ticket by words of its own, whatever they are', () => {
    const word = fc.stringMatching(/^[a-zäöüé]{2,8}$/);
    fc.assert(
      fc.property(
        fc.array(fc.array(word, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        (texts) => {
          const { db, find } = deskWith(
            ...texts.map((words) => ({ subject: words[0] ?? '', body: words.slice(1).join(' ') })),
          );
          const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
          const holds = (words: string[], wanted: string) => words.some((one) => fold(one) === fold(wanted));
          for (const words of texts) {
            const wanted = words.slice(0, 3).reverse();
            const expected = texts.flatMap((other, place) =>
              wanted.every((one) => holds(other, one)) ? [place + 1] : [],
            );
            expect(find(wanted.join(' '))).toEqual(expected.reverse());
          }
          db.close();
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('suggest', () => {
  it('finds beginnings of words in subjects and customers, newest first', () => {
    const { suggest } = deskWith(
      { subject: 'Refund for lamp' },
      { subject: 'Refrigerator', customerId: 2 },
      { body: 'refund' },
    );
    expect(suggest('ref')).toEqual([2, 1]);
    expect(suggest('refund la')).toEqual([1]);
    expect(suggest('customer2')).toEqual([2]);
    expect(suggest('customer2@ma ref')).toEqual([2]);
    expect(suggest('x')).toEqual([]);
    expect(suggest('refx')).toEqual([]);
  });

  it('finds ticket numbers by their first digits, the exact one first', () => {
    const db = openStoreDesk();
    const index = createSearchIndex(db);
    for (const id of [12, 120, 125, 1200, 13, 1])
      index.index(addTicket(db, { id, departmentId: id === 125 ? 2 : 1 }) as TicketId);
    const { suggest } = createSearcher(db);
    expect(suggest('all', { text: '12', limit: 8 })).toEqual([12, 1200, 125, 120]);
    expect(suggest('all', { text: '#120', limit: 8 })).toEqual([120, 1200]);
    expect(suggest(scope(1), { text: '12', limit: 2 })).toEqual([12, 1200]);
    expect(suggest('all', { text: '0', limit: 8 })).toEqual([]);
  });

  it('finds Japanese text from the first sign on', () => {
    const { suggest } = deskWith({ subject: '返金について' });
    expect(suggest('返')).toEqual([1]);
    expect(suggest('返金に')).toEqual([1]);
    expect(suggest('金返')).toEqual([]);
  });
});
