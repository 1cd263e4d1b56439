/** How an attachment can be looked at without leaving the desk. */
export type AttachmentKind = 'image' | 'pdf' | 'text' | 'other';

const TEXT = new Set(['text/plain', 'text/csv', 'application/json']);

/** By media type only: the core serves these, and only these, for showing in place. */
export function attachmentKind(mediaType: string): AttachmentKind {
  const type = mediaType.toLowerCase();
  if (/^image\/(?:png|jpeg|gif|webp|avif|bmp)$/.test(type)) return 'image';
  if (type === 'application/pdf') return 'pdf';
  return TEXT.has(type) ? 'text' : 'other';
}

/** A type for people: «PDF», «PNG image», «ZIP file». By the name's ending where there is one. */
export function typeName(name: string, mediaType: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase();
  const kind = attachmentKind(mediaType);
  if (kind === 'pdf') return 'PDF';
  if (kind === 'image') return `${ending ?? mediaType.slice(6).toUpperCase()} image`;
  if (kind === 'text') return ending && ending !== 'TXT' ? `${ending} text` : 'Text';
  return ending ? `${ending} file` : 'File';
}
