const special = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F]/;
const specials = /[&<>"'\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for an attribute or an element as libvirt writes it; characters XML can't hold are left out. */
export function escapeText(text: string): string {
  return special.test(text) ? text.replace(specials, (char) => entities[char] ?? '') : text;
}
