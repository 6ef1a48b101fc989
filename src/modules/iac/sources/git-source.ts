import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import git from 'isomorphic-git';
import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
} from '../../../core/providers/index.js';
import { gitTransport } from './git-transport.js';
import { DOCUMENT_ENDINGS } from './local-documents.js';
import { BufferedDocument } from './transfer/buffered-document.js';
import { connectionFailure, statusFailure } from './transfer/failures.js';
import { HttpDelivery } from './transfer/http-delivery.js';

const NEEDS = 'a token with read access to the repository';

/**
 * A file or folder of a repository at a branch, tag or commit, over smart HTTP. One commit is fetched, without history, into a folder of
 * its own that is removed afterwards. After `//` stands the path inside, as in Terraform's module sources.
 */
export const gitSource: StateSourceFactory = {
  location: 'git',
  form: 'git::https://HOST/repository.git//path?ref=main',
  parameters: ['ref'],
  credentials: ['username', 'password', 'token'],
  matches: (scheme) => scheme === 'git',
  open({ url, credentials, access }): StateSource {
    const [repository, inside] = splitAt(url.pathname, '//');
    const source = `git::${url.origin}${repository}`;
    if (!/^https?:$/.test(url.protocol) || repository.length < 2) {
      throw new StateSourceError(
        'url-invalid',
        `git::${url.protocol}//${url.host}${url.pathname}`,
        'it is written git::https://host/repository.git//path?ref=…; SSH is not supported.',
      );
    }
    const delivery = new HttpDelivery(access);
    const { username, password, token } = credentials;
    const auth = { username: username ?? 'git', password: token ?? password ?? '' };
    const checkout: Checkout = {
      source,
      url: `${url.origin}${repository}`,
      ref: url.searchParams.get('ref') ?? 'HEAD',
      inside: decodeURIComponent(inside).replace(/^\/+|\/+$/g, ''),
      auth: token || password ? auth : null,
      transport: gitTransport(delivery, source, access.maxBytes),
    };
    return {
      description: inside === '' ? source : `${source}//${checkout.inside}`,
      documents: (signal) => documentsOf(checkout, signal),
      close: () => delivery.close(),
    };
  },
};

interface Checkout {
  readonly source: string;
  readonly url: string;
  readonly ref: string;
  /** Path of a file or folder in the repository; empty for all of it. */
  readonly inside: string;
  readonly auth: { readonly username: string; readonly password: string } | null;
  readonly transport: (signal: AbortSignal) => Parameters<typeof git.fetch>[0]['http'];
}

/** The fetched commit exists as long as the documents are listed. */
async function* documentsOf(
  checkout: Checkout,
  signal: AbortSignal,
): AsyncGenerator<SourceDocument> {
  const { source, inside } = checkout;
  const dir = await mkdtemp(path.join(os.tmpdir(), 'driftguard-git-'));
  try {
    const commit = await fetchCommit(checkout, dir, signal);
    const files = await filesAt(dir, commit, inside);
    for (const file of files) {
      signal.throwIfAborted();
      const read = async () => {
        const { blob } = await git.readBlob({ fs, dir, oid: commit, filepath: file });
        return { content: Buffer.from(blob), version: commit };
      };
      yield new BufferedDocument(`${source}//${file}`, read, {}, file === inside);
    }
    if (files.length > 0) return;
    const wanted = inside === '' ? 'no file in it' : `no file or folder ${inside} with files`;
    throw new StateSourceError(
      'missing',
      source,
      `there is ${wanted} that end in ${DOCUMENT_ENDINGS.join(', ')} at ${checkout.ref}.`,
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function fetchCommit(checkout: Checkout, dir: string, signal: AbortSignal): Promise<string> {
  const { source, url, ref, auth, transport } = checkout;
  try {
    await git.init({ fs, dir });
    await git.addRemote({ fs, dir, remote: 'origin', url });
    const { fetchHead } = await git.fetch({
      fs,
      http: transport(signal),
      dir,
      url,
      ref,
      remoteRef: ref,
      depth: 1,
      singleBranch: true,
      tags: false,
      ...(auth === null ? {} : { onAuth: () => auth }),
      onAuthFailure: () => ({ cancel: true }),
    });
    if (fetchHead === null) throw noSuchRef(source, ref);
    return await commitOf(dir, fetchHead);
  } catch (error) {
    throw gitFailure(error, checkout, signal);
  }
}

/** An annotated tag points at a commit. */
async function commitOf(dir: string, oid: string): Promise<string> {
  const { oid: commit } = await git.readCommit({ fs, dir, oid });
  return commit;
}

async function filesAt(dir: string, commit: string, inside: string): Promise<readonly string[]> {
  const found = (await git.walk({
    fs,
    dir,
    trees: [git.TREE({ ref: commit })],
    map: async (file, [entry]) => {
      if (entry === null || entry === undefined || file === '.') return undefined;
      const isAbove = `${inside}/`.startsWith(`${file}/`);
      const isBelow = inside === '' || `${file}/`.startsWith(`${inside}/`);
      // Null leaves a folder out.
      if (!isAbove && !isBelow) return null;
      // Links lead anywhere and submodules are other repositories.
      if ((await entry.type()) !== 'blob' || ((await entry.mode()) & 0o170000) === 0o120000) {
        return undefined;
      }
      if (file === inside) return file;
      return isBelow && DOCUMENT_ENDINGS.some((ending) => file.endsWith(ending)) ? file : undefined;
    },
  })) as unknown;
  return [found]
    .flat(Number.POSITIVE_INFINITY)
    .filter((one) => typeof one === 'string')
    .sort();
}

function noSuchRef(source: string, ref: string): StateSourceError {
  return new StateSourceError('missing', source, `there is no branch, tag or commit ${ref}.`);
}

function gitFailure(error: unknown, { source, ref }: Checkout, signal: AbortSignal): Error {
  if (!(error instanceof Error) || signal.aborted) return connectionFailure(source, error, signal);
  const { code, data } = error as { code?: unknown; data?: { statusCode?: unknown } };
  if (code === 'HttpError' && typeof data?.statusCode === 'number') {
    return statusFailure(source, data.statusCode, NEEDS);
  }
  if (code === 'UserCanceledError') return statusFailure(source, 401, NEEDS);
  if (code === 'NotFoundError') return noSuchRef(source, ref);
  if (code === 'SmartHttpError' || code === 'RemoteCapabilityError' || code === 'ParseError') {
    return new StateSourceError('answer-invalid', source, 'the server does not speak smart HTTP.');
  }
  return connectionFailure(source, error, signal);
}

function splitAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark, 1);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}
