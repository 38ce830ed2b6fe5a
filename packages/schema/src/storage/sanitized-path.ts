/** A path without repeated and trailing slashes. Two slashes at the start mean something and stay. */
export function sanitizedPath(path: string): string {
  const start = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : '';
  const parts = path.split('/').filter((part) => part !== '');
  return `${start}${parts.join('/')}`;
}
