import { expect, test } from 'vitest';
import { QmpSchema } from './schema-path.js';

const schema = new QmpSchema([
  { name: 'do', 'meta-type': 'command', 'arg-type': '1', 'ret-type': '[2]', features: ['soon'] },
  {
    name: '1',
    'meta-type': 'object',
    members: [{ name: 'kind', type: '3' }],
    tag: 'kind',
    variants: [{ case: 'big', type: '2' }],
  },
  { name: '[2]', 'meta-type': 'array', 'element-type': '2' },
  { name: '2', 'meta-type': 'object', members: [{ name: 'size', type: 'int' }] },
  { name: 'int', 'meta-type': 'builtin' },
  { name: '3', 'meta-type': 'enum', values: ['big', 'small'] },
  { name: 'HAPPENED', 'meta-type': 'event', 'arg-type': '2' },
]);

test.each([
  'do',
  'do/$soon',
  'do/arg-type/kind',
  'do/arg-type/kind/^small',
  'do/arg-type/+big/size',
  'do/ret-type/size',
  'HAPPENED/arg-type/size',
])('finds %s', (path) => {
  expect(schema.has(path)).toBe(true);
});

test.each([
  'not',
  'do/$later',
  'do/arg-type/other',
  'do/arg-type/kind/^tiny',
  'do/arg-type/+small',
  'do/arg-type/kind/^big/size',
])('does not find %s', (path) => {
  expect(schema.has(path)).toBe(false);
});

test('only commands are commands', () => {
  expect(schema.hasCommand('do')).toBe(true);
  expect(schema.hasCommand('HAPPENED')).toBe(false);
});
