import type { Comparator } from '../comparator.js';
import { emptyInState } from './empty-in-state.js';
import { emptyOrAbsent } from './empty-or-absent.js';
import { enabledWord } from './enabled-word.js';
import { unsetInState } from './unset-in-state.js';
import { armReference } from './arm-reference.js';
import { armSpelling } from './arm-spelling.js';
import { declaredDefault } from './declared-default.js';
import { inlinePolicyOwner } from './inline-policy-owner.js';
import { implicitRoute } from './implicit-route.js';
import { ipProtocol } from './ip-protocol.js';
import { jsonDocument } from './json-document.js';
import { arnName } from './arn-name.js';
import { booleanToken } from './boolean-token.js';
import { constantSpelling } from './constant-spelling.js';
import { capacityBand } from './capacity-band.js';
import { cidrSpelling } from './cidr-spelling.js';
import { dnsName } from './dns-name.js';
import { absentFromInventory } from './absent-from-inventory.js';
import { codeExpression } from './code-expression.js';
import { base64Text } from './base64-text.js';
import { googleAddress } from './google-address.js';
import { mysqlCharset } from './mysql-charset.js';
import { netmask } from './netmask.js';
import { portRange } from './port-range.js';
import { googleLink } from './google-link.js';
import { googleShortName } from './google-short-name.js';
import { objectName } from './object-name.js';
import { standIn } from './stand-in.js';
import { googleDuration } from './google-duration.js';
import { googleQuantity } from './google-quantity.js';
import { googleScope } from './google-scope.js';
import { guessedName } from './guessed-name.js';
import { headerNames } from './header-names.js';
import { attachedElsewhere } from './attached-elsewhere.js';
import { isoDuration } from './iso-duration.js';
import { originIdentity } from './origin-identity.js';
import { propertiesText } from './properties-text.js';
import { trafficShift } from './traffic-shift.js';
import { vendedPolicy } from './vended-policy.js';
import { iamPolicy } from './iam-policy.js';
import { digestOfCode } from './digest-of-code.js';
import { idList } from './id-list.js';
import { keyMaterial } from './key-material.js';
import { kmsAlias } from './kms-alias.js';
import { letterCase } from './letter-case.js';
import { maskedText } from './masked-text.js';
import { offOrAbsent } from './off-or-absent.js';
import { unresolvedValue } from './unresolved-value.js';
import { accessString } from './access-string.js';
import { partOwner } from './part-owner.js';
import { platformTags } from './platform-tags.js';
import { rateExpression } from './rate-expression.js';
import { resourceIdentity } from './resource-identity.js';
import { roundedTime } from './rounded-time.js';
import { securityGroupRules } from './security-group-rules.js';
import { surroundingSpace } from './surrounding-space.js';
import { taskSize } from './task-size.js';
import { TERRAFORM_COMPARATORS } from './terraform.js';
import { latestVersion, versionPrecision } from './version-precision.js';
import { maintainedByService } from './maintained-by-service.js';
import { protoZero } from './proto-zero.js';
import { redacted } from './redacted.js';
import { scalarSpelling } from './scalar-spelling.js';

/**
 * Every comparator, in the order they are asked; the first ruling wins. One line each. Cheap and common ones first:
 * they only see values that already differ.
 */
export const COMPARATORS: readonly Comparator[] = [
  ...TERRAFORM_COMPARATORS,
  emptyOrAbsent,
  declaredDefault,
  redacted,
  maintainedByService,
  capacityBand,
  trafficShift,
  scalarSpelling,
  armSpelling,
  armReference,
  enabledWord,
  googleLink,
  googleAddress,
  googleShortName,
  standIn,
  objectName,
  googleScope,
  googleQuantity,
  base64Text,
  protoZero,
  codeExpression,
  absentFromInventory,
  unresolvedValue,
  unsetInState,
  offOrAbsent,
  letterCase,
  constantSpelling,
  accessString,
  partOwner,
  platformTags,
  resourceIdentity,
  securityGroupRules,
  implicitRoute,
  iamPolicy,
  originIdentity,
  vendedPolicy,
  inlinePolicyOwner,
  attachedElsewhere,
  jsonDocument,
  arnName,
  kmsAlias,
  ipProtocol,
  maskedText,
  versionPrecision,
  latestVersion,
  rateExpression,
  isoDuration,
  googleDuration,
  taskSize,
  booleanToken,
  cidrSpelling,
  mysqlCharset,
  netmask,
  portRange,
  dnsName,
  headerNames,
  keyMaterial,
  digestOfCode,
  roundedTime,
  surroundingSpace,
  propertiesText,
  idList,
  guessedName,
  emptyInState,
];
