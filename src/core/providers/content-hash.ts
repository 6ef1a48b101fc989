import xxhash from 'xxhash-wasm';

let loading: Promise<(text: string) => string> | undefined;

/** The function behind `ActualResource.contentHash`: xxhash64 of a text's UTF-8 bytes as hex digits. Compiled once per process. */
export function contentHasher(): Promise<(text: string) => string> {
  loading ??= xxhash().then(
    ({ h64ToString }) =>
      (text) =>
        h64ToString(text),
  );
  return loading;
}
