import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import { isObject, read } from '../../values.js';

/**
 * Where an argument stands in ARM, as knowledge/data/azure/azurerm/<namespace>.json writes it:
 * - `properties.osProfile.adminUsername`: dotted, from the resource; lists are walked through;
 * - `a|b`: looked up in this order;
 * - `!properties.disableLocalAuth`: the opposite switch;
 * - `properties.networkAcls.ipRules[].value`: that field of every element;
 * - `sku.name~_1`: the second part of the text, split at `_`; `~,*`: all its parts;
 * - `properties.publicAccess{None=private}`: ARM says `None` where Terraform says `private`;
 * - `properties.agentPoolProfiles?`: the list also holds elements that resources of their own declare.
 */
export interface ArmPlace {
  readonly path: readonly string[];
  readonly negated: boolean;
  readonly each: string | null;
  /** `index` null: every part. */
  readonly part: { readonly separator: string; readonly index: number | null } | null;
  readonly alias: { readonly arm: string; readonly terraform: string } | null;
  readonly shared: boolean;
}

const PLACE = /^(!?)([^[~?{]+)(?:\[\]\.([\w.]+))?(?:~(.)(\d|\*))?(?:\{(\w+)=(\w+)\})?(\??)$/;

function placeOf(text: string): ArmPlace | undefined {
  const found = PLACE.exec(text);
  if (!found) return undefined;
  const [, negated, path = '', each, separator, index, arm, terraform, shared] = found;
  return {
    path: path.split('.'),
    negated: negated === '!',
    each: each ?? null,
    part:
      separator === undefined ? null : { separator, index: index === '*' ? null : Number(index) },
    alias: arm !== undefined && terraform !== undefined ? { arm, terraform } : null,
    shared: shared === '?',
  };
}

/** What is written down about one azurerm resource, and what the provider's own schema says of its arguments. */
export class AzurermCatalogue {
  private constructor(
    private readonly overlay: JsonObject,
    private readonly sets: ReadonlySet<string>,
    private readonly maps: ReadonlySet<string>,
    private readonly computed: ReadonlySet<string>,
  ) {}

  static open(knowledge: Knowledge, type: string, armType: string): AzurermCatalogue {
    const service = armType.toLowerCase().split('/')[0]?.replace('microsoft.', '') ?? '';
    const overlay = knowledge.load(`azure/azurerm/${service}`)?.[type];
    const shape = knowledge.load(`azure/shapes/${type.split('_')[1] ?? ''}`)?.[type];
    const list = (name: string): ReadonlySet<string> => {
      const paths = isObject(shape) ? read(shape, name) : undefined;
      return new Set(typeof paths === 'string' ? paths.split(' ') : []);
    };
    return new AzurermCatalogue(
      isObject(overlay) ? overlay : {},
      list('sets'),
      list('maps'),
      list('computed'),
    );
  }

  /** Undefined: nothing is written; `null`: it is known to exist in Terraform only. */
  places(path: string): readonly ArmPlace[] | null | undefined {
    const entry = read(this.overlay, path);
    if (entry === false) return null;
    if (typeof entry !== 'string') return undefined;
    return entry.split('|').flatMap((text) => placeOf(text) ?? []);
  }

  isSet(path: string): boolean {
    return this.sets.has(path);
  }

  /** Its keys are the user's own. */
  isMap(path: string): boolean {
    return this.maps.has(path);
  }

  /** Only Azure fills it in; no code can set it. */
  isComputed(path: string): boolean {
    return this.computed.has(path);
  }
}
