/** Tags and attributes that HTMLPurifier keeps by default (behaviour.md 3.2), its XHTML 1.0 Transitional set. */
export const ALLOWED_TAGS: string[] = (
  'a abbr acronym address b bdo big blockquote br caption center cite code col colgroup dd del dfn dir div dl dt ' +
  'em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li menu ol p pre q s samp small span strike strong sub sup ' +
  'table tbody td tfoot th thead tr tt u ul var'
).split(' ');

const CELL = [
  'abbr',
  'align',
  'bgcolor',
  'colspan',
  'height',
  'nowrap',
  'rowspan',
  'scope',
  'valign',
  'width',
];
const ROW_GROUP = ['align', 'valign'];

export const ALLOWED_ATTRIBUTES: Record<string, string[]> = {
  '*': ['class', 'dir', 'lang', 'style', 'title'],
  a: ['href'],
  blockquote: ['cite'],
  br: ['clear'],
  caption: ['align'],
  col: ['align', 'span', 'valign', 'width'],
  colgroup: ['align', 'span', 'valign', 'width'],
  del: ['cite'],
  div: ['align'],
  font: ['color', 'face', 'size'],
  h1: ['align'],
  h2: ['align'],
  h3: ['align'],
  h4: ['align'],
  h5: ['align'],
  h6: ['align'],
  hr: ['align', 'noshade', 'size', 'width'],
  img: ['align', 'alt', 'border', 'height', 'hspace', 'src', 'vspace', 'width'],
  ins: ['cite'],
  li: ['type', 'value'],
  ol: ['start', 'type'],
  p: ['align'],
  pre: ['width'],
  q: ['cite'],
  table: ['align', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'summary', 'width'],
  tbody: ROW_GROUP,
  td: CELL,
  tfoot: ROW_GROUP,
  th: CELL,
  thead: ROW_GROUP,
  tr: ['align', 'bgcolor', 'valign'],
  ul: ['type'],
};

const NUMBER = /^\d{1,4}$/;
const LENGTH = /^\d{1,4}(?:\.\d{1,3})?(?:%|px|\*)?$/;
const WORD = /^[a-z0-9-]{1,20}$/i;

/** What an attribute's value must look like; attributes not named here hold free text or are checked as URLs. */
export const ATTRIBUTE_VALUES: Readonly<Record<string, RegExp>> = {
  align: WORD,
  border: LENGTH,
  cellpadding: LENGTH,
  cellspacing: LENGTH,
  clear: WORD,
  colspan: NUMBER,
  dir: /^(?:ltr|rtl|auto)$/i,
  face: /^[\w\s,'"-]{1,200}$/,
  height: LENGTH,
  hspace: LENGTH,
  lang: /^[a-z0-9-]{1,35}$/i,
  noshade: WORD,
  nowrap: WORD,
  rowspan: NUMBER,
  scope: WORD,
  size: /^[+-]?\d{1,3}$/,
  span: NUMBER,
  start: /^-?\d{1,9}$/,
  type: WORD,
  valign: WORD,
  value: /^-?\d{1,9}$/,
  vspace: LENGTH,
  width: LENGTH,
};

export const URL_ATTRIBUTES: ReadonlySet<string> = new Set(['href', 'src', 'cite']);
export const COLOR_ATTRIBUTES: ReadonlySet<string> = new Set(['color', 'bgcolor']);

/** URI.AllowedSchemes of HTMLPurifier. */
export const LINK_SCHEMES: ReadonlySet<string> = new Set([
  'http',
  'https',
  'mailto',
  'ftp',
  'nntp',
  'news',
  'tel',
]);
export const IMAGE_SCHEMES: ReadonlySet<string> = new Set(['http', 'https']);
