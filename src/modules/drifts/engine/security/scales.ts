import type { JsonValue } from '../../../../core/providers/index.js';
import { isEmpty } from '../values.js';
import type { Turn } from './turn.js';
import { textsOf } from './values.js';

/** Choices of one setting from weak to strong; the path says where the words mean this. */
interface Scale {
  readonly key: RegExp;
  readonly steps: readonly (readonly string[])[];
  /** The step that holds where nothing is said; left out where that differs from service to service. */
  readonly absent?: number;
}

const SCALES: readonly Scale[] = [
  // S3 and others: SSE-S3, SSE-KMS, two layers of KMS (Amazon S3 User Guide, server-side encryption).
  {
    key: /sse_?algorithm|encryption_(type|option|mode|algorithm)|server_side_encryption$/,
    absent: 0,
    steps: [
      ['none', 'disabled', 'unencrypted'],
      ['aes256', 'sse_s3', 'sse-s3', 's3', 'aws_owned_kms_key', 'aws_owned'],
      ['aws:kms', 'kms', 'sse_kms', 'sse-kms', 'cse_kms', 'customer_managed_kms_key'],
      ['aws:kms:dsse'],
    ],
  },
  // libpq, Amazon DMS and Cloud SQL name the same ladder.
  {
    key: /ssl_?mode/,
    steps: [
      ['none', 'disable', 'disabled', 'allow_unencrypted_and_encrypted'],
      ['allow', 'prefer', 'preferred'],
      ['require', 'required', 'encrypted_only'],
      ['verify-ca', 'verify_ca'],
      ['verify-full', 'verify_identity', 'trusted_client_certificate_required'],
    ],
  },
  {
    key: /viewer_protocol_policy|protocol_policy/,
    steps: [
      ['allow-all', 'http-only', 'match-viewer'],
      ['redirect-to-https', 'https-only'],
    ],
  },
  {
    key: /mfa_configuration|(^|_)mfa$|client_cert(ificate)?_mode/,
    absent: 0,
    steps: [['off', 'none', 'ignore'], ['optional'], ['on', 'required', 'require']],
  },
  // EC2: instance metadata service, version 1 allowed or not.
  { key: /http_?tokens/, absent: 0, steps: [['optional'], ['required']] },
  // Pod Security Standards.
  {
    key: /pod_security\.kubernetes\.io\/(enforce|audit|warn)$/,
    steps: [['privileged'], ['baseline'], ['restricted']],
  },
  {
    key: /seccomp_profile\.type|seccomp_profile$/,
    absent: 0,
    steps: [['unconfined'], ['runtimedefault', 'runtime/default', 'localhost']],
  },
  { key: /failure_policy/, absent: 1, steps: [['ignore'], ['fail']] },
  { key: /proc_mount/, absent: 1, steps: [['unmasked'], ['default']] },
  // Canned ACLs of S3 and Cloud Storage, access types of Azure containers.
  {
    key: /(^|_)acl$|container_access_type|(^|\.)public_access$|predefined_acl/,
    absent: 3,
    steps: [
      ['public-read-write', 'publicreadwrite'],
      ['public-read', 'publicread', 'website', 'container', 'blob'],
      ['authenticated-read', 'authenticatedread'],
      ['private', 'none', 'bucket-owner-full-control', 'projectprivate', 'log-delivery-write'],
    ],
  },
  { key: /default_action/, absent: 0, steps: [['allow'], ['deny', 'block']] },
  {
    key: /authorization_?type|(^|\.)auth(orization|_type)?$/,
    steps: [
      ['none'],
      [
        'aws_iam',
        'custom',
        'cognito_user_pools',
        'jwt',
        'request',
        'openid_connect',
        'amazon_cognito_user_pools',
        'aws_lambda',
      ],
    ],
  },
  // What is logged, from nothing to everything; the grade of a log says how much of it is kept.
  {
    key: /log(ging)?_level|logging.*\.level|field_log_level/,
    absent: 0,
    steps: [
      ['off', 'none'],
      ['fatal', 'critical'],
      ['error'],
      ['warn', 'warning'],
      ['info'],
      ['debug', 'trace', 'all'],
    ],
  },
  { key: /read_write_type/, steps: [['none'], ['readonly', 'writeonly'], ['all']] },
  {
    key: /image_?tag_?mutability/,
    absent: 0,
    steps: [['mutable'], ['immutable']],
  },
  {
    key: /project_visibility|(^|\.)visibility$/,
    steps: [['public_read', 'public'], ['internal'], ['private']],
  },
  { key: /ftps_?state/, steps: [['allallowed'], ['ftpsonly'], ['disabled']] },
  {
    key: /object_ownership/,
    steps: [['objectwriter'], ['bucketownerpreferred'], ['bucketownerenforced']],
  },
];

function stepOf(scale: Scale, value: JsonValue | undefined): number | undefined {
  if (isEmpty(value)) return scale.absent;
  const [text, ...more] = textsOf(value);
  if (text === undefined || more.length > 0) return undefined;
  const found = scale.steps.findIndex((step) => step.includes(text.toLowerCase()));
  return found === -1 ? undefined : found;
}

/** Steps up (positive) or down a known scale; undefined when there is none for the setting or the value is not on it. */
export function onScale({ path, before, after }: Turn): number | undefined {
  const scale = SCALES.find(({ key }) => key.test(path));
  if (scale === undefined || (isEmpty(before) && isEmpty(after))) return undefined;
  const [from, to] = [stepOf(scale, before), stepOf(scale, after)];
  return from === undefined || to === undefined || from === to ? undefined : to - from;
}
