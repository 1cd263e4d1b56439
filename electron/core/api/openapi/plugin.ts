import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DOCS_CSP, docsPage } from './docsPage.ts';
import { openApiDocument } from './document.ts';

/**
 * Adds what tells about the API: /api/openapi.json for programs, /api/docs for people. Both are read without a
 * token: they hold what is public anyway, and the address by which the caller reached the desk.
 */
export function registerOpenApi(app: FastifyInstance): void {
  for (const url of ['/api/openapi.json', '/api/openapi.json/']) {
    app.get(url, (request, reply) =>
      send(
        reply,
        'application/json; charset=UTF-8',
        JSON.stringify(openApiDocument(baseUrl(request)), null, 2),
      ),
    );
  }
  for (const url of ['/api/docs', '/api/docs/']) {
    app.get(url, (request, reply) => {
      void reply.header('content-security-policy', DOCS_CSP).header('referrer-policy', 'no-referrer');
      return send(reply, 'text/html; charset=UTF-8', docsPage(baseUrl(request)));
    });
  }
}

const baseUrl = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

function send(reply: FastifyReply, contentType: string, body: string): FastifyReply {
  return reply
    .header('content-type', contentType)
    .header('cache-control', 'no-cache')
    .header('x-content-type-options', 'nosniff')
    .send(body);
}
