import { monitorEventFlags, qemu } from '@virtkit/protocol';
import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, flag, text } from '../command.js';
import { eventLoop, loopOptions } from '../events/loop.js';
import { flagSet } from '../flag-set.js';

const matching = flagSet(monitorEventFlags, [
  ['regex', 'regex', 'treat event as a regex rather than literal filter'],
  ['no-case', 'noCase', 'treat event case-insensitively'],
]);

const indented = (json: string): string => JSON.stringify(JSON.parse(json), null, 2);

/** What QEMU itself tells of a guest. */
export const monitorEvents: readonly Command[] = [
  {
    name: 'qemu-monitor-event',
    group: 'Host and Hypervisor',
    summary: 'QEMU Monitor Events',
    options: [
      { name: 'domain', kind: 'text', summary: `filter by ${domainOption.summary}`, completes: 'domain', named: true },
      text('event', 'filter by event name', { named: true }),
      flag('pretty', 'pretty-print any JSON output'),
      ...loopOptions,
      ...matching.options,
    ],
    run: async (context, values) => {
      const { rpc, qemu: client } = await context.connection();
      const dom = values.has('domain') ? (await chosenDomain(context, values)).dom : undefined;
      const shown = (details: string | null | undefined): string =>
        details === null || details === undefined ? '<null>' : values.flag('pretty') ? indented(details) : details;
      return eventLoop(context, values, async (see) => {
        const listening = rpc.onEvent(qemu, 'domainMonitorEvent', ({ dom: from, event, seconds, micros, details }) =>
          see({
            line: `event ${event} for domain '${from.name}': ${shown(details)}`,
            data: { event, domain: from.name, uuid: from.uuid, seconds, micros, details },
          }),
        );
        const { callbackID } = await client.connectDomainMonitorEventRegister({
          ...(dom && { dom }),
          event: values.optional('event'),
          flags: matching.bits(values),
        });
        return async () => {
          listening[Symbol.dispose]();
          await client.connectDomainMonitorEventDeregister({ callbackID }).catch(() => undefined); // ends with the connection
        };
      });
    },
  },
];
