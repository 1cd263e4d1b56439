import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { RENDERER_CSP } from '../../../shared/contentSecurityPolicy.ts';

/** Serves the built window. Paths that are no file of it fall through to the API's own «not found». */
export async function registerPages(app: FastifyInstance, rendererDir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: rendererDir,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      const isHashed = /[\\/]assets[\\/]/.test(path);
      void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      void reply.header('content-security-policy', RENDERER_CSP);
      void reply.header('x-content-type-options', 'nosniff');
      void reply.header('referrer-policy', 'no-referrer');
    },
  });
}
