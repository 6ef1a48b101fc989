import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/index.js';

/** Content types whose body a handler reads as a stream; everything else is parsed before. */
export const STREAMED_TYPES = [
  'application/octet-stream',
  'application/yaml',
  'application/x-yaml',
];
const MULTIPART_LIMITS = { files: 1, fields: 0, parts: 1, headerPairs: 50 };

export interface Upload {
  /** The client's file name, without folders; null when it sent none. */
  readonly fileName: string | null;
  /** Read once. The reader limits its size. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** Lets handlers take large files as they arrive: neither in memory nor bound by the limit of JSON bodies. */
export async function acceptUploads(app: NestFastifyApplication): Promise<void> {
  await app.register(multipart, { limits: MULTIPART_LIMITS });
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(STREAMED_TYPES, (_request, payload, done) => done(null, payload));
}

/**
 * The one file of a request: a raw body, or the only part of a form. `maxBytes` cuts a form's file one byte later, so
 * that the reader notices.
 *
 * @throws DomainError `REQUEST.NO_FILE`, `REQUEST.FORM_INVALID` (also while the content is read)
 */
export async function receiveUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (request.isMultipart()) {
    const limits = { ...MULTIPART_LIMITS, fileSize: maxBytes + 1 };
    const part = await request.file({ limits }).catch(refuseForm);
    if (part === undefined) throw noFile();
    return { fileName: baseName(part.filename), content: readableForm(part.file) };
  }
  const { body } = request;
  if (!isByteStream(body)) throw noFile();
  return { fileName: null, content: body };
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Browsers may send a whole path; nobody needs to know it. */
function baseName(name: string | undefined): string | null {
  const last = name?.split(/[/\\]/).at(-1)?.trim();
  return last === undefined || last === '' ? null : last.slice(0, 255);
}

async function* readableForm(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* content;
  } catch (error) {
    refuseForm(error);
  }
}

function refuseForm(cause: unknown): never {
  throw new DomainError({
    code: 'REQUEST.FORM_INVALID',
    kind: 'invalid',
    message:
      'The form cannot be read: it is cut off, names no boundary, or has more in it than one file. Send the file as its only part.',
    cause,
  });
}

function noFile(): DomainError {
  return new DomainError({
    code: 'REQUEST.NO_FILE',
    kind: 'invalid',
    message: `Send the file itself as ${STREAMED_TYPES[0] ?? ''}, or as the only part of a multipart/form-data request.`,
  });
}
