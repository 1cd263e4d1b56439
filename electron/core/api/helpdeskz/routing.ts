export const RESOURCES = ['users', 'departments', 'tickets', 'messages', 'attachments', 'staff'] as const;
export type Resource = (typeof RESOURCES)[number];
/** What HelpDeskZ does not have; outside of GET they stay as unknown as they are there. */
export type Feed = 'changes' | 'events';
export type ActionName =
  | 'index'
  | 'show'
  | 'create'
  | 'update'
  | 'delete'
  | 'new'
  | 'edit'
  | 'auth'
  | 'download';

/** Where a request goes. `unfiltered`: a controller reached past its filter; `csrf`: a POST without exemption. */
export type Target =
  | {
      readonly kind: 'action';
      readonly resource: Resource | Feed;
      readonly action: ActionName;
      readonly id: string;
    }
  | { readonly kind: 'page_not_found' }
  | { readonly kind: 'unfiltered' }
  | { readonly kind: 'csrf' };

const PAGE_NOT_FOUND: Target = { kind: 'page_not_found' };
const UNFILTERED: Target = { kind: 'unfiltered' };
const CSRF: Target = { kind: 'csrf' };

const isResource = (name: string): name is Resource => (RESOURCES as readonly string[]).includes(name);
const isDigits = (text: string): boolean => /^\d+$/.test(text);

/** Resources that a POST on the bare collection creates: what the documentation shows. */
const CREATABLE: readonly Resource[] = ['users', 'departments', 'tickets', 'messages'];

/**
 * The segments of a path: `/index.php` may come first, a slash may end it (the documentation's examples do).
 * Null when the path is not percent-encoded properly.
 */
export function pathSegments(path: string): string[] | null {
  try {
    const segments = path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
    if (segments[0] === 'index.php') segments.shift();
    return segments;
  } catch {
    return null;
  }
}

/** Finds what a call means, as the reference's router does (behaviour.md 2.1). */
export function findTarget(method: string, segments: readonly string[]): Target {
  const [root, name = '', ...rest] = segments;
  if (root === 'api' && isResource(name)) {
    if (method === 'GET') return readTarget(name, rest);
    const target = method === 'POST' ? writeTarget(name, rest) : undefined;
    if (target) return target;
  }
  const isFeed = name === 'changes' || name === 'events';
  if (root === 'api' && isFeed && method === 'GET' && rest.length === 0)
    return { kind: 'action', resource: name, action: 'index', id: '' };
  return autoTarget(method, root ?? '', name, rest);
}

/** Every GET below a resource is one of its pages; what is not a known one is taken for an id. */
function readTarget(resource: Resource, rest: readonly string[]): Target {
  const [first, id = ''] = rest;
  const action = (name: ActionName, of = ''): Target => ({ kind: 'action', resource, action: name, id: of });
  if (first === undefined) return action('index');
  if (first === 'new' && rest.length === 1) return action('new');
  if (rest.length === 1) return action('show', first);
  if (first === 'show') return action('show', id);
  if (first === 'download' && resource === 'attachments') return action('download', id);
  if (first === 'edit') return action('edit', id);
  return first === 'remove' ? PAGE_NOT_FOUND : action('show', first);
}

function writeTarget(resource: Resource, rest: readonly string[]): Target | undefined {
  const [first, id = ''] = rest;
  if (first === undefined) {
    return CREATABLE.includes(resource) ? { kind: 'action', resource, action: 'create', id: '' } : CSRF;
  }
  if (rest.length === 1) {
    const isKnown = first === 'create' || (first === 'auth' && resource === 'staff');
    return isKnown ? { kind: 'action', resource, action: first as ActionName, id: '' } : undefined;
  }
  if (first !== 'update' && first !== 'delete') return undefined;
  return rest.length === 2 && isDigits(id) ? { kind: 'action', resource, action: first, id } : CSRF;
}

const METHODS: readonly string[] = ['index', 'show', 'new', 'edit', 'create', 'update', 'delete'];
const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The framework's automatic routes: a controller by its class name, past the token check. */
function autoTarget(method: string, root: string, name: string, rest: readonly string[]): Target {
  const resource = RESOURCES.find((one) => capitalised(one) === capitalised(name));
  if (capitalised(root) !== 'Api' || !resource) return PAGE_NOT_FOUND;
  const action = (rest[0] ?? 'index').toLowerCase();
  if (!METHODS.includes(action) && !(resource === 'staff' && action === 'auth')) return PAGE_NOT_FOUND;
  const isExempt = rest.length === 1 || (rest.length === 2 && isDigits(rest[1] ?? ''));
  return method === 'POST' && !isExempt ? CSRF : UNFILTERED;
}
