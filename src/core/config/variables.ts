import { OutboundAllowance } from '../http/outbound/outbound-allowance.js';
import { SECRET_VARIABLES } from './secret-variables.js';
import {
  choice,
  flag,
  integer,
  list,
  NODE_ENVIRONMENTS,
  optional,
  secret,
  text,
  url,
} from './variable.js';

const DEVELOPMENT_SECRET = 'development-only-secret-change-me-in-production';
const KIBIBYTE = 1024;
/** Nobody may configure more: keys are accepted for this long after their last signature. */
export const LONGEST_ACCESS_TOKEN_SECONDS = 3600;

/** Every variable DriftGuard reads. `.env.example` and `docs/configuration.md` are generated from this table. */
export const VARIABLES = {
  NODE_ENV: choice({
    group: 'General',
    description: 'Which defaults apply. Without a value it is production, the strictest.',
    choices: NODE_ENVIRONMENTS,
    default: 'production',
  }),
  LOG_LEVEL: choice({
    group: 'General',
    description: 'The least important line that is written.',
    choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    defaults: { development: 'info', production: 'info', testing: 'silent' },
  }),

  API_HOST: text({
    group: 'API',
    description: 'Address the API listens on; 0.0.0.0 for every interface.',
    defaults: { development: '127.0.0.1', production: '0.0.0.0', testing: '127.0.0.1' },
  }),
  API_PORT: integer({
    group: 'API',
    description: 'Port the API listens on; 0 takes a free one.',
    min: 0,
    max: 65_535,
    defaults: { development: 8000, production: 8000, testing: 0 },
  }),
  TRUST_PROXY: flag({
    group: 'API',
    description: 'Believe X-Forwarded-For. Only behind a proxy that overwrites it.',
    default: false,
  }),
  BODY_LIMIT_BYTES: integer({
    group: 'API',
    description: 'Largest accepted JSON body.',
    min: KIBIBYTE,
    max: 64 * KIBIBYTE * KIBIBYTE,
    default: KIBIBYTE * KIBIBYTE,
  }),
  UPLOAD_LIMIT_BYTES: integer({
    group: 'API',
    description: 'Largest accepted uploaded file (states, plans, templates, manifests).',
    min: KIBIBYTE,
    max: 8 * KIBIBYTE * KIBIBYTE * KIBIBYTE,
    default: 2 * KIBIBYTE * KIBIBYTE * KIBIBYTE,
  }),
  RATE_LIMIT_ADDRESS: integer({
    group: 'API',
    description:
      'Requests one address (of IPv6 one /64) may make in a minute. An office or a CI farm shares one.',
    min: 1,
    max: 1_000_000,
    defaults: { development: 6000, production: 6000, testing: 1_000_000 },
  }),
  RATE_LIMIT_ORGANIZATION: integer({
    group: 'API',
    description: 'Requests all users of one organization together may make in a minute.',
    min: 1,
    max: 1_000_000,
    defaults: { development: 12_000, production: 12_000, testing: 1_000_000 },
  }),
  CORS_ORIGINS: list({
    group: 'API',
    description:
      'Other origins whose pages may call the API from a browser. Empty: none; the dashboard under PUBLIC_URL needs no entry.',
    type: 'origins (https://console.example.com)',
    check: (entries) => {
      const wrong = entries.find((one) => !URL.canParse(one) || new URL(one).origin !== one);
      if (wrong !== undefined) throw new Error('must be origins: scheme, host and port, no path');
    },
    default: [],
  }),
  LOCAL_SOURCES_ROOT: text({
    group: 'API',
    description:
      'Folder under which sources may be files or folders of the server itself. Empty: uploads only.',
    default: '',
  }),
  REQUEST_TIMEOUT_MS: integer({
    group: 'API',
    description:
      'Longest silence of a client we wait for, in milliseconds. However slow, an upload that makes progress is not cut.',
    min: 1000,
    max: 3_600_000,
    default: 60_000,
  }),

  SECRET_KEY: secret({
    group: 'Security',
    description: 'Signs list cursors. `openssl rand -base64 48` makes one.',
    minLength: 32,
    defaults: { development: DEVELOPMENT_SECRET, testing: DEVELOPMENT_SECRET },
  }),
  WORKER_METRICS_PORT: optional(
    integer({
      group: 'Workers',
      description: 'Port on which a worker serves its own /metrics. Without it, it serves nothing.',
      min: 1,
      max: 65_535,
    }),
  ),
  METRICS_TOKEN: optional(
    secret({
      group: 'Security',
      description:
        'Bearer token of Prometheus: only with it /metrics also counts the requests of each organization.',
      minLength: 16,
    }),
  ),
  OUTBOUND_ALLOW: list({
    group: 'Security',
    description:
      'What tenants may make the workers call besides the public internet: endpoints, state stores and clusters at private, loopback or link-local addresses. `*` opens everything; cloud metadata services open by their own address only.',
    type: 'ranges (10.0.0.0/8), addresses, host names and *.domains',
    check: (entries) => new OutboundAllowance(entries),
    defaults: {
      development: ['127.0.0.0/8', '::1'],
      production: [],
      testing: ['127.0.0.0/8', '::1'],
    },
  }),
  LOCAL_CREDENTIALS: flag({
    group: 'Security',
    description:
      'Whether an environment may be read with what the workers themselves are logged in with. Only for an installation with one tenant.',
    default: false,
  }),
  ACCESS_TOKEN_SECONDS: integer({
    group: 'Sessions',
    description:
      'Longest life of an access token; the session timeout of an organization can only shorten it.',
    min: 60,
    max: LONGEST_ACCESS_TOKEN_SECONDS,
    default: 900,
  }),
  SESSION_HOURS: integer({
    group: 'Sessions',
    description:
      'Longest life of a session in hours, however much it is used. The session timeout of an organization ends an idle one earlier.',
    min: 1,
    max: 24 * 90,
    default: 24,
  }),
  SIGNING_KEY_DAYS: integer({
    group: 'Sessions',
    description: 'After this many days a new key signs the access tokens.',
    min: 1,
    max: 366,
    default: 30,
  }),
  REGISTRATION: flag({
    group: 'Sessions',
    description: 'Whether anybody who can reach the API may register an organization of their own.',
    defaults: { development: true, production: false, testing: true },
  }),

  PUBLIC_URL: url({
    group: 'Mail',
    description: 'Where people reach DriftGuard; the links in mails begin with it.',
    protocols: ['http:', 'https:'],
    default: 'http://localhost:8000',
  }),
  SMTP_URL: optional(
    secret({
      group: 'Mail',
      description:
        'Mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Without it nothing is mailed: invitations, password resets and changes of address answer MAIL.NOT_CONFIGURED; in development the worker logs the links instead.',
    }),
  ),
  SMTP_REQUIRE_TLS: flag({
    group: 'Mail',
    description: 'Refuse to talk to a mail server without encryption and a valid certificate.',
    defaults: { development: false, production: true, testing: false },
  }),
  MAIL_FROM: text({
    group: 'Mail',
    description: 'Sender of mails.',
    default: 'DriftGuard <driftguard@localhost>',
  }),

  ...SECRET_VARIABLES,

  DB_HOST: text({
    group: 'PostgreSQL',
    description: 'Host, or folder of the Unix socket.',
    defaults: { development: 'localhost', testing: 'localhost' },
  }),
  DB_PORT: integer({
    group: 'PostgreSQL',
    description: 'Port.',
    min: 1,
    max: 65_535,
    default: 5432,
  }),
  DB_NAME: text({ group: 'PostgreSQL', description: 'Database.', default: 'driftguard' }),
  DB_TLS: flag({
    group: 'PostgreSQL',
    description: 'Encrypt the connection and verify the certificate of the server.',
    default: false,
  }),
  DB_OWNER_USER: text({
    group: 'PostgreSQL',
    description: 'Owner role, used by the migration job only.',
    default: 'driftguard_owner',
  }),
  DB_OWNER_PASSWORD: secret({
    group: 'PostgreSQL',
    description: 'Password of the owner role. API and workers do not need it: leave it out there.',
    defaults: { development: 'changeme-owner', testing: 'changeme-owner', production: '' },
  }),
  DB_MANAGE_ROLES: flag({
    group: 'PostgreSQL',
    description:
      'Whether the migration job creates the roles and sets their passwords (the owner needs CREATEROLE). With false your administrator does.',
    default: true,
  }),
  DB_POOL_MAX: integer({
    group: 'PostgreSQL',
    description: 'Connections per process and pool (object mapper, lists, bulk loading).',
    min: 1,
    max: 200,
    default: 10,
  }),

  REDIS_URL: url({
    group: 'Redis',
    description: 'Queues. User and password belong into the URL.',
    protocols: ['redis:', 'rediss:'],
    defaults: {
      development: 'redis://127.0.0.1:6379/0',
      testing: 'redis://127.0.0.1:6379/0',
    },
  }),
  QUEUE_LOCK_MS: integer({
    group: 'Redis',
    description:
      'A worker that died is noticed after this, in milliseconds; its jobs go to the next one.',
    min: 500,
    max: 600_000,
    default: 30_000,
  }),
  QUEUE_PREFIX: text({
    group: 'Redis',
    description: 'Prefix of every key, so that several installations can share one Redis.',
    default: 'driftguard',
  }),
} as const;
