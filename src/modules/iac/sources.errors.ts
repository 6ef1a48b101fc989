import { DomainError } from '../../core/errors/index.js';

const MEBIBYTE = 1024 * 1024;

export const sourceErrors = {
  nameTaken: (name: string) =>
    new DomainError({
      code: 'SOURCE.NAME_TAKEN',
      kind: 'conflict',
      message: `The environment already has a source named ${JSON.stringify(name)}; choose another name.`,
    }),
  contentTooLarge: (limit: number) =>
    new DomainError({
      code: 'SOURCE.CONTENT_TOO_LARGE',
      kind: 'invalid',
      message: `The content is larger than ${Math.floor(limit / MEBIBYTE)} MiB, the limit of this installation (UPLOAD_LIMIT_BYTES). Split the state or ask the operator.`,
      details: { limit_bytes: limit },
    }),
  contentEmpty: () =>
    new DomainError({
      code: 'SOURCE.CONTENT_EMPTY',
      kind: 'invalid',
      message:
        'The request has no content: send the file itself as application/octet-stream or as multipart/form-data.',
    }),
  contentMissing: (name: string) =>
    new DomainError({
      code: 'SOURCE.CONTENT_MISSING',
      kind: 'invalid',
      message: `Nothing was uploaded to source ${JSON.stringify(name)} yet: PUT /api/v1/sources/{id}/content.`,
      details: { source: name },
    }),
  serialOlder: (name: string, stored: number, given: number) =>
    new DomainError({
      code: 'SOURCE.SERIAL_OLDER',
      kind: 'conflict',
      message: `Source ${JSON.stringify(name)} has serial ${stored} of this state already, and this is serial ${given}: a newer one was uploaded before. Send the newest, or say that the older one is meant (allow_older=true, \`driftguard push --allow-older\`).`,
      details: { source: name, stored_serial: stored, given_serial: given },
    }),
  contentReplaced: (name: string) =>
    new DomainError({
      code: 'SOURCE.CONTENT_REPLACED',
      kind: 'unavailable',
      message: `The content of source ${JSON.stringify(name)} was replaced while it was read; it is read again.`,
      details: { source: name },
    }),
  notAnUpload: (name: string) =>
    new DomainError({
      code: 'SOURCE.NOT_AN_UPLOAD',
      kind: 'conflict',
      message: `Source ${JSON.stringify(name)} points at a path or URL; it takes no upload.`,
    }),
  notAPath: (name: string) =>
    new DomainError({
      code: 'SOURCE.NOT_A_PATH',
      kind: 'conflict',
      message: `Source ${JSON.stringify(name)} is not one of a path; make a new source to point at one.`,
    }),
  pathAndUrl: () =>
    new DomainError({
      code: 'SOURCE.PATH_AND_URL',
      kind: 'invalid',
      message:
        'A source is either a path of the server or a URL: give one of the two, or neither to upload its content.',
    }),
  notRemote: (name: string) =>
    new DomainError({
      code: 'SOURCE.NOT_REMOTE',
      kind: 'conflict',
      message: `Source ${JSON.stringify(name)} has no URL, so it takes no credentials; make a new source to point at a store.`,
    }),
  pathMissing: (path: string) =>
    new DomainError({
      code: 'SOURCE.PATH_MISSING',
      kind: 'invalid',
      message: `${JSON.stringify(path)} does not exist in the folder the operator opened for sources.`,
      details: { path },
    }),
  pathsForbidden: () =>
    new DomainError({
      code: 'SOURCE.PATHS_FORBIDDEN',
      kind: 'invalid',
      message:
        'This installation reads no files of its own: upload the content instead, or ask the operator to set LOCAL_SOURCES_ROOT.',
    }),
  pathOutside: () =>
    new DomainError({
      code: 'SOURCE.PATH_OUTSIDE',
      kind: 'invalid',
      message: 'The path is outside the folder the operator opened for sources.',
    }),
  secretParameter: (name: string) =>
    new DomainError({
      code: 'SOURCE.SECRET_PARAMETER',
      kind: 'invalid',
      message: `Parameter ${name} looks like a secret. Leave it out: properties that use it are then reported as unresolved, not guessed.`,
      details: { parameter: name },
    }),
};
