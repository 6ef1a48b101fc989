import { isSecretKey } from '../../../core/privacy/index.js';
import {
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
} from '../../../core/providers/index.js';
import { only } from './transfer/documents.js';
import { HttpDelivery } from './transfer/http-delivery.js';
import { StreamedDocument } from './transfer/streamed-document.js';

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e]*)$/;

/**
 * A state any web server gives to a GET request, as Terraform's `http` backend and GitLab do. Credentials: `username` and
 * `password`, or `token` (sent as bearer), and `headers`: lines of `Name: value`. It never locks.
 */
export const httpSource: StateSourceFactory = {
  location: 'http',
  form: 'https://HOST/path',
  parameters: ['*'],
  credentials: ['username', 'password', 'token', 'headers'],
  matches: (scheme) => scheme === 'https' || scheme === 'http',
  open({ url, credentials, access }): StateSource {
    const source = `${url.origin}${url.pathname}`;
    const secret = [...url.searchParams.keys()].find(isSecretKey);
    if (secret !== undefined) {
      throw new StateSourceError(
        'url-invalid',
        source,
        `${secret} looks like a secret and does not belong into the URL: set it as a credential (token or headers).`,
      );
    }
    const headers = headersOf(source, credentials);
    const delivery = new HttpDelivery(access);
    const needs = 'a right to read this address';
    return {
      description: source,
      documents: () =>
        only(
          new StreamedDocument(source, access, (signal) =>
            delivery.stream({ source, url, headers, needs, signal }),
          ),
        ),
      close: () => delivery.close(),
    };
  },
};

function headersOf(
  source: string,
  { username, password, token, headers = '' }: Readonly<Record<string, string>>,
): Record<string, string> {
  const result: Record<string, string> = {
    accept: 'application/json, */*',
    'accept-encoding': 'identity',
  };
  for (const line of headers.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const [, name, value] = HEADER.exec(line.trim()) ?? [];
    if (name === undefined || value === undefined) {
      throw new StateSourceError(
        'credentials-invalid',
        source,
        'headers are lines of `Name: value`, in plain ASCII.',
      );
    }
    result[name.toLowerCase()] = value;
  }
  if (token) result.authorization = `Bearer ${token}`;
  else if (username !== undefined || password !== undefined) {
    const pair = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
    result.authorization = `Basic ${pair}`;
  }
  return result;
}
