import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { settleCommands } from './settle.js';

test('passwords, links and the balloon are set before the guest runs', () => {
  const definition = definitionOf(
    `<interface type='user'><link state='down'/><alias name='net0'/></interface>
     <graphics type='vnc' passwd='sesame' passwdValidTo='2030-01-01T00:00:00' connected='keep'/>
     <memballoon model='virtio'><stats period='10'/><alias name='balloon0'/></memballoon>`,
    { live: true },
  );
  definition.currentMemory = 32_768;
  expect(settleCommands(definition)).toEqual([
    { execute: 'set_password', arguments: { protocol: 'vnc', password: 'sesame', connected: 'keep' } },
    { execute: 'expire_password', arguments: { protocol: 'vnc', time: '1893456000' } },
    { execute: 'set_link', arguments: { name: 'net0', up: false } },
    {
      execute: 'qom-set',
      arguments: { path: '/machine/peripheral/balloon0', property: 'guest-stats-polling-interval', value: 10 },
    },
    { execute: 'balloon', arguments: { value: 33_554_432 } },
  ]);
});

test('a plain guest needs nothing', () => {
  expect(settleCommands(definitionOf(`<graphics type='vnc'/><memballoon model='none'/>`))).toEqual([]);
});
