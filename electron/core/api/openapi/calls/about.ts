import type { ApiCall } from '../call.ts';

export const aboutCalls: readonly ApiCall[] = [
  {
    tag: 'About',
    id: 'aboutDocument',
    method: 'GET',
    path: '/api/openapi.json',
    permission: null,
    summary: 'The API as an OpenAPI document',
    answer: { mediaType: 'application/json', is: 'An OpenAPI 3.1 document.' },
    errors: [],
  },
  {
    tag: 'About',
    id: 'aboutPage',
    method: 'GET',
    path: '/api/docs',
    permission: null,
    summary: 'The API as a page for people',
    answer: { mediaType: 'text/html', is: 'This page.' },
    errors: [],
  },
];
