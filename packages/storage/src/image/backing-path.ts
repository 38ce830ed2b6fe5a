/** The local path a backing string names, relative or absolute; undefined when it names something on a network. */
export function localBackingPath(text: string): string | undefined {
  if (text.startsWith('json:')) return jsonPath(text.slice('json:'.length));
  const path = text.startsWith('file:') ? text.slice('file:'.length) : text;
  return isPath(path) ? path : undefined;
}

/** A colon before the first slash makes it a protocol. */
function isPath(text: string): boolean {
  const colon = text.indexOf(':');
  const slash = text.indexOf('/');
  return colon < 0 || (slash >= 0 && slash < colon);
}

const localDrivers: readonly unknown[] = ['file', 'host_device', 'host_cdrom'];
const deepest = 8;

/** The file below a `json:` description, however deep formats are put around it. */
function jsonPath(text: string): string | undefined {
  let node = parsed(text);
  for (let depth = 0; depth < deepest && node !== undefined; depth += 1) {
    const name = node['filename'];
    if (localDrivers.includes(node['driver']) && typeof name === 'string') return name;
    const dotted = node['file.filename'];
    if (localDrivers.includes(node['file.driver']) && typeof dotted === 'string') return dotted;
    const below = node['file'];
    if (typeof below === 'string') return below;
    node = isRecord(below) ? below : undefined;
  }
  return undefined;
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
