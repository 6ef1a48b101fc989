import { isIP } from 'node:net';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import type { PushOptions } from './push-options.js';

/** Where to send to, and with what. */
export interface PushTarget {
  readonly url: URL;
  readonly token: string;
  readonly source: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** From flags, then the environment. @throws DomainError `CLI.USAGE` that says what is missing or wrong */
export function pushTarget(options: PushOptions, { environment }: CommandContext): PushTarget {
  const url = serverUrl(given('--url', 'DRIFTGUARD_URL', options.url, environment));
  const token = given('--token', 'DRIFTGUARD_TOKEN', options.token, environment);
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw usageError('The API key has characters that no key has; was it copied whole?');
  }
  const source = given('--source', 'DRIFTGUARD_SOURCE', options.source, environment);
  if (!UUID.test(source)) {
    throw usageError(
      `--source: ${JSON.stringify(source.slice(0, 60))} is no id of a source. GET /api/v1/sources lists them.`,
    );
  }
  return { url, token, source };
}

function given(
  flag: string,
  variable: string,
  value: string | null,
  environment: CommandContext['environment'],
): string {
  const found = (value ?? environment[variable] ?? '').trim();
  if (found === '') throw usageError(`Give ${flag}, or set ${variable}.`);
  return found;
}

/** The key would travel in clear over plain HTTP; to the own machine it does not travel. */
function serverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    throw usageError('--url: this is no URL of a server, like https://driftguard.example.');
  }
  if (url.username !== '' || url.password !== '') {
    throw usageError(
      '--url: leave user and password out; the API key is what the server asks for.',
    );
  }
  if (url.protocol === 'http:' && !isOwnMachine(url.hostname)) {
    throw usageError(
      `--url: ${url.origin} is not encrypted, and the API key would be readable on the way. Use https.`,
    );
  }
  return url;
}

function isOwnMachine(host: string): boolean {
  if (host === 'localhost' || host === '[::1]') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}
