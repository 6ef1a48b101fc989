import { BadRequestException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError } from '../errors/index.js';

/** More than any request of ours has; a reader that recurses must not run out of stack. */
const MAX_DEPTH = 64;
const POISON = ['__proto__', 'constructor'];

/**
 * Reads JSON bodies more strictly than `JSON.parse`: no name twice in an object (which of the two would count?), no names that reach
 * prototypes, no bottomless nesting, UTF-8 only. Forms are accepted by our own pages only, see `readForms`.
 */
export function readJsonBodies(app: NestFastifyApplication, bodyLimit: number): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(
      'application/json',
      { parseAs: 'buffer', bodyLimit },
      (_request, body, done) => {
        try {
          done(null, parseJsonBody(body as Buffer));
        } catch (error) {
          done(error instanceof Error ? error : new BadRequestException());
        }
      },
    );
}

/** @throws DomainError `REQUEST.INVALID` that says what is wrong; undefined for an empty body */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    value = JSON.parse(text);
  } catch {
    throw invalid('The request could not be read: check its path, headers and JSON body.');
  }
  // A DTO would take it for a body that was left out.
  if (value === null) throw invalid('The JSON body must not be null.');
  checkStructure(text);
  return value;
}

/** `text` is well-formed JSON. */
function checkStructure(text: string): void {
  const open: (Set<string> | null)[] = [];
  // A string, with what makes it a name; or a bracket. Everything else decides nothing.
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[[\]{}]/g;
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token, colon] = match;
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      if (open.length > MAX_DEPTH)
        throw invalid(`The JSON body is nested deeper than ${MAX_DEPTH}.`);
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (colon !== undefined) {
      checkName(String(JSON.parse(token.slice(0, -colon.length))), open.at(-1));
    }
  }
}

function checkName(name: string, names: Set<string> | null | undefined): void {
  if (POISON.includes(name)) throw invalid(`The JSON body must not have the name ${name}.`);
  if (names?.has(name)) {
    throw invalid(`The JSON body has the name ${JSON.stringify(name.slice(0, 100))} twice.`);
  }
  names?.add(name);
}

function invalid(message: string): DomainError {
  return new DomainError({ code: 'REQUEST.INVALID', kind: 'invalid', message });
}
