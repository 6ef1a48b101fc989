import { registerDecorator } from 'class-validator';

const MAX_FIELDS = 20;
const MAX_VALUE_LENGTH = 100_000;
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** A flat object of texts, such as `{ accessKeyId, secretAccessKey }`. The message never repeats a value. */
export function IsCredentials(): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isCredentials',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: isCredentials,
        defaultMessage: () =>
          `credentials must be an object of at most ${MAX_FIELDS} texts, each named like a field and at most ${MAX_VALUE_LENGTH} characters long`,
      },
    });
  };
}

function isCredentials(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = Object.entries(value);
  return (
    fields.length <= MAX_FIELDS &&
    fields.every(
      ([name, text]) =>
        FIELD_NAME.test(name) && typeof text === 'string' && text.length <= MAX_VALUE_LENGTH,
    )
  );
}
