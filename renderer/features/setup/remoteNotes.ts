/** What a section of Setup is about in a remote workspace. */
export type RemoteNote = {
  /** What belongs to the server and is changed there. */
  server?: string;
  /** What its API lets this desk do. */
  api?: string;
  /** What stays here. */
  desk: string;
};

/** By the section's id; a section that is not here is the same on every desk. */
export const REMOTE_NOTES: Readonly<Record<string, RemoteNote>> = {
  general: {
    server: 'Its own name and address, as customers see them.',
    desk: 'The name and address here: only this desk shows them.',
  },
  departments: {
    server: 'The departments and their order. The order can only be changed there.',
    api: 'Adding, renaming, making private, deleting. Before anything is deleted there, you confirm it in the outbox.',
    desk: 'Who sees which department is not in the API: what the token sees, everybody at this desk sees.',
  },
  tickets: {
    server: 'Its own limits for files, page sizes and closing of old tickets.',
    api: 'None of this can be read or changed.',
    desk: 'All of these settings: what your lists call overdue, and what scripts may attach at this desk’s API.',
  },
  email: {
    server: 'All mail. It tells customers and staff itself, with its own templates.',
    api: 'A script’s notify=1 is passed on: then the server writes.',
    desk: 'Nothing is mailed from here, and these switches have no effect.',
  },
  customers: {
    server: 'Names and main addresses. A name can only be changed there.',
    api: 'Adding customers, changing the main address, deleting with all tickets. You confirm a deletion in the outbox.',
    desk: 'Further addresses. Blocking and merging don’t exist there, so they are off.',
  },
  staff: {
    server: 'The accounts, their roles, departments and passwords.',
    api: 'Reading who there is, and checking a password. Nothing about staff can be changed from here.',
    desk: 'The token’s view is everybody’s view: roles and departments of the server don’t narrow what is seen here.',
  },
  security: {
    server: 'Its own lock after wrong passwords: it counts what is checked there.',
    desk: 'These rules: they are for signing in at this desk.',
  },
  sources: {
    server: 'Who has an account. Nobody gets one by signing in here.',
    desk: 'Which other systems are asked.',
  },
  api: {
    server: 'Its own API and tokens. Scripts that call it directly go on as before.',
    api: 'What scripts write here is sent as the server’s API takes it, and what it can’t take is refused to them too.',
    desk: 'These tokens. Scripts read from this desk’s copy, offline as well. One that may delete is not asked again, unless something has changed on the server since.',
  },
};
