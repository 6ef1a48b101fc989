const AGO = /^-P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** ISO 8601 of an instant, or of a duration before now (`-PT2H`, `-P3DT4H`): logs keep their entries for days only. */
export function instant(text: string, now = Date.now()): string {
  const ago = AGO.exec(text);
  if (ago === null) return text;
  const [days = 0, hours = 0, minutes = 0] = ago.slice(1).map((part) => Number(part || 0));
  const time = now - ((days * 24 + hours) * 60 + minutes) * 60_000;
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
