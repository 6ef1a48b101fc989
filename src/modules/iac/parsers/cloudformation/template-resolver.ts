import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { appendPath } from '../../../../core/providers/index.js';
import { isObject, member, objectMember } from '../json/read-json.js';
import type { ParseOptions } from '../parse-options.js';
import { Conditions } from './conditions.js';
import { INTRINSIC_FUNCTIONS } from './intrinsic-functions.js';
import type { EvaluationScope, Known, Outcome, Reason, Unresolved } from './outcome.js';
import { invalid, known, NO_VALUE, unresolved } from './outcome.js';
import { parameterValue } from './parameters.js';
import { pseudoParameter } from './pseudo-parameters.js';

/** Properties with everything the template and the given facts say put in. */
export interface Resolution {
  /** Null stands where a value is unresolved; undefined when it comes to `AWS::NoValue`. */
  readonly value: JsonValue | undefined;
  readonly unresolved: readonly { readonly path: string; readonly reason: Reason }[];
  readonly sensitivePaths: readonly string[];
}

/** "Dynamic references": values CloudFormation fetches at deployment and no template holds. */
const DYNAMIC = /\{\{resolve:(ssm|ssm-secure|secretsmanager):[^}]*\}\}/;

class Sink {
  readonly unresolved: { path: string; reason: Reason }[] = [];
  readonly sensitivePaths: string[] = [];

  take(path: string, outcome: Known | Unresolved): JsonValue {
    if (outcome.sensitive) this.sensitivePaths.push(path);
    if (outcome.kind === 'value') return outcome.value;
    this.unresolved.push({ path, reason: outcome.reason });
    return null;
  }
}

/** Evaluates intrinsic functions against one template and what is known about its stack. */
export class TemplateResolver implements EvaluationScope {
  private readonly parameters: JsonObject;
  private readonly resources: JsonObject;
  private readonly mappings: JsonObject;
  private readonly conditions: Conditions;

  constructor(
    template: JsonObject,
    private readonly options: ParseOptions,
  ) {
    this.parameters = objectMember(template, 'Parameters') ?? {};
    this.resources = objectMember(template, 'Resources') ?? {};
    this.mappings = objectMember(template, 'Mappings') ?? {};
    const definitions = objectMember(template, 'Conditions') ?? {};
    this.conditions = new Conditions(definitions, () => this);
  }

  resolve(node: JsonValue): Resolution {
    const sink = new Sink();
    const value = this.walk(node, '', sink);
    return {
      value,
      unresolved: sink.unresolved,
      sensitivePaths: [...new Set(sink.sensitivePaths)],
    };
  }

  evaluate(node: JsonValue): Outcome {
    const { value, unresolved: missing, sensitivePaths } = this.resolve(node);
    const sensitive = sensitivePaths.length > 0;
    const [first] = missing;
    if (first !== undefined) return { kind: 'unresolved', reason: first.reason, sensitive };
    return value === undefined ? NO_VALUE : known(value, sensitive);
  }

  reference(name: string): Outcome {
    const pseudo = pseudoParameter(name, this.options);
    if (pseudo !== null) return pseudo;
    if (Object.hasOwn(this.parameters, name)) {
      return parameterValue(name, this.parameters, this.options.parameters ?? {});
    }
    if (!Object.hasOwn(this.resources, name)) return invalid(`Ref ${name}, which is not defined`);
    const { physicalIds = {} } = this.options;
    const physicalId = Object.hasOwn(physicalIds, name) ? physicalIds[name] : undefined;
    return physicalId !== undefined
      ? known(physicalId)
      : unresolved('UNRESOLVED_REFERENCE', `the physical id of ${name}`);
  }

  attribute(logicalId: string, attribute: string): Outcome {
    return Object.hasOwn(this.resources, logicalId)
      ? unresolved('UNRESOLVED_ATTRIBUTE', `Fn::GetAtt ${logicalId}.${attribute}`)
      : invalid(`Fn::GetAtt of ${logicalId}, which is not defined`);
  }

  condition(name: string): boolean | null {
    return this.conditions.holds(name);
  }

  mapping(map: string, first: string, second: string): JsonValue | undefined {
    return member(member(member(this.mappings, map), first), second);
  }

  private walk(node: JsonValue, path: string, sink: Sink): JsonValue | undefined {
    if (Array.isArray(node)) {
      const items: JsonValue[] = [];
      for (const item of node) {
        const value = this.walk(item, appendPath(path, items.length), sink);
        if (value !== undefined) items.push(value);
      }
      return items;
    }
    if (!isObject(node)) return this.finish(known(node), path, sink);
    const keys = Object.keys(node);
    const [name = ''] = keys;
    const call = keys.length === 1 ? INTRINSIC_FUNCTIONS.get(name) : undefined;
    if (call !== undefined) return this.walkCall(name, node[name] ?? null, path, sink);
    if (keys.length === 1 && name.startsWith('Fn::')) {
      return this.finish(unresolved('UNRESOLVED_FUNCTION', name), path, sink);
    }
    const object: JsonObject = {};
    for (const key of keys) {
      const value = this.walk(node[key] ?? null, appendPath(path, key), sink);
      if (value !== undefined) object[key] = value;
    }
    return object;
  }

  private walkCall(
    name: string,
    argument: JsonValue,
    path: string,
    sink: Sink,
  ): JsonValue | undefined {
    const branch = name === 'Fn::If' ? this.chosenBranch(argument) : undefined;
    // The branch is walked in place, so that one unknown leaf does not hide the rest of it.
    if (branch !== undefined) return this.walk(branch, path, sink);
    const call = INTRINSIC_FUNCTIONS.get(name);
    return this.finish(call?.(argument, this) ?? invalid(name), path, sink);
  }

  private chosenBranch(argument: JsonValue): JsonValue | undefined {
    if (!Array.isArray(argument) || typeof argument[0] !== 'string') return undefined;
    const holds = this.condition(argument[0]);
    return holds === null ? undefined : argument[holds ? 1 : 2];
  }

  private finish(outcome: Outcome, path: string, sink: Sink): JsonValue | undefined {
    if (outcome.kind === 'no-value') return undefined;
    if (outcome.kind === 'value' && typeof outcome.value === 'string') {
      const dynamic = DYNAMIC.exec(outcome.value);
      if (dynamic !== null) {
        const secret = dynamic[1] !== 'ssm' || outcome.sensitive;
        const what = `a dynamic reference to ${dynamic[1] ?? ''}`;
        return sink.take(path, unresolved('UNRESOLVED_DYNAMIC_REFERENCE', what, secret));
      }
    }
    return sink.take(path, outcome);
  }
}
