import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { DECLARED_PROPERTY } from './request-validation.js';

/** Keywords of JSON Schema as OpenAPI 3.0 has them. */
type Keywords = Readonly<Record<string, string | number | boolean>>;

/** What each validator of class-validator demands, in JSON Schema. One that is not listed has no keyword of its own. */
const DEMANDS: Readonly<Record<string, (...values: unknown[]) => Keywords>> = {
  isInt: () => ({ type: 'integer' }),
  min: (least) => ({ minimum: Number(least) }),
  max: (most) => ({ maximum: Number(most) }),
  isNotEmpty: () => ({ minLength: 1 }),
  minLength: (least) => ({ minLength: Number(least) }),
  maxLength: (most) => ({ maxLength: Number(most) }),
  isLength: (least, most) => ({
    minLength: Number(least),
    ...(most === undefined ? {} : { maxLength: Number(most) }),
  }),
  matches: (expression, flags) => patternOf(expression, flags),
  isUuid: () => ({ format: 'uuid' }),
  isEmail: () => ({ format: 'email' }),
  isDate: () => ({ format: 'date-time' }),
  isFqdn: () => ({ format: 'hostname' }),
  isUrl: () => ({ format: 'uri' }),
  arrayMinSize: (least) => ({ minItems: Number(least) }),
  arrayMaxSize: (most) => ({ maxItems: Number(most) }),
  arrayUnique: () => ({ uniqueItems: true }),
};

/** What `@ApiProperty` may say in words of its own; every other keyword is what the validator says. */
const OWN_WORDS = new Set(['type', 'format', 'pattern']);

/**
 * Publishes what requests are validated against: every limit stated to class-validator becomes a keyword of the property's schema, so
 * that it is written once. To be called before the document is made.
 *
 * @throws Error when `@ApiProperty` states another limit than the validator
 */
export function publishValidation(): void {
  for (const [target, metadatas] of validatedClasses()) {
    const byProperty = Map.groupBy(metadatas, ({ propertyName }) => propertyName);
    for (const [property, rules] of byProperty) {
      const declared = declaredProperty(target.prototype, property);
      if (declared === undefined || rules.some(isConditional)) continue;
      const stated = merge(rules.map(demandOf));
      refuseContradiction(`${target.name}.${property}`, declared, stated);
      const missing = Object.entries(stated).filter(
        ([keyword]) => keyword === 'type' || declared[keyword] === undefined,
      );
      const complete = { ...declared, ...Object.fromEntries(missing) };
      Reflect.defineMetadata(DECLARED_PROPERTY, complete, target.prototype, property);
    }
  }
}

interface ValidatedClass {
  readonly name: string;
  readonly prototype: object;
}

/** class-validator answers for a class it is asked about; which classes there are, only its own map knows. */
function validatedClasses(): Iterable<[ValidatedClass, ValidationMetadata[]]> {
  const storage: object = getMetadataStorage();
  const classes: unknown = Reflect.get(storage, 'validationMetadatas');
  if (!(classes instanceof Map)) throw new Error('class-validator keeps its metadata elsewhere');
  return classes as Map<ValidatedClass, ValidationMetadata[]>;
}

function declaredProperty(
  prototype: object,
  property: string,
): Readonly<Record<string, unknown>> | undefined {
  return Reflect.getMetadata(DECLARED_PROPERTY, prototype, property) as
    Readonly<Record<string, unknown>> | undefined;
}

/** `@ValidateIf`: what holds only sometimes cannot be said of the property alone. */
function isConditional({ type, name }: ValidationMetadata): boolean {
  return type === 'conditionalValidation' && name !== 'isOptional';
}

function demandOf({ name, constraints }: ValidationMetadata): Keywords {
  return DEMANDS[name ?? '']?.(...((constraints as unknown[] | undefined) ?? [])) ?? {};
}

/** The narrower of two limits: a text that is not empty and has eight characters has eight. */
function merge(demands: readonly Keywords[]): Keywords {
  const merged: Record<string, string | number | boolean> = {};
  for (const [keyword, value] of demands.flatMap((one) => Object.entries(one))) {
    const known = merged[keyword];
    const isNarrower =
      typeof known !== 'number' ||
      typeof value !== 'number' ||
      (keyword.startsWith('min') ? value > known : value < known);
    if (isNarrower) merged[keyword] = value;
  }
  return merged;
}

function refuseContradiction(
  place: string,
  declared: Readonly<Record<string, unknown>>,
  stated: Keywords,
): void {
  for (const [keyword, value] of Object.entries(stated)) {
    const said = declared[keyword];
    if (OWN_WORDS.has(keyword) || said === undefined || said === value) continue;
    throw new Error(
      `${place}: @ApiProperty says ${keyword} ${JSON.stringify(said)}, validated is ${value}`,
    );
  }
}

/** Readers of the schema do not agree on what `\w` and `\d` are; in JavaScript they are ASCII. Flags cannot be said. */
function patternOf(expression: unknown, flags: unknown): Keywords {
  if (!(expression instanceof RegExp) || expression.flags !== '' || flags !== undefined) return {};
  let isInClass = false;
  const pattern = expression.source.replaceAll(/\\.|[[\]]/g, (token) => {
    if (token === '[' || token === ']') isInClass = token === '[';
    const plain = { '\\w': 'A-Za-z0-9_', '\\d': '0-9', '\\/': '/' }[token];
    if (plain === undefined) return token;
    return isInClass || token === '\\/' ? plain : `[${plain}]`;
  });
  return { pattern };
}
