import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { isEmpty } from '../../values.js';
import { changed, strengthened, turned, weakened } from '../sense.js';
import { readAny, textsOf } from '../values.js';
import { isOutbound, refuses } from './allows.js';
import { exposure, portsAround, spell } from './ports.js';
import type { SecurityRule } from './rule.js';

/** Half of the address space or more, however it is cut. */
const WORLD_CIDR = /^(?:\d{1,3}(?:\.\d{1,3}){3}\/[0-3]|::\/[0-3]|0:0:0:0:0:0:0:0\/0)$/;
/** Words that stand for everybody (Azure: service tags; Cilium: entities). */
const WORLD_WORDS = new Set(['*', 'internet', 'any', '0.0.0.0', 'world']);
const SOURCE =
  /source_?address|source_?ip|cidr|ip_?range|allow|authorized|ip_?rules|whitelist|from_entities/;
const RANGES =
  /cidr_?(blocks|ip|list)|ipv?6?_?ranges|source_ranges|source_address_prefix(es)?|authorized_networks|authorized_ip|allowed_(ip|cidr)|public_access_cidrs|load_balancer_source_ranges|ip_rules|ip_white_?list|whitelist/;
const PORTS =
  /(^|_)(from_port|to_port|ports?|port_range|destination_port_ranges?|protocol|ip_protocol)$/;

function isWorld(text: string, path: string): boolean {
  if (WORLD_CIDR.test(text)) return true;
  return SOURCE.test(path) && !path.includes('destination') && WORLD_WORDS.has(text.toLowerCase());
}

const worldIn = (value: JsonValue | undefined, path: string): boolean =>
  textsOf(value).some((text) => isWorld(text, path));

/** Whether a rule object lets everybody in, by any of its source fields. */
function opensToWorld(around: readonly JsonObject[]): boolean {
  return around.slice(0, 2).some((object) =>
    Object.entries(object).some(([key, value]) => {
      const texts =
        Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null)
          ? value.flatMap((one) =>
              typeof one === 'object' && one !== null ? Object.values(one).flatMap(textsOf) : [],
            )
          : textsOf(value);
      return texts.some((text) => isWorld(text, key.toLowerCase()) && !/destination/i.test(key));
    }),
  );
}

/** A range that means everybody appears, disappears, or reaches other ports than before. */
export const worldOpen: SecurityRule = (turn) => {
  const { path, key, before, after, beforeIn, afterIn } = turn;
  if (/(^|\.)(route|routes|route_table|destination_cidr_block|destination)(\.|$)/.test(path))
    return undefined;
  const [was, is] = [worldIn(before, path), worldIn(after, path)];
  if (was !== is) {
    const ports = portsAround(is ? afterIn : beforeIn);
    if (refuses(turn)) {
      return turned(
        was,
        'medium',
        is ? 'Everybody is refused now.' : 'Not everybody is refused any more.',
      );
    }
    if (isOutbound(turn)) {
      return turned(
        is,
        'low',
        is ? 'Traffic may leave to everywhere.' : 'Traffic may no longer leave to everywhere.',
      );
    }
    const severity = exposure(ports);
    return is
      ? weakened(severity, `It is now open to everybody${spell(ports)}.`)
      : strengthened(severity, `It is no longer open to everybody${spell(ports)}.`);
  }
  if (
    PORTS.test(key) &&
    opensToWorld(afterIn) &&
    opensToWorld(beforeIn) &&
    !refuses(turn) &&
    !isOutbound(turn)
  ) {
    const ports = portsAround(afterIn);
    const [then, now] = [exposure(portsAround(beforeIn)), exposure(ports)];
    if (then === now) return changed(now, 'It is open to everybody, and its ports changed.');
    const worse = now === 'critical' || then === 'medium';
    return turned(worse, worse ? now : then, `It is open to everybody${spell(ports)}.`);
  }
  if (RANGES.test(path) && !isOutbound(turn)) {
    if (is) return undefined;
    if (
      isEmpty(after) &&
      /source_ranges|authorized|allowed|whitelist|ip_rules|public_access_cidrs/.test(path)
    )
      return weakened('high', 'The list of addresses that may reach it is gone.');
    return changed('low', 'The addresses that may reach it changed.');
  }
  return undefined;
};

/** Azure SQL and others write ranges as first and last address; 0.0.0.0 to 0.0.0.0 lets every Azure tenant in. */
export const addressRange: SecurityRule = ({ key, before, after, afterIn, beforeIn }) => {
  if (!/^(start|end)_ip(_address)?$/.test(key)) return undefined;
  const width = (around: readonly JsonObject[]): 'all' | 'azure' | 'some' | undefined => {
    const [first] = around;
    if (first === undefined) return undefined;
    const start = textsOf(readAny(first, ['start_ip', 'start_ip_address']))[0];
    const end = textsOf(readAny(first, ['end_ip', 'end_ip_address']))[0];
    if (start === '0.0.0.0') return end === '0.0.0.0' ? 'azure' : 'all';
    return start === undefined ? undefined : 'some';
  };
  if (before === after) return undefined;
  const [was, is] = [width(beforeIn), width(afterIn)];
  if (was === is) return changed('medium', 'The addresses that may reach it changed.');
  if (is === 'all') return weakened('critical', 'It is now open to everybody.');
  if (was === 'all') return strengthened('critical', 'It is no longer open to everybody.');
  return turned(
    is === 'azure',
    'medium',
    is === 'azure'
      ? 'Every tenant of Azure may reach it.'
      : 'Not every tenant of Azure may reach it.',
  );
};
