/** A document the common phases accept, with its own name and uuid. */
export const domainXml = (name: string, number = 1): string => `
<domain type='test'>
  <name>${name}</name>
  <uuid>${uuidOf(number)}</uuid>
  <memory>1024</memory>
  <os><type arch='x86_64'>hvm</type></os>
</domain>`;

export const uuidOf = (number: number): string => `dd3a4c9d-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
