import type { JsonObject, JsonValue } from '../../command/json.js';
import { bigintAt, listAt, numberAt, objectAt, objectsOf, textAt } from '../../monitor/json-reading.js';
import { readAgentInterfaces } from './agent-interfaces.js';

type Values = Map<string, string | number | bigint | boolean>;
interface Group {
  readonly command: string;
  read(answer: JsonValue, values: Values): void;
}

/** What the agent can tell of a guest, by libvirt's group names. */
export const informationGroups: Readonly<Record<string, Group>> = {
  users: { command: 'guest-get-users', read: readUsers },
  os: { command: 'guest-get-osinfo', read: readOs },
  timezone: { command: 'guest-get-timezone', read: readTimezone },
  hostname: {
    command: 'guest-get-host-name',
    read: (answer, values) => void put(values, 'hostname', textAt(answer, 'host-name')),
  },
  filesystem: { command: 'guest-get-fsinfo', read: readFilesystems },
  disks: { command: 'guest-get-disks', read: readDisks },
  interfaces: { command: 'guest-network-get-interfaces', read: readInterfaces },
};

function put(values: Values, name: string, value: string | number | bigint | boolean | undefined): void {
  if (value !== undefined) values.set(name, value);
}

function readUsers(answer: JsonValue, values: Values): void {
  const users = objectsOf(answer);
  values.set('user.count', users.length);
  users.forEach((user, index) => {
    put(values, `user.${index}.name`, textAt(user, 'user'));
    put(values, `user.${index}.domain`, textAt(user, 'domain'));
    const seconds = numberAt(user, 'login-time');
    if (seconds !== undefined) values.set(`user.${index}.login-time`, BigInt(Math.round(seconds * 1000)));
  });
}

function readOs(answer: JsonValue, values: Values): void {
  const names = ['id', 'name', 'pretty-name', 'version', 'version-id', 'machine', 'variant', 'variant-id'];
  for (const name of names) put(values, `os.${name}`, textAt(answer, name));
  put(values, 'os.kernel-release', textAt(answer, 'kernel-release'));
  put(values, 'os.kernel-version', textAt(answer, 'kernel-version'));
}

function readTimezone(answer: JsonValue, values: Values): void {
  put(values, 'timezone.name', textAt(answer, 'zone'));
  put(values, 'timezone.offset', numberAt(answer, 'offset'));
}

function readFilesystems(answer: JsonValue, values: Values): void {
  const systems = objectsOf(answer);
  values.set('fs.count', systems.length);
  systems.forEach((system, index) => readFilesystem(system, `fs.${index}`, values));
}

function readFilesystem(system: JsonObject, prefix: string, values: Values): void {
  for (const name of ['mountpoint', 'name'] as const) put(values, `${prefix}.${name}`, textAt(system, name));
  put(values, `${prefix}.fstype`, textAt(system, 'type'));
  put(values, `${prefix}.total-bytes`, bigintAt(system, 'total-bytes'));
  put(values, `${prefix}.used-bytes`, bigintAt(system, 'used-bytes'));
  const disks = listAt(system, 'disk');
  values.set(`${prefix}.disk.count`, disks.length);
  disks.forEach((disk, index) => {
    put(values, `${prefix}.disk.${index}.serial`, textAt(disk, 'serial'));
    put(values, `${prefix}.disk.${index}.device`, textAt(disk, 'dev'));
  });
}

function readDisks(answer: JsonValue, values: Values): void {
  const disks = objectsOf(answer);
  values.set('disk.count', disks.length);
  disks.forEach((disk, index) => {
    put(values, `disk.${index}.name`, textAt(disk, 'name'));
    values.set(`disk.${index}.partition`, disk['partition'] === true);
    put(values, `disk.${index}.guest_alias`, textAt(disk, 'alias'));
    put(values, `disk.${index}.serial`, textAt(objectAt(disk, 'address'), 'serial'));
    put(values, `disk.${index}.device`, textAt(objectAt(disk, 'address'), 'dev'));
  });
}

function readInterfaces(answer: JsonValue, values: Values): void {
  const interfaces = readAgentInterfaces(answer);
  values.set('if.count', interfaces.length);
  interfaces.forEach(({ name, mac, addresses }, index) => {
    values.set(`if.${index}.name`, name);
    put(values, `if.${index}.hwaddr`, mac);
    values.set(`if.${index}.addr.count`, addresses.length);
    addresses.forEach(({ family, address, prefix }, at) => {
      values.set(`if.${index}.addr.${at}.type`, family);
      values.set(`if.${index}.addr.${at}.addr`, address);
      values.set(`if.${index}.addr.${at}.prefix`, prefix);
    });
  });
}
