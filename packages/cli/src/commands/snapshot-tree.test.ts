import { expect, test } from 'vitest';
import { treeText } from './snapshot-tree.js';

test('a chain is drawn as virsh draws it', () => {
  const chain = [
    { name: 's1', parent: undefined },
    { name: 's2', parent: 's1' },
    { name: 's3', parent: 's2' },
  ];
  expect(treeText(chain)).toBe('s1\n  |\n  +- s2\n      |\n      +- s3\n        \n');
});

test('branches have a line beside what is below them', () => {
  const fork = [
    { name: 'a', parent: 'gone' },
    { name: 'b', parent: 'a' },
    { name: 'c', parent: 'b' },
    { name: 'd', parent: 'a' },
  ];
  expect(treeText(fork)).toBe('a\n  |\n  +- b\n  |   |\n  |   +- c\n  |     \n  +- d\n    \n');
});
