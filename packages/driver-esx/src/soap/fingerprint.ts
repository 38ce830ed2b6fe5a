/** A SHA-256 fingerprint as 64 digits. */
export const normalized = (fingerprint: string): string =>
  fingerprint
    .replace(/^sha256:/i, '')
    .replaceAll(':', '')
    .toLowerCase();
