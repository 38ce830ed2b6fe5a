const special = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F]/;
const specials = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text of an element as libvirt writes it; characters XML can't hold are left out. */
export function escapeText(text: string): string {
  return special.test(text) ? text.replace(specials, (char) => entities[char] ?? '') : text;
}

const blanks: Readonly<Record<string, string>> = { '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

const marked = /[&<>"'\u0000-\u001F]/;
const marks = /[&<>"'\u0000-\u001F]/g;

/** As `escapeText`, for an attribute: blanks that a reader would take for spaces stay what they are. */
export function escapeAttribute(text: string): string {
  return marked.test(text) ? text.replace(marks, (char) => entities[char] ?? blanks[char] ?? '') : text;
}
