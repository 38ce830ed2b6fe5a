import { expect, test } from 'vitest';
import { compactJson } from './compact-json.js';

test('space goes, also around big numbers; strings stay as they are', () => {
  expect(compactJson('{"return": {"a b": [1, 18446744073709551615], "q": "x \\" y"}, "id": "libvirt-1"}\r\n')).toBe(
    '{"return":{"a b":[1,18446744073709551615],"q":"x \\" y"},"id":"libvirt-1"}',
  );
});
