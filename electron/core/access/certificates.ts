import { X509Certificate } from 'node:crypto';

const ONE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Why a text is no list of PEM certificates; null when it is. */
export function certificateProblem(pem: string): string | null {
  const found = pem.match(ONE) ?? [];
  const isAll = found.length > 0 && pem.replace(ONE, '').trim() === '';
  if (!isAll)
    return 'Paste the whole certificate, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.';
  return found.every(isCertificate)
    ? null
    : 'This certificate can’t be read. Paste it once more, without changes.';
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
