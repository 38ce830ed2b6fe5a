const pattern = /^(-?)(\d{4,})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?$/;

/** An `xs:dateTime` as seconds since the epoch; times before it count as 0. Undefined for text that is none. */
export function secondsOf(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  if (match[1] === '-') return 0;
  const [, , year, month, day, hour, minute, second, zone = 'Z'] = match;
  const utc = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return Math.max(0, utc / 1000 - offsetOf(zone));
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60;
}
