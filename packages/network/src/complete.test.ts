import { describe, expect, test } from 'vitest';
import { completeNetwork } from './complete.js';
import { networkOf } from './testing/documents.js';

const surroundings = { previous: undefined, others: [], devices: new Set<string>() };
const isolated = (inner = '') => networkOf(`<network><name>n</name>${inner}</network>`);

describe('completing a network', () => {
  test('the first bridge name is taken that neither a network nor the host has', () => {
    const other = isolated("<bridge name='virbr0'/>");
    const definition = isolated();
    completeNetwork(definition, { ...surroundings, others: [other], devices: new Set(['virbr1']) });
    expect(definition.bridge?.name).toBe('virbr2');
    expect(definition.mac).toMatch(/^52:54:00:/);
  });

  test('a pattern is filled in', () => {
    const definition = isolated("<bridge name='lab%d'/>");
    completeNetwork(definition, surroundings);
    expect(definition.bridge?.name).toBe('lab0');
  });

  test('bridge and hardware address stay when the network is defined again', () => {
    const previous = isolated("<bridge name='virbr5'/><mac address='52:54:00:aa:bb:cc'/>");
    const definition = isolated();
    completeNetwork(definition, { ...surroundings, previous, devices: new Set(['virbr5']) });
    expect(definition).toMatchObject({ mac: '52:54:00:aa:bb:cc', bridge: { name: 'virbr5' } });
  });

  test('a bridge of another network is refused', () => {
    const other = isolated("<bridge name='br'/>");
    expect(() => completeNetwork(isolated("<bridge name='br'/>"), { ...surroundings, others: [other] })).toThrow(
      "bridge name 'br' already in use.",
    );
  });

  test('a network on the host’s own bridge is given none', () => {
    const definition = isolated("<forward mode='bridge'/><bridge name='br0'/>");
    completeNetwork(definition, surroundings);
    expect(definition.mac).toBeUndefined();
  });
});
