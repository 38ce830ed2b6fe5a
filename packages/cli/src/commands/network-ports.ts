import type { NetworkHandle } from '@virtkit/client';
import { defineFlags } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, flag, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { exclusive } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { isUuid } from '../lookup.js';
import { done, plain, table } from '../output.js';
import { CommandError } from '../usage-error.js';
import type { ObjectVerbs } from './object-verbs.js';

const group = 'Networking';
const portOption = text('port', 'port UUID', { required: true });
const checking = flagSet(defineFlags, [['validate', 'validate', 'validate the XML against the schema']]);

/** Ports of networks: who is plugged in. */
export function networkPorts(verbs: ObjectVerbs<NetworkHandle>): readonly Command[] {
  const port = async (context: Context, values: Values) => {
    const network = await verbs.named(context, values);
    const { remote } = await context.connection();
    const uuid = values.text('port');
    return attempt(`failed to get network port '${uuid}'`, async () => {
      if (!isUuid(uuid)) throw new CommandError(`invalid UUID: ${uuid}`);
      return { remote, port: (await remote.networkPortLookupByUUID({ network, uuid: uuid.toLowerCase() })).port };
    });
  };
  return [
    {
      name: 'net-port-list',
      group,
      summary: 'list network ports',
      options: [verbs.option, flag('uuid', "list uuid's only"), flag('table', 'list table (default)')],
      run: async (context, values) => {
        exclusive(values, 'table', 'uuid');
        const network = await verbs.named(context, values);
        const { remote } = await context.connection();
        const { ports } = await remote.networkListAllPorts({ network, needResults: 1, flags: 0 });
        const uuids = ports.map(({ uuid }) => uuid).sort();
        if (values.flag('uuid')) return plain(uuids.map((uuid) => `${uuid}\n`).join(''), uuids);
        return table(
          ['UUID'],
          uuids.map((uuid) => [uuid]),
        );
      },
    },
    {
      name: 'net-port-dumpxml',
      group,
      summary: 'network port information in XML',
      options: [verbs.option, portOption, ...documentOptions],
      run: async (context, values) => {
        const found = await port(context, values);
        const { xml } = await found.remote.networkPortGetXMLDesc({ port: found.port, flags: 0 });
        return documentOutput(xml, values);
      },
    },
    {
      name: 'net-port-create',
      group,
      summary: 'create a network port from an XML file',
      options: [
        verbs.option,
        text('file', 'file containing an XML network port description', { required: true, completes: 'file' }),
        ...checking.options,
      ],
      run: async (context, values) => {
        const file = values.text('file');
        const xml = await readDocument(file);
        const network = await verbs.named(context, values);
        const { remote } = await context.connection();
        const created = await attempt(`Failed to create network port from ${file}`, () =>
          remote.networkPortCreateXML({ network, xml, flags: checking.bits(values) }),
        );
        const { uuid } = created.port;
        return done(`Network port ${uuid} created from ${file}`, { uuid });
      },
    },
    {
      name: 'net-port-delete',
      group,
      summary: 'delete the specified network port',
      options: [verbs.option, portOption],
      run: async (context, values) => {
        const found = await port(context, values);
        const { uuid } = found.port;
        await attempt(`Failed to delete network port ${uuid}`, () =>
          found.remote.networkPortDelete({ port: found.port, flags: 0 }),
        );
        return done(`Network port ${uuid} deleted`, { uuid });
      },
    },
  ];
}
