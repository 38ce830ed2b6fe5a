import { type Command, domainOption, flag, text } from '../command.js';
import { plain } from '../output.js';

export const nativeCommands: readonly Command[] = [
  {
    name: 'qemu-monitor-command',
    group: 'Host and Hypervisor',
    summary: 'QEMU Monitor Command',
    options: [
      domainOption,
      flag('hmp', 'command is in human monitor protocol'),
      text('cmd', 'command', { required: true, rest: true }),
    ],
    run: async (context, values) => {
      const { handle } = await context.domain(values.text('domain'));
      const { qemu } = await context.connection();
      const { result } = await qemu.domainMonitorCommand({
        dom: handle,
        cmd: values.list('cmd').join(' '),
        flags: values.flag('hmp') ? 1 : 0,
      });
      return plain(result);
    },
  },
];
