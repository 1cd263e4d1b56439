/** Limits that more than one part must agree on. Sizes in bytes, lengths in UTF-16 units unless said otherwise. */
export const LIMITS = {
  /** behaviour.md 2.4: the reference cuts at 255; ours does too, on a whole character. */
  subjectLength: 255,
  customerNameLength: 250,
  emailLength: 250,
  customerAddresses: 50,
  departmentNameLength: 250,
  staffNameLength: 100,
  /** A message body. The reference cuts silently at 65 535 bytes; ours keeps up to this and refuses above. */
  bodyBytes: 8 * 1024 * 1024,
  previewLength: 140,
  queuePageSize: 50,
  queuePageMax: 200,
  bulkTickets: 10_000,
  searchHits: 20,
  searchHitsMax: 100,
  /** Counts that depend on time or on a free filter stop here and show «999+». */
  cappedCount: 999,
  /** One file of a reply written in the app. */
  uploadBytes: 100 * 1024 * 1024,
  uploadsPerMessage: 50,
  /** One dropped .eml or .mbox file. */
  importBytes: 2 * 1024 * 1024 * 1024,
  passwordMinLength: 8,
  /** HTML of what stands below a staff member's replies. */
  signatureLength: 20_000,
  avatarBytes: 512 * 1024,
  /** Width and height in pixels: what a small file unpacks to costs everyone who sees it. */
  avatarPixels: 2048,
} as const;
