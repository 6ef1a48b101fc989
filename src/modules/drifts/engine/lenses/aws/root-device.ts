import type { ActualResource, JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import type { Estate } from '../../scan-facts.js';
import { isObject, read } from '../../values.js';
import { indexKeys } from './name-match.js';

const VOLUME = 'AWS::EC2::Volume';

const volumesOf = (estate: Estate): ReadonlyMap<string, ActualResource> =>
  new Map(estate.actualOfType(VOLUME).map((one) => [one.id, one]));

/** A field in whatever case this answer writes it. */
function held(object: JsonValue | undefined, name: string): JsonValue | undefined {
  const key = isObject(object) ? indexKeys(object).get(name) : undefined;
  return key !== undefined && isObject(object) ? read(object, key) : undefined;
}

/**
 * An instance with its root volume in it: the answer only names the volume, which is a resource of its own beside the instance
 * (EC2 API, InstanceBlockDeviceMapping). Unchanged where the volume was not read.
 */
export function withRootDevice({ actual, scan }: Pair, whole: JsonObject): JsonObject {
  if (actual.type !== 'AWS::EC2::Instance') return whole;
  const root = held(whole, 'rootdevicename');
  const mappings = held(whole, 'blockdevicemappings');
  const mapping = (Array.isArray(mappings) ? mappings : []).find(
    (one) => held(one, 'devicename') === root,
  );
  const disk = held(mapping, 'ebs');
  const id = held(disk, 'volumeid');
  const found = typeof id === 'string' ? scan.estate.derive(volumesOf).get(id) : undefined;
  if (!found) return whole;
  const deleted = held(disk, 'deleteontermination') ?? null;
  const device = { ...found.properties, deviceName: root ?? null, deleteOnTermination: deleted };
  return { ...whole, rootBlockDevice: device };
}
