import { LIMITS } from '../../../../shared/limits.ts';

/** What the API says, letter by letter as the reference does (behaviour.md part 2), its slips included. */
export const TEXT = {
  noAuthentication: 'Invalid authentication.',
  /** An untranslated key: what calls outside the documented routes get (behaviour.md 2.1). */
  unfiltered: 'Api.error.authentications',
  pageNotFound: 'Page not found.',
  userCreated: 'User account was created.',
  emailChanged: 'Email was changed.',
  userRemoved: 'User account was removed.',
  userNotFound: 'User not found.',
  fullNameMissing: 'Full name is missing.',
  emailMissing: 'Email address is missing.',
  emailNotValid: 'Email address is not valid.',
  emailTaken: 'Email address is is already in use.',
  departmentCreated: 'Department was created.',
  departmentUpdated: 'Department was updated.',
  departmentRemoved: 'Department and its tickets were removed.',
  departmentNotFound: 'Department not found.',
  departmentNameMissing: 'Department name is missing.',
  departmentTypeMissing: 'Department type is missing.',
  departmentTypeNotValid: 'Department type must be 0 or 1',
  ticketCreated: 'Ticket was created.',
  ticketUpdated: 'Ticket was updated.',
  ticketRemoved: 'Ticket was removed.',
  ticketNotFound: 'Ticket not found.',
  openerMissing: 'Opener is missing.',
  openerNotValid: 'Invalid opener.',
  userIdMissing: 'User ID is missing.',
  userIdNotValid: 'User ID is not valid.',
  userIdNotFound: 'User ID not found.',
  staffIdMissing: 'Staff ID is missing.',
  staffIdNotValid: 'Invalid Staff ID.',
  staffIdNotFound: 'Staff ID not found.',
  departmentIdMissing: 'Department ID is missing.',
  departmentIdNotValid: 'Department ID is not valid.',
  departmentIdNotFound: 'Department ID not found.',
  subjectMissing: 'Subject is missing.',
  bodyMissing: 'Body is missing.',
  statusIdNotValid: 'Invalid Status ID.',
  messageCreated: 'Message was created and added to ticket.',
  ticketIdMissing: 'Ticket ID is missing.',
  messageMissing: 'Message is missing.',
  replierMissing: 'Replier is missing.',
  replierNotValid: 'Invalid replier.',
  attachmentNotFound: 'Attachment not found.',
  attachmentRemoved: 'File was removed from servers.',
  fileNotAllowed: 'File is not allowed.',
  loggedIn: 'You have been logged in.',
  usernameMissing: 'Api.error.usernameMissing.',
  usernameNotValid: 'Invalid username.',
  passwordMissing: 'Password is missing.',
  ipMissing: 'IP address is missing.',
  ipNotValid: 'IP address is not valid.',
  accountInactive: 'Account is locked.',
  codeMissing: 'Two-Factor code is missing.',
} as const;

/** The unbalanced back-tick is the reference's. */
export const addressRefused = (address: string): string => `IP address \`${address} is not allowed.`;
export const permissionRefused = (description: string): string => `Permission not allowed: ${description}`;
const megabytes = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 100) / 100;
export const fileTooBig = (limitBytes: number): string =>
  `File is too big. Maximum size is ${megabytes(limitBytes)} MB.`;
/** Ours: the reference loses such a request's fields instead. */
export const requestTooLarge = (fileBytes: number): string =>
  `The request is too large. Send files of at most ${megabytes(fileBytes)} MB and texts of at most ${megabytes(LIMITS.bodyBytes)} MB.`;
export const wrongPassword = (attempt: number, limit: number): string =>
  `Invalid username or password. (attempt: ${attempt} of ${limit})`;
export const wrongCode = (attempt: number, limit: number): string =>
  `Two-Factor authentication failed. (attempt: ${attempt} of ${limit})`;
/** The stray % is the reference's. */
export const loginLocked = (minutes: number, limit: number): string =>
  `Login locked for ${minutes} minutes. (attempt: ${limit} of ${limit}%)`;
