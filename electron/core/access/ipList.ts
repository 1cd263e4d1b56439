import { isIPv4, isIPv6 } from 'node:net';

/** `a.b.c.*`, `a.b.*.*`, `a.*.*.*`: the reference's wildcards (behaviour.md part 1, «API row»). */
const WILDCARD = /^(\d{1,3})\.(?:(\d{1,3})\.(?:(\d{1,3})|\*)|\*\.\*)\.\*$/;

/** A socket reports IPv4 peers of a dual-stack listener as `::ffff:1.2.3.4`. */
export function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}

/** The entries of a list as people write it: separated by commas or white space. */
export function splitIpList(entries: readonly string[]): string[] {
  return entries.flatMap((entry) => entry.split(/[\s,]+/)).filter((entry) => entry !== '');
}

export function isIpListEntry(entry: string): boolean {
  if (isIPv4(entry) || isIPv6(entry)) return true;
  const parts = WILDCARD.exec(entry)?.slice(1) ?? [];
  return parts.length > 0 && parts.every((part) => part === undefined || Number(part) <= 255);
}

/** An empty list allows every address. IPv6 entries are exact. */
export function isAddressAllowed(list: readonly string[], address: string): boolean {
  if (list.length === 0) return true;
  const peer = plainAddress(address);
  return list.some((entry) => entry === peer || matchesWildcard(entry, peer));
}

function matchesWildcard(entry: string, peer: string): boolean {
  if (!isIPv4(peer) || !WILDCARD.test(entry)) return false;
  const prefix = entry.slice(0, entry.indexOf('*'));
  return peer.startsWith(prefix);
}
