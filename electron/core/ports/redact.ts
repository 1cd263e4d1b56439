const SECRET_KEY = /(?:password|passphrase|token|secret|authorization|cookie|staffdesk-control|api_?key)$/i;
const MAX_DEPTH = 6;

/** A copy that is safe to write down: what is kept under a secret's name is replaced, at any depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (value instanceof Error) return redactedError(value, depth);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (depth >= MAX_DEPTH) return '[deep]';
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      SECRET_KEY.test(key) ? '[redacted]' : redact(item, depth + 1),
    ]),
  );
}

function redactedError(error: Error, depth: number): unknown {
  const own = Object.fromEntries(Object.entries(error));
  const facts = depth < MAX_DEPTH ? redact(own, depth + 1) : {};
  return { ...(facts as object), name: error.name, message: error.message, stack: error.stack };
}
