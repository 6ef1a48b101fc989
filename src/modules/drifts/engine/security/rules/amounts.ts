import type { SecuritySeverity } from '../../findings.js';
import { turned } from '../sense.js';
import { amountOf } from '../values.js';
import type { SecurityRule } from './rule.js';

interface Amount {
  readonly path: RegExp;
  readonly safer: 'more' | 'less';
  /** What 0 stands for. */
  readonly zero: 'nothing' | 'unlimited';
  readonly severity: SecuritySeverity;
  readonly what: string;
}

const AMOUNTS: readonly Amount[] = [
  {
    path: /backup_?retention|snapshot_retention|retention_?period|retain(ed)?_?(backups|days)|recovery_?(window|point)|soft_?delete\w*(days|retention|duration)|delete_?retention\w*\.?days|backups?\.\w*retention|transaction_log_retention|deletion_window/,
    safer: 'more',
    zero: 'nothing',
    severity: 'medium',
    what: 'Copies are kept',
  },
  // CloudWatch Logs: 0 keeps events for ever.
  {
    path: /retention_?in_?days|log\w*[._]retention|retention_?days|retention_duration/,
    safer: 'more',
    zero: 'unlimited',
    severity: 'medium',
    what: 'Records are kept',
  },
  {
    path: /minimum_?(password_?)?length|min_?length|password_?(reuse|history)/,
    safer: 'more',
    zero: 'nothing',
    severity: 'medium',
    what: 'The demand on passwords counts',
  },
  {
    path: /max_?password_?age|password_?(max|expir|lifetime)|credential\w*_age/,
    safer: 'less',
    zero: 'unlimited',
    severity: 'low',
    what: 'Passwords live',
  },
  {
    path: /rotation_?(period|interval|days)|automatically_?after_?days|key_?expir\w*(period|days)|rotate_after|validity_period/,
    safer: 'less',
    zero: 'unlimited',
    severity: 'medium',
    what: 'Keys and secrets live',
  },
  {
    path: /max_?session_?duration|session_?(timeout|duration|idle)|idle_?\w*timeout_in|access_token_validity|max_(user_)?duration/,
    safer: 'less',
    zero: 'unlimited',
    severity: 'low',
    what: 'Sessions last',
  },
  {
    path: /http_?put_?response_?hop/,
    safer: 'less',
    zero: 'nothing',
    severity: 'low',
    what: 'Instance credentials travel',
  },
];

/** Retention, rotation, password rules: an amount went the wrong or the right way. */
export const amountChanged: SecurityRule = ({ path, before, after }) => {
  const found = AMOUNTS.find((one) => one.path.test(path));
  if (found === undefined) return undefined;
  const measure = (value: number | undefined): number | undefined =>
    value === 0 && found.zero === 'unlimited' ? Number.POSITIVE_INFINITY : value;
  const [was, is] = [measure(amountOf(before)), measure(amountOf(after))];
  if (was === undefined || is === undefined || was === is) return undefined;
  const more = is > was;
  const word = /live|last|kept/.test(found.what)
    ? more
      ? 'longer'
      : 'shorter'
    : more
      ? 'more'
      : 'less';
  return turned(
    more !== (found.safer === 'more'),
    found.severity,
    `${found.what} ${word} than before.`,
  );
};
