import type { Section } from './context.js';
import { option } from './option.js';
import { jsonText } from './json.js';
import { qemuNamespace } from './document-overrides.js';

/** How QEMU answers the use of deprecated interfaces. */
const behaviors: Readonly<Record<string, { readonly input?: string; readonly output?: string }>> = {
  omit: { output: 'hide' },
  reject: { output: 'hide', input: 'reject' },
  crash: { output: 'hide', input: 'crash' },
};

export const deprecationSection: Section = ({ domain, config }) => {
  const behavior = behaviors[qemuNamespace(domain).deprecation?.behavior ?? config.deprecationBehavior];
  if (!behavior) return [];
  return [option('compat', jsonText({ 'deprecated-output': behavior.output, 'deprecated-input': behavior.input }))];
};
