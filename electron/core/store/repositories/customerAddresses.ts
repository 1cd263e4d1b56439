import type { CustomerId } from '../../../../shared/model/ids.ts';
import type { Db } from '../connection.ts';
import { emailKey } from './customers.ts';

/** The addresses a customer has beside the main one (customers.email). */
export function createCustomerAddressRepository(db: Db) {
  const ofCustomer = db
    .prepare<[number], string>(
      'SELECT email FROM customer_addresses WHERE customer_id = ? AND removed_at IS NULL ORDER BY id',
    )
    .pluck();
  const insert = db.prepare(
    'INSERT INTO customer_addresses (customer_id, email, email_key, created_at) VALUES (?, ?, ?, ?)',
  );
  const remove = db.prepare(
    'DELETE FROM customer_addresses WHERE customer_id = ? AND email_key = ? AND removed_at IS NULL',
  );
  const removeAll = db.prepare('DELETE FROM customer_addresses WHERE customer_id = ?');
  const move = db.prepare(
    'UPDATE customer_addresses SET customer_id = ? WHERE customer_id = ? AND removed_at IS NULL',
  );
  const takeAlong = db.prepare(
    'UPDATE customer_addresses SET removed_at = ? WHERE customer_id = ? AND removed_at IS NULL',
  );
  // What somebody else uses by now stays theirs.
  const bringBack = db.prepare(
    `UPDATE customer_addresses AS mine SET removed_at = NULL WHERE customer_id = ? AND removed_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM customers WHERE email_key = mine.email_key AND deleted_at IS NULL)
       AND NOT EXISTS (SELECT 1 FROM customer_addresses WHERE email_key = mine.email_key AND removed_at IS NULL)`,
  );
  return {
    /** In the order they were added. */
    ofCustomer: (id: CustomerId): string[] => ofCustomer.all(id),
    /** Throws when some customer has the address: look first. */
    add: (id: CustomerId, email: string, now: number): void => {
      insert.run(id, email, emailKey(email), now);
    },
    remove: (id: CustomerId, email: string): void => {
      remove.run(id, emailKey(email));
    },
    /** Their customer is deleted: the addresses are free. */
    takeAlong: (id: CustomerId, now: number): void => {
      takeAlong.run(now, id);
    },
    /** Their customer is back. */
    bringBack: (id: CustomerId): void => {
      bringBack.run(id);
    },
    /** To another customer. */
    move: (from: CustomerId, to: CustomerId): void => {
      move.run(to, from);
    },
    /** For good, those that went with the customer too. */
    erase: (id: CustomerId): void => {
      removeAll.run(id);
    },
  };
}
