import { changed, strengthened, turned, weakened } from '../sense.js';
import type { Turn } from '../turn.js';
import { textsOf } from '../values.js';
import { isConditional, refuses } from './allows.js';
import type { SecurityRule } from './rule.js';

const POLICY =
  /(^|[._])(policy|policies|statement|assume_role_policy|policy_document|inline_policy|access_policies|policy_data|bindings?|rules?|resource_policy|verbs|api_groups|principals?|actions?)([._]|$)/;
const EVERYBODY =
  /^(\*|allUsers|allAuthenticatedUsers|system:(anonymous|unauthenticated)|https?:\/\/acs\.amazonaws\.com\/groups\/global\/(AllUsers|AuthenticatedUsers))$/;
const ADMINISTRATION =
  /(^|\/)(AdministratorAccess|IAMFullAccess|PowerUserAccess)$|^roles\/(owner|editor|iam\.securityAdmin|resourcemanager\.organizationAdmin)$|^cluster-admin$|^system:masters$|\/roleDefinitions\/(8e3af657-a8ff-443c-a75c-2fe8c4bcb635|b24988ac-6180-42a0-ab88-20f7382dd24c|18d7d88d-d35e-4fb5-a5c3-7773c20a72d9)$|^(Owner|Contributor|User Access Administrator)$/i;
/** Verbs and actions that let a subject give itself more (Kubernetes: RBAC good practices; AWS: privilege escalation). */
const ESCALATION =
  /^(escalate|bind|impersonate|iam:(PassRole|CreatePolicyVersion|AttachRolePolicy|AttachUserPolicy|PutRolePolicy|PutUserPolicy|CreateAccessKey|UpdateAssumeRolePolicy)|sts:AssumeRole)$/i;

const added = (turn: Turn): string[] => {
  const known = new Set(textsOf(turn.before));
  return textsOf(turn.after).filter((text) => !known.has(text));
};
const removed = (turn: Turn): string[] => {
  const known = new Set(textsOf(turn.after));
  return textsOf(turn.before).filter((text) => !known.has(text));
};

/** Whole families of actions: `*`, `s3:*`, `*:*`, `Microsoft.Storage/*`. */
const isWildcard = (text: string): boolean =>
  text === '*' || /^[\w.-]*[:/]\*$/.test(text) || text === '*:*' || text === '*/*';
/** Words that name an element of a rule rather than its label. */
const PRINCIPAL =
  /(^|\.)(not_)?principals?(\.|$)|(^|\.)(members?|subjects?|grantees?|grants?|access_control_list|acl|entity|who)(\.|$)|principals?$/;
const PERMISSION = /(^|\.)(actions?|not_actions?|data_actions|verbs|permissions)$/;
const OBJECT = /(^|\.)(resources?|api_groups|resource_names|non_resource_ur_ls)$/;

/** `*`, all users or an anonymous group as principal or member. */
export const everybodyGranted: SecurityRule = (turn) => {
  if (!PRINCIPAL.test(turn.path) && !/uri$|^name$|member/.test(turn.key)) return undefined;
  const come = added(turn).some((text) => EVERYBODY.test(text));
  const gone = removed(turn).some((text) => EVERYBODY.test(text));
  if (come === gone) return undefined;
  if (refuses(turn)) {
    return turned(
      gone,
      'high',
      gone ? 'A refusal for everybody is gone.' : 'Everybody is refused now.',
    );
  }
  if (gone) return strengthened('critical', 'It is no longer granted to everybody.');
  return isConditional(turn)
    ? weakened('medium', 'It is granted to everybody who meets a condition.')
    : weakened('critical', 'It is now granted to everybody.');
};

/** `*` or a whole family as action, verb or resource of a policy or role. */
export const wildcardGrant: SecurityRule = (turn) => {
  const { path } = turn;
  const isPermission = PERMISSION.test(path);
  if (!isPermission && !OBJECT.test(path)) return undefined;
  if (!POLICY.test(path)) return undefined;
  const come = added(turn).some(isWildcard);
  const gone = removed(turn).some(isWildcard);
  const severity = isPermission ? 'high' : 'medium';
  const inverted = refuses(turn) !== /(^|\.)not_/.test(path);
  if (come !== gone) {
    const worse = come !== inverted;
    return turned(
      worse,
      severity,
      worse ? 'It now grants everything (*).' : 'It no longer grants everything (*).',
    );
  }
  const escalates = added(turn).some((text) => ESCALATION.test(text));
  if (isPermission && escalates && !inverted)
    return weakened('high', 'It may now give itself further permissions.');
  if (isPermission && removed(turn).some((text) => ESCALATION.test(text)) && !inverted)
    return strengthened('high', 'It may no longer give itself further permissions.');
  if (/(^|\.)resources$/.test(path) && added(turn).includes('secrets') && !inverted)
    return weakened('high', 'It may now read secrets.');
  const fewer = added(turn).length === 0;
  const more = removed(turn).length === 0;
  if (!isPermission || fewer === more) return changed('medium', 'What it may do changed.');
  const worse = more !== inverted;
  return turned(
    worse,
    'medium',
    worse ? 'It may do more than before.' : 'It may do less than before.',
  );
};

/** A ready-made role that rules everything is given or taken. */
export const administratorRole: SecurityRule = (turn) => {
  if (!/polic|role|group|managed|boundary/.test(turn.path)) return undefined;
  const come = added(turn).some((text) => ADMINISTRATION.test(text));
  const gone = removed(turn).some((text) => ADMINISTRATION.test(text));
  if (come === gone) return undefined;
  if (turn.path.includes('boundary')) return undefined;
  return come
    ? weakened('critical', 'It is given a role that may do everything.')
    : strengthened('critical', 'A role that may do everything was taken away.');
};

/** Who may use it, or what is attached to it, changed: nobody can tell from names which way that went, except that more is more. */
export const attachment: SecurityRule = (turn) => {
  const { path } = turn;
  if (path.includes('boundary')) {
    if (turn.after === undefined) return weakened('high', 'The permissions boundary is gone.');
    if (turn.before === undefined) return strengthened('high', 'A permissions boundary was set.');
    return changed('high', 'The permissions boundary was exchanged.');
  }
  const who = /(^|\.)(members?|subjects?|principals?)(\.|$)/.test(path);
  const what = /managed_policy_arns|policy_arns?$|role_ref|(^|\.)role$|role_definition/.test(path);
  if (!who && !what) return undefined;
  if (refuses(turn)) return undefined;
  const [come, gone] = [added(turn).length > 0, removed(turn).length > 0];
  if (come && gone)
    return changed('medium', who ? 'Somebody else is granted access.' : 'Another role is granted.');
  if (come)
    return weakened(
      'medium',
      who ? 'Somebody more is granted access.' : 'A further policy or role is granted.',
    );
  return gone
    ? strengthened(
        'medium',
        who ? 'Somebody is no longer granted access.' : 'A policy or role was taken away.',
      )
    : undefined;
};
