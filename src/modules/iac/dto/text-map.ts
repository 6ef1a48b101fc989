import { registerDecorator } from 'class-validator';

const MAX_FIELDS = 1000;
const MAX_LENGTH = 4096;

/** A flat object of texts. */
export function IsTextMap(maxLength = MAX_LENGTH): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name: 'isTextMap',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) => isTextMap(value, maxLength),
        defaultMessage: () =>
          `$property must be an object of at most ${MAX_FIELDS} texts of at most ${maxLength} characters`,
      },
    });
  };
}

function isTextMap(value: unknown, maxLength: number): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const fields = Object.entries(value);
  return (
    fields.length <= MAX_FIELDS &&
    fields.every(
      ([name, text]) =>
        name.length <= MAX_LENGTH && typeof text === 'string' && text.length <= maxLength,
    )
  );
}
