import { type HttpException, MethodNotAllowedException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** Fastify answers an unknown method like an unknown path; RFC 9110 wants 405 and the methods there are. */
export function refuseUnknownMethods(app: NestFastifyApplication): void {
  const paths = new Map<string, KnownPath>();
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ url, method }) => {
      const known = paths.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
      for (const one of [method].flat()) known.methods.add(one);
      paths.set(url, known);
    })
    .addHook('onRequest', (request, reply, done) => {
      if (!request.is404) {
        done();
        return;
      }
      const path = request.url.split('?', 1)[0] ?? '';
      const allowed = allowedAt(paths, path);
      if (allowed.length === 0 || allowed.includes(request.method)) {
        done();
        return;
      }
      void reply.header('allow', allowed.join(', '));
      done(refusal());
    });
}

function refusal(): HttpException {
  return new MethodNotAllowedException();
}

function allowedAt(paths: ReadonlyMap<string, KnownPath>, path: string): string[] {
  const exact = paths.get(path.replace(/\/$/, ''));
  const matching = exact === undefined ? [...paths.values()] : [exact];
  const methods = matching
    .filter(({ pattern }) => pattern.test(path))
    .flatMap((known) => [...known.methods]);
  return [...new Set(methods)].sort();
}

/** `/users/:id` without what only a file server could answer: `/docs/*`. */
function patternOf(url: string): RegExp {
  const escaped = url
    .replace(/\/$/, '')
    .replaceAll(/[.+?^${}()|[\]\\*]/g, String.raw`\$&`)
    .replaceAll(/:\w+/g, '[^/]+');
  return new RegExp(`^${escaped}/?$`);
}
