import type { StaffAccount } from '../../../services/dialects/sessions.ts';
import { localTime, splitName } from '../localTime.ts';

/** A staff member as Faveo's community edition shows one; what a desk does not know is empty as it is there. */
export function userObject(account: StaffAccount, timeZone: string) {
  const { first, last } = splitName(account.name);
  return {
    id: account.id,
    user_name: account.username,
    first_name: first,
    last_name: last,
    gender: 0,
    email: account.email,
    ban: 0,
    active: account.isActive ? 1 : 0,
    is_delete: 0,
    ext: '',
    country_code: 0,
    phone_number: '',
    mobile: null,
    agent_sign: account.signatureHtml,
    account_type: '',
    account_status: '',
    assign_group: 1,
    primary_dpt: account.departmentIds[0] ?? 1,
    agent_tzone: '',
    daylight_save: '',
    limit_access: '',
    directory_listing: '',
    vacation_mode: '',
    company: '',
    // Their client refuses accounts whose role is «user».
    role: account.role,
    internal_note: '',
    profile_pic: picture(first, last),
    created_at: localTime(account.createdAt, timeZone),
    updated_at: localTime(account.lastLoginAt ?? account.createdAt, timeZone),
    user_language: null,
  };
}

/** Initials as a picture of its own: an address elsewhere would tell a stranger who signs in. */
function picture(first: string, last: string): string {
  const initials = [first, last].map((word) => [...word][0] ?? '').join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="#3b5bdb"/><text x="40" y="52" font-family="sans-serif" font-size="32" fill="#fff" text-anchor="middle">${initials.replace(/[<>&]/g, '')}</text></svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
