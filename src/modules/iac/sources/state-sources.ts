import {
  type StateSource,
  type StateSourceAccess,
  StateSourceError,
  type StateSourceFactory,
} from '../../../core/providers/index.js';

/** A location that was recognised; nothing was called yet. */
export interface RecognisedSource {
  readonly location: string;
  /** Where credentials go: another one must not get them. */
  readonly audience: string;
  /** Accepted names of credential fields. */
  readonly credentialFields: readonly string[];
  /** Host names the URL names itself, for an early look by the guard. */
  readonly hosts: readonly string[];
  open(credentials: Readonly<Record<string, string>>, access: StateSourceAccess): StateSource;
  /** @throws StateSourceError `url-invalid`; missing credentials are no fault of the URL */
  validate(access: StateSourceAccess): void;
}

/** Parameters that name a host of their own. */
const HOST_PARAMETERS = ['endpoint', 'server'];

/** The kinds of places a state can live in; the first that matches a URL takes it. */
export class StateSources {
  constructor(private readonly factories: readonly StateSourceFactory[]) {}

  /** Whether it is written like a URL of a source, rather than like a path. */
  static isUrl(text: string): boolean {
    return /^([a-z][a-z0-9+.-]*::)?[a-z][a-z0-9+.-]*:\/\//i.test(text);
  }

  get forms(): readonly string[] {
    return this.factories.map(({ form }) => form);
  }

  /** @throws StateSourceError `url-invalid`, saying which forms there are */
  recognise(text: string): RecognisedSource {
    const shown = text.replace(/\/\/[^/@]*@/, '//');
    const fail = (message: string): StateSourceError =>
      new StateSourceError('url-invalid', shown, message);
    const [, prefix, rest = text] = /^([a-z0-9+.-]+)::(.*)$/is.exec(text) ?? [];
    const url = URL.parse(rest);
    if (url === null)
      throw fail(`this is no URL of a state. Known forms: ${this.forms.join(', ')}`);
    if (url.username !== '' || url.password !== '') {
      throw fail(
        'credentials do not belong into the URL: set them as the credentials of the source.',
      );
    }
    const scheme = (prefix ?? url.protocol.slice(0, -1)).toLowerCase();
    const factory = this.factories.find((one) => one.matches(scheme, url));
    if (factory === undefined) {
      throw fail(`no kind of source is written like this. Known forms: ${this.forms.join(', ')}`);
    }
    const unknown = [...url.searchParams.keys()].find((one) => !factory.parameters.includes(one));
    // What follows the question mark may be part of an address that is not ours.
    if (unknown !== undefined && !factory.parameters.includes('*')) {
      const known = factory.parameters.length === 0 ? 'none' : factory.parameters.join(', ');
      throw fail(`there is no parameter ${JSON.stringify(unknown)}; it takes: ${known}.`);
    }
    const hosts = [...hostsOf(factory, url)];
    return {
      location: factory.location,
      audience: [scheme, url.host, ...HOST_PARAMETERS.map((one) => url.searchParams.get(one))].join(
        ' ',
      ),
      credentialFields: factory.credentials,
      hosts,
      open: (credentials, access) => {
        assertKnownFields(shown, factory, credentials);
        return factory.open({ text, url, credentials, access });
      },
      validate: (access) => {
        try {
          void factory.open({ text, url, credentials: {}, access }).close?.();
        } catch (error) {
          if (!isAboutCredentials(error)) throw error;
        }
      },
    };
  }
}

function isAboutCredentials(error: unknown): boolean {
  return error instanceof StateSourceError && error.failure === 'credentials-invalid';
}

function* hostsOf(factory: StateSourceFactory, url: URL): Generator<string> {
  if (factory.form.includes('//HOST')) yield url.hostname;
  for (const name of HOST_PARAMETERS) {
    const value = url.searchParams.get(name);
    const host = value === null ? null : URL.parse(value)?.hostname;
    if (host) yield host;
  }
}

function assertKnownFields(
  source: string,
  factory: StateSourceFactory,
  credentials: Readonly<Record<string, string>>,
): void {
  const unknown = Object.keys(credentials).find((name) => !factory.credentials.includes(name));
  if (unknown === undefined) return;
  throw new StateSourceError(
    'credentials-invalid',
    source,
    `there is no credential field ${JSON.stringify(unknown)}; it takes: ${factory.credentials.join(', ')}.`,
  );
}
