import { z } from 'zod';

/**
 * The one closed list of what can go wrong. Code decides by `code`, never by message text.
 * Every code has a sentence for a person in ERROR_TEXT: what happened and what to do.
 */
export const ERROR_TEXT = {
  already_installed:
    'This desk is already set up. To run the setup once more, create an empty file named allow-setup in its data folder: it adds an administrator and changes the name of the desk, nothing else.',
  setup_code_wrong:
    'The setup code is missing or wrong. It is printed on the terminal where Staffdesk was started.',
  desk_not_empty:
    'This desk has tickets already. To add the demo tickets beside them, repeat it with --force.',
  not_installed: 'This desk is not set up yet. Run the setup first.',
  not_ready: 'The desk is still opening. Try again in a moment.',
  upgrade_needed: 'This desk was made by an older version and has to be upgraded before it opens.',
  database_too_new: 'This desk was made by a newer version of Staffdesk. Install that version to open it.',
  database_corrupt: 'The desk’s database is damaged. Nothing was changed; restore a backup or ask for help.',
  database_busy: 'Another Staffdesk process is using this desk.',
  folder_not_writable:
    'Staffdesk may not write into the data folder. Choose another folder or change its rights.',
  disk_full: 'The disk is full. Nothing was saved by this step; free some space and try again.',
  port_taken: 'Another program uses this port. Choose another port or stop that program.',
  config_invalid: 'staffdesk.json has an unknown or wrong setting.',
  invalid_input: 'Something in the request is missing or not valid.',
  signed_out: 'You are signed out. Sign in again.',
  bad_credentials: 'The user name or the password is wrong.',
  account_locked: 'This account is switched off. Ask an administrator.',
  login_locked: 'Too many wrong attempts. Wait a few minutes and try again.',
  two_factor_missing: 'Enter the six-digit code of your authenticator app.',
  two_factor_wrong: 'The code is wrong, too old or was used already.',
  forbidden: 'Your account may not do this.',
  origin_refused: 'This request came from another site and was refused.',
  host_refused: 'This address is not one of the desk’s own names. Add it to allowedHosts in staffdesk.json.',
  not_found: 'There is no such thing here (any more).',
  ticket_not_found: 'This ticket does not exist (any more).',
  ticket_gone_on_server:
    'The server has deleted this ticket: it can’t be answered, closed or moved any more. Notes and tags stay possible.',
  customer_not_found: 'This customer does not exist (any more).',
  department_not_found: 'This department does not exist (any more).',
  staff_not_found: 'This staff member does not exist or is switched off.',
  message_not_found: 'This message does not exist (any more).',
  attachment_not_found: 'This attachment does not exist (any more).',
  attachment_file_gone: 'The attachment’s file is no longer on this disk.',
  attachment_on_server_only:
    'This file is on the server only, and the server can’t be reached now. It is fetched when you open it with a connection.',
  attachment_gone_on_server: 'The server does not have this file any more.',
  attachment_beyond_api:
    'This file is too large to come through the server’s API. Open it on the server itself.',
  disk_nearly_full:
    'There is too little free disk space for all of it. Free some space, or take fewer attachments.',
  token_not_found: 'This token does not exist (any more).',
  draft_not_found: 'This draft does not exist (any more).',
  upload_not_found: 'This uploaded file does not exist (any more). Attach it again.',
  email_taken: 'Another customer already has this e-mail address.',
  staff_email_taken: 'Another staff member already has this e-mail address.',
  username_taken: 'Another staff member already has this user name.',
  email_twice: 'This address is in the list already.',
  customer_blocked: 'This customer is blocked. Unblock them first.',
  merge_same: 'A customer can’t be merged into themselves. Choose another one.',
  name_missing: 'A name is needed.',
  email_missing: 'An e-mail address is needed.',
  email_invalid: 'This is not an e-mail address.',
  subject_missing: 'A subject is needed.',
  body_missing: 'The message is empty.',
  password_too_short: 'The password needs at least 8 characters.',
  file_too_large: 'The file is too large.',
  file_type_refused: 'This type of file is not allowed.',
  file_unreadable: 'The file could not be read.',
  body_too_large: 'The request is too large.',
  malformed_request: 'The request could not be read.',
  unsupported_body: 'The request is sent in a way that can’t be read here.',
  idempotency_key_invalid: 'An Idempotency-Key has 1 to 200 letters, digits or signs, all ASCII.',
  idempotency_key_reused:
    'This Idempotency-Key was sent with another request before. Use a new key for a new request.',
  precondition_failed: 'This was changed since you read it. Read it again, then decide.',
  since_unknown:
    'This desk has not had that change number. It may have been restored from a backup: read the lists again and go on without `since`.',
  too_many_streams: 'This token has too many event streams open. Close one of them.',
  malformed_mail: 'This is not a readable e-mail message.',
  newer_messages: 'Someone wrote in this ticket while you did. Read it, or send anyway.',
  cannot_undo: 'This change can’t be undone any more.',
  undo_overtaken: 'Another value was set since, here or on the server: it stays, and this is not put back.',
  core_unreachable: 'The desk does not answer. Staffdesk keeps trying to reach it; what you typed is kept.',
  cancelled: 'The job was cancelled. What was done so far is kept.',
  last_admin: 'A desk needs at least one active administrator.',
  own_account:
    'You can’t take your own administrator rights away or switch yourself off. Ask another administrator.',
  last_department: 'A desk needs at least one department. Add another before you delete this one.',
  password_wrong: 'This is not your password.',
  second_factor_off: 'Two-step sign-in is off. Set it up first.',
  reset_link_invalid:
    'This link can’t be used any more: it was used already, a newer one was made, or it is too old. Ask an administrator for a new one.',
  image_unreadable: 'This is not a picture that can be used here. Choose a PNG, JPEG or WebP picture.',
  second_factor_on: 'Two-step sign-in is on already. Switch it off before you set it up again.',
  secrets_locked:
    'The desk’s secrets are locked, so this can’t be read or kept now. An administrator unlocks them under Setup → Secrets or with «staffdesk secrets unlock»; a recovery code signs you in meanwhile.',
  secrets_unavailable:
    'The place where the key of the desk’s secrets is kept can’t be reached. Setup → Secrets says why and what to do.',
  secret_unreadable:
    'The key of this desk’s secrets does not open this one: the key was changed, or a backup was restored without it. Setup → Secrets has the ways out.',
  passphrase_wrong: 'This is not the passphrase of the desk’s secrets.',
  passphrase_too_short: 'The passphrase needs at least 12 characters.',
  nothing_runs:
    'No Staffdesk runs on this desk. Give the passphrase when it starts: serve --passphrase-stdin.',
  secrets_fine: 'The secrets can be read: there is nothing to start over.',
  source_not_found: 'This way to sign in does not exist (any more). Reload the page.',
  source_name_taken: 'Another sign-in source already has this name.',
  source_key_again:
    'The address leads to another server now. Enter the key again, so that nobody else gets it.',
  source_bad_credentials: 'The other system refused the user name or the password.',
  source_code_missing: 'The other system asks for a second factor. Enter its code.',
  source_code_wrong: 'The other system refused the code of the second factor.',
  source_captcha: 'The other system asks for a captcha.',
  source_locked: 'The other system has locked this account or address for now.',
  source_inactive: 'The account is switched off in the other system.',
  source_disabled:
    'The other system lets nobody sign in this way: its API is off, or it refuses this desk’s key. Tell an administrator.',
  source_rate_limited: 'The other system has had too many requests. Wait a minute and try again.',
  source_unreachable:
    'The other system can’t be reached, so nobody can sign in with it now. Accounts of this desk still work.',
  source_protocol:
    'The other system answered in a way that Staffdesk does not understand. Tell an administrator.',
  source_not_staff: 'The other system knows this account as a customer, not as staff.',
  source_unknown_staff:
    'The other system said yes, but nobody here matches this account. Ask an administrator to add it.',
  source_ambiguous:
    'The other system said yes, but several people here have this e-mail address. Ask an administrator to tell them apart.',
  source_no_email:
    'The other system said yes, but does not tell the e-mail address that is needed here. Ask an administrator.',
  source_username_taken:
    'The other system said yes, but its user name belongs to somebody else here. Ask an administrator.',
  remote_unreachable: 'The server can’t be reached. What you do meanwhile is kept here and sent later.',
  remote_name_unknown:
    'No server is known under this name. Check the address for typing mistakes, and whether this machine has a network.',
  remote_no_connection:
    'Nothing answers at this address. Check name and port, and whether a firewall or proxy stands in between.',
  remote_proxy_unsupported:
    'This machine’s settings lead to the server through a kind of proxy that Staffdesk can’t use, such as SOCKS. Ask whoever looks after the network for an HTTP proxy; HTTPS_PROXY in the environment names one for Staffdesk alone.',
  remote_proxy_refused:
    'The proxy of this network lets nobody through to the server, or wants a sign-in that Staffdesk does not know. Ask whoever looks after the network to allow the server’s address.',
  remote_too_slow:
    'The server takes longer than half a minute to answer. Try again; if it stays so, tell its administrator.',
  remote_certificate_self_signed:
    'The server shows a certificate that it made itself, so anyone could stand in its place. Ask its administrator for one of a known authority, or have it trusted on this machine.',
  remote_certificate_expired:
    'The server’s certificate is not valid today. Ask its administrator to renew it, and check the date of this machine.',
  remote_certificate_other_host:
    'The server’s certificate is for another name. Enter the name that it was made for, or ask its administrator to correct it.',
  remote_certificate_unknown:
    'The server’s certificate comes from an authority that this machine does not know. Ask its administrator for the whole chain, or have that authority trusted on this machine.',
  remote_tls_failed:
    'No encrypted connection comes about. Check the port; perhaps the server only speaks http:// there.',
  remote_redirects: 'The server sends callers on to another address.',
  remote_web_page:
    'A web page answers in the place of HelpDeskZ’s API: often the sign-in page of a network, or a server whose API is switched off. Nothing was taken from it, and nothing counts as sent.',
  remote_unavailable:
    'The server says that it is not available now, for maintenance or too much work. Staffdesk tries again by itself.',
  remote_blocked:
    'A web server or proxy before HelpDeskZ lets nobody through to its API. Ask its administrator to allow /api.',
  remote_broken:
    'The server broke while it was answering. Its administrator finds the reason in its error log.',
  remote_other_system:
    'Another program answers at this address, not HelpDeskZ. Check the address and the port.',
  remote_changed:
    'The server answers in a way that Staffdesk does not know. Was it upgraded? Nothing was changed here; look for a newer Staffdesk.',
  remote_staff_locked:
    'This account is switched off on the server. Ask an administrator there to switch it on.',
  remote_staff_inactive:
    'The server has switched off or deleted your account. Nothing is exchanged and nobody signs in with it until an administrator there switches it on; what was written here is kept.',
  remote_restored:
    'The server went back to an older state, as after restoring a backup: numbers that are known here now mean something else. To mix nothing up, nothing is exchanged any more. All that is here can be read; Setup → Server says what the server lost, takes its state, and keeps here what it has no more.',
  not_restored: 'The server did not go back to an older state: there is nothing to take.',
  restored_not_compared: 'Compare with the server first: it says beforehand what would happen.',
  remote_not_helpdeskz:
    'Something answers at this address, but not HelpDeskZ’s API. Check the address: it is the one of the site, without /api.',
  remote_no_answer: 'The server did not answer as it should. Staffdesk looks again what became of it.',
  server_cuts_text:
    'This message is too long for the server, which keeps 65,535 bytes and drops the rest. Shorten it.',
  server_cuts_subject:
    'This subject is too long for the server, which keeps 255 characters and drops the rest. Shorten it.',
  server_lacks_characters:
    'The server can’t keep emoji and other rare characters: they would arrive as “????”. Take them out of text, subject and names of files, or send it as it is.',
  server_refuses_file:
    'The server does not take a file of this message. It takes certain types only, with the ending that fits what is in them, and none beyond a size. Take it out, or ask its administrator to allow it.',
  server_refuses_size:
    'These files are larger than what the server takes at once, so nothing of the message arrived. Send fewer or smaller ones, or ask its administrator.',
  server_file_missing:
    'A file of this message is no longer on this desk, so it was not sent. Discard it and write it again.',
  server_file_unreadable:
    'A file of this message could not be read to its end while it was being sent, so the sending was broken off. Discard it, attach the file again and send it anew.',
  upload_stopped:
    'This was stopped while its files were on their way: the server did not get it whole, so nothing of it is there.',
  upload_broke:
    'The connection broke while its files were on their way: the server did not get it whole, so nothing of it is there. It goes again by itself, from the beginning.',
  remote_staff_unknown: 'The server has no staff member with this user name.',
  remote_sign_in_refused: 'The server refused this sign-in. It is not tried again by itself.',
  already_connected: 'This desk is connected to a server already.',
  belongs_to_server:
    'This belongs to the server that this desk mirrors. Change it there; it comes here by itself.',
  sync_paused: 'Syncing is paused. What you do meanwhile is kept here; it goes on when you resume it.',
  remote_disconnected:
    'This desk is disconnected from its server. Everything that was fetched can be read; to go on, connect it again under Setup → Server.',
  outbox_not_empty:
    'Not everything has reached the server yet. Sync first, or disconnect anyway: what waits is kept and goes out when the desk is connected again.',
  other_server:
    'This desk mirrors another server or account. Connect it to the same one again, or make another desk.',
  decision_late: 'This has moved on meanwhile: look at it again.',
  ticket_in_use: 'More was done in this ticket since. Discard that first, then this can be changed.',
  not_connected: 'This desk is not connected to a server.',
  remote_token_refused:
    'The server does not accept this API token. Enter a valid one; what you did here is kept.',
  remote_address_refused:
    'The server does not accept this machine’s address for the API token. Ask its administrator to allow it.',
  remote_permission_missing:
    'The API token lacks a permission on the server. Ask its administrator to tick it.',
  workspace_list_unreadable:
    'The list of your workspaces can’t be read, so it is left as it is. Repair the file, or move it away to begin a new list.',
  workspace_list_not_written:
    'The list of your workspaces can’t be changed. Check the rights of its folder and the free space.',
  workspace_not_found: 'This workspace is not in the list (any more).',
  workspace_folder_missing:
    'The folder of this workspace is not there. Plug in its disk or put it back; the workspace stays in the list until you take it off.',
  workspace_no_desk: 'There is no desk in this folder. Set one up there first.',
  workspace_in_app: 'This workspace is open in a window of the Staffdesk app on this machine. Go there.',
  workspace_served_elsewhere:
    'This workspace is open in another Staffdesk on this machine. Go to its address in a browser, or stop it first.',
  workspace_not_started: 'The workspace could not be opened.',
  workspaces_at_machine_only: 'Other workspaces are opened at the machine on which Staffdesk runs.',
  internal: 'Something went wrong inside Staffdesk. Nothing you typed is lost; the log has the details.',
} as const;

export type ErrorCode = keyof typeof ERROR_TEXT;
const ERROR_CODES = Object.keys(ERROR_TEXT) as ErrorCode[];
const errorCode = z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]);

/** `message` is a sentence for a person; `field` names the input it is about; `details` are facts for the screen. */
export const appError = z.object({
  code: errorCode,
  message: z.string(),
  field: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type AppError = z.infer<typeof appError>;

export function appErrorOf(code: ErrorCode, extra: Partial<Omit<AppError, 'code'>> = {}): AppError {
  return { code, message: ERROR_TEXT[code], ...extra };
}
