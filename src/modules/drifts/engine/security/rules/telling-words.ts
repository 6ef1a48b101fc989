import type { JsonValue } from '../../../../../core/providers/index.js';
import type { SecuritySeverity } from '../../findings.js';
import { turned } from '../sense.js';
import { textsOf } from '../values.js';
import type { SecurityRule } from './rule.js';

/** Choices whose words say how safe they are, whatever the setting is called; from weak to strong. */
interface Ladder {
  readonly steps: readonly RegExp[];
  /** Where the words are too common to tell by themselves. */
  readonly where?: RegExp;
  /** A word of this step, counted from 0, has to be among the two. */
  readonly telling?: number;
  readonly severity: SecuritySeverity;
  readonly what: string;
}

const LADDERS: readonly Ladder[] = [
  {
    where: /tls|ssl|transit|encryption_mode|client_broker/,
    steps: [
      /^(disabled?|off|none|plain_?text|unencrypted)$/,
      /^(permissive|preferred|prefer|tls_plaintext)$/,
      /^(simple|server_authentication|tls|required?)$/,
      /^(strict|mutual|istio_mutual)$/,
    ],
    severity: 'high',
    what: 'Encryption of the traffic',
  },
  // Admission controllers, firewalls and policies: nothing, watching, acting.
  {
    steps: [
      /^(off|disabled?|none|inactive)$/,
      /^(audit|warn|detect|detection|dry_?run|monitor|permissive|report_?only|count|simulate)$/,
      /^(enforced?|enforcing|enforcement|deny|prevent|prevention|block|strict)$/,
    ],
    telling: 2,
    severity: 'high',
    what: 'Enforcement',
  },
  {
    where: /ingress|endpoint|scheme|access|public|exposure|sharing|(^|\.)state$/,
    steps: [
      /^(ingress_traffic_|allow_?)?all$|^public$|^internet-?facing$|^unblocked$|^service_provided_eips$/,
      /^(allow_internal_and_gclb|ingress_traffic_internal_load_balancer|block-new-sharing|allowprivate|allow_private)$/,
      /^(ingress_traffic_|allow_)?internal(_only)?$|^private$|^vpc(_endpoint)?$|^block-all-sharing$|^deny_?all$|^disabled$/,
    ],
    severity: 'high',
    what: 'The restriction of who may reach it',
  },
  {
    steps: [/^secure_optional$/, /^secure_always$/],
    severity: 'high',
    what: 'Encryption of the traffic',
  },
  { steps: [/^decrypted$/, /^encrypted$/], severity: 'high', what: 'Encryption' },
  {
    where: /profile/,
    steps: [/^compatible$/, /^modern$/, /^restricted$/],
    severity: 'high',
    what: 'The choice of ciphers',
  },
  {
    where: /metadata/,
    steps: [/^(gce_metadata|expose)$/, /^(gke_metadata|gke_metadata_server|secure|conceal)$/],
    severity: 'high',
    what: 'The protection of the metadata server',
  },
  {
    where: /protection_?level/,
    steps: [/^software$/, /^hsm$/, /^hsm_single_tenant$/],
    severity: 'medium',
    what: 'The protection of the key',
  },
  {
    where: /immutab|retention|lock/,
    steps: [/^(disabled|none)$/, /^unlocked$/, /^locked$/],
    severity: 'medium',
    what: 'The lock on stored data',
  },
  {
    where: /rotation/,
    steps: [/^never$/, /^always$/],
    severity: 'medium',
    what: 'Key rotation',
  },
];

function stepOf({ steps }: Ladder, value: JsonValue | undefined): number {
  const [text, ...more] = textsOf(value);
  if (text === undefined || more.length > 0) return -1;
  return steps.findIndex((step) => step.test(text.toLowerCase()));
}

/** A word for a weaker or a stronger choice took the place of the other. */
export const tellingWords: SecurityRule = ({ path, before, after }) => {
  for (const ladder of LADDERS) {
    if (ladder.where !== undefined && !ladder.where.test(path)) continue;
    const [was, is] = [stepOf(ladder, before), stepOf(ladder, after)];
    if (was === -1 || is === -1 || was === is) continue;
    if (ladder.telling !== undefined && was !== ladder.telling && is !== ladder.telling) continue;
    const worse = is < was;
    return turned(
      worse,
      ladder.severity,
      `${ladder.what} is ${worse ? 'weaker' : 'stronger'} than before.`,
    );
  }
  return undefined;
};

/** Lists that restrict something to what they name. */
const RESTRICTION =
  /(repos|repositories|namespaces|projects|accounts|audiences?|issuers|redirect_ur\w*|callback_ur\w*)$/;

/** `*` in a list that restricts: it does so no more. */
export const unrestricted: SecurityRule = ({ key, before, after }) => {
  if (!RESTRICTION.test(key)) return undefined;
  const [was, is] = [textsOf(before).includes('*'), textsOf(after).includes('*')];
  if (was === is || (was ? after : before) === undefined) return undefined;
  return turned(
    is,
    'medium',
    is ? 'It is no longer restricted (*).' : 'It is restricted again (no *).',
  );
};
