/** A value that JSON can carry. Numbers keep JavaScript precision; integers beyond 2^53 arrive as strings. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;

export interface JsonObject {
  [key: string]: JsonValue;
}
