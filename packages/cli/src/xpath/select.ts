import { CommandError } from '../usage-error.js';
import { parseXPath } from './parse.js';
import { type TreeNode, treeOf } from './tree.js';
import { isNodes } from './values.js';

const unescaped = (text: string): string => text.replaceAll('&apos;', "'");

/** As libxml2 writes it: double quotes, and no others taken out of the way. */
function rewritten(part: string): string {
  if (!part.startsWith('<')) return unescaped(part).replaceAll('&quot;', '"');
  return part.replace(/=\s*'([^']*)'/g, (_all, value: string) => `="${unescaped(value).replaceAll('"', '&quot;')}"`);
}

/** An element as the document has it, moved to the left edge. */
function elementText(xml: string, start: number, end: number): string {
  const edge = /[ \t]*$/.exec(xml.slice(0, start))?.[0] ?? '';
  const lines = xml.slice(start, end).replaceAll(`\n${edge}`, '\n');
  return (lines.match(/<[^>]*>|[^<]+/g) ?? []).map(rewritten).join('');
}

function written(xml: string, node: TreeNode): string {
  if (node.kind === 'attribute')
    return ` ${node.name}="${node.value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
  if (node.kind === 'text') return node.value.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const source = node.kind === 'root' ? node.children[0]?.source : node.source;
  return source === undefined ? '' : elementText(xml, source.start, source.end);
}

/**
 * What an XPath expression finds in a document, as text.
 * @throws UsageError for one that is not XPath
 * @throws CommandError for one that gives no nodes but a number or words
 */
export function selected(xml: string, expression: string): readonly string[] {
  const evaluate = parseXPath(expression);
  const root = treeOf(xml);
  const found = evaluate({ node: root, position: 1, size: 1 });
  if (!isNodes(found)) throw new CommandError(`Incorrect xpath '${expression}': it gives a ${typeof found}, no nodes`);
  return found.map((node) => written(xml, node));
}
