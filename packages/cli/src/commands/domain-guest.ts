import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { consoleFlags, domainXmlFlags, monitorCommandFlags, remote as program } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, domainOption, flag, number, text } from '../command.js';
import { attachConsole } from '../console/attach.js';
import { attribute, attributeOf, devices } from '../document.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { exclusive } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { nothing, plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';

const management = 'Domain Management';
const host = 'Host and Hypervisor';

const suffixes: Readonly<Record<string, string>> = {
  'image/png': '.png',
  'image/x-portable-pixmap': '.ppm',
  'image/bmp': '.bmp',
};

const two = (value: number): string => String(value).padStart(2, '0');
const stamp = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}-${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** Linux key codes a person types by name. @libvirt virKeycodeValueTranslate */
const keyNames = [
  'RESERVED',
  'ESC',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '0',
  'MINUS',
  'EQUAL',
  'BACKSPACE',
  'TAB',
  'Q',
  'W',
  'E',
  'R',
  'T',
  'Y',
  'U',
  'I',
  'O',
  'P',
  'LEFTBRACE',
  'RIGHTBRACE',
  'ENTER',
  'LEFTCTRL',
  'A',
  'S',
  'D',
  'F',
  'G',
  'H',
  'J',
  'K',
  'L',
  'SEMICOLON',
  'APOSTROPHE',
  'GRAVE',
  'LEFTSHIFT',
  'BACKSLASH',
  'Z',
  'X',
  'C',
  'V',
  'B',
  'N',
  'M',
  'COMMA',
  'DOT',
  'SLASH',
  'RIGHTSHIFT',
  'KPASTERISK',
  'LEFTALT',
  'SPACE',
  'CAPSLOCK',
  'F1',
  'F2',
  'F3',
  'F4',
  'F5',
  'F6',
  'F7',
  'F8',
  'F9',
  'F10',
  'NUMLOCK',
  'SCROLLLOCK',
];
const laterKeys: Readonly<Record<string, number>> = {
  F11: 87,
  F12: 88,
  RIGHTCTRL: 97,
  SYSRQ: 99,
  RIGHTALT: 100,
  HOME: 102,
  UP: 103,
  PAGEUP: 104,
  LEFT: 105,
  RIGHT: 106,
  END: 107,
  DOWN: 108,
  PAGEDOWN: 109,
  INSERT: 110,
  DELETE: 111,
  POWER: 116,
  PAUSE: 119,
  LEFTMETA: 125,
  RIGHTMETA: 126,
};

const codesets = ['linux', 'xt', 'atset1', 'atset2', 'atset3', 'os_x', 'xt_kbd', 'usb', 'win32', 'qnum'];

function keyCode(word: string): number {
  if (/^(0x[0-9a-f]+|\d+)$/i.test(word)) return Number(word);
  const name = word.toUpperCase().replace(/^KEY_/, '');
  const code = keyNames.indexOf(name);
  const found = code >= 0 ? code : laterKeys[name];
  if (found === undefined) throw new UsageError(`invalid keycode: '${word}'`);
  return found;
}

const dumping = flagSet(domainXmlFlags, [
  ['inactive', 'inactive', 'show inactive defined XML'],
  ['security-info', 'secure', 'include security sensitive information in XML dump'],
  ['update-cpu', 'updateCpu', 'update guest CPU according to host CPU'],
  ['migratable', 'migratable', 'provide XML suitable for migrations'],
]);
const attaching = flagSet(consoleFlags, [
  ['force', 'force', 'force console connection (disconnect already connected sessions)'],
  ['safe', 'safe', 'only connect if safe console handling is supported'],
]);
const asking = flagSet(monitorCommandFlags, [['hmp', 'hmp', 'command is in human monitor protocol']]);

/** What stands behind `return` in an answer. */
function returned(answer: string): string {
  const value = (JSON.parse(answer) as { readonly return?: unknown }).return; // an answer of QEMU is an object
  if (value === undefined) throw new CommandError("'return' member missing");
  return typeof value === 'string' ? value : JSON.stringify(value);
}
const pretty = (json: string): string => `${JSON.stringify(JSON.parse(json), null, 2)}\n`;

export const domainGuest: readonly Command[] = [
  {
    name: 'dumpxml',
    group: management,
    summary: 'domain information in XML',
    options: [domainOption, ...dumping.options, ...documentOptions],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { xml } = await remote.domainGetXMLDesc({ dom: domain.handle, flags: dumping.bits(values) });
      return documentOutput(xml, values);
    },
  },
  {
    name: 'console',
    group: management,
    summary: 'connect to the guest console',
    options: [
      domainOption,
      text('devname', 'character device name'),
      ...attaching.options,
      flag('resume', 'resume a paused guest after connecting to console'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { stream } = await (await context.connection()).openStream(program, 'domainOpenConsole', {
        dom: domain.handle,
        devName: values.optional('devname'),
        flags: attaching.bits(values),
      });
      if (values.flag('resume')) await domain.resume();
      await attachConsole(stream, domain.name);
      return nothing;
    },
  },
  {
    name: 'ttyconsole',
    group: management,
    summary: 'tty console',
    options: [domainOption],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const first = devices(await domain.xml(), 'console')[0];
      const tty = first === undefined ? undefined : (attributeOf(first, 'tty') ?? attribute(first, 'source', 'path'));
      if (tty === undefined) throw new CommandError(`domain '${domain.name}' has no terminal for a console`);
      return plain(`${tty}\n`, tty);
    },
  },
  {
    name: 'screenshot',
    group: management,
    summary: 'take a screenshot of a current domain console and store it into a file',
    options: [
      domainOption,
      text('file', 'where to store the screenshot', { completes: 'file' }),
      number('screen', 'ID of a screen to take screenshot of'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const connection = await context.connection();
      const { reply, stream } = await connection.openStream(program, 'domainScreenshot', {
        dom: domain.handle,
        screen: values.number('screen') ?? 0,
        flags: 0,
      });
      const file = values.optional('file') ?? `${domain.name}-${stamp(new Date())}${suffixes[reply.mime ?? ''] ?? ''}`;
      await attempt(`could not receive data from domain '${domain.name}'`, () =>
        pipeline(stream, createWriteStream(file)),
      );
      await stream.finish();
      return {
        text: `Screenshot saved to ${file}, with type of ${reply.mime ?? 'unknown'}`,
        data: { file, type: reply.mime },
      };
    },
  },
  {
    name: 'send-key',
    group: management,
    summary: 'Send keycodes to the guest',
    options: [
      domainOption,
      text('codeset', 'the codeset of keycodes, default:linux', { named: true, words: codesets }),
      number('holdtime', 'the time (in milliseconds) how long the keys will be held', { named: true }),
      text('keycode', 'the key code', { required: true, rest: true }),
    ],
    run: async (context, values) => {
      const words = [...values.list('keycode')];
      const named =
        values.has('codeset') && !codesets.includes(values.text('codeset'))
          ? [values.text('codeset'), ...words]
          : words;
      const codeset = codesets.indexOf(values.optional('codeset') ?? 'linux');
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      await remote.domainSendKey({
        dom: domain.handle,
        codeset: Math.max(codeset, 0),
        holdtime: values.number('holdtime') ?? 0,
        keycodes: named.map(keyCode),
        flags: 0,
      });
      return nothing;
    },
  },
  {
    name: 'qemu-monitor-command',
    group: host,
    summary: 'QEMU Monitor Command',
    options: [
      domainOption,
      ...asking.options,
      flag('pretty', 'pretty-print any qemu monitor protocol output'),
      flag('return-value', "extract the value of the 'return' key from the returned string"),
      text('cmd', 'command', { required: true, rest: true }),
    ],
    run: async (context, values) => {
      exclusive(values, 'hmp', 'pretty');
      exclusive(values, 'hmp', 'return-value');
      const { handle } = await context.domain(values.text('domain'));
      const { qemu } = await context.connection();
      const { result } = await qemu.domainMonitorCommand({
        dom: handle,
        cmd: values.list('cmd').join(' '),
        flags: asking.bits(values),
      });
      const words = values.flag('return-value') ? returned(result) : result;
      return plain(values.flag('pretty') && /^[[{]/.test(words) ? pretty(words) : `${words}\n`);
    },
  },
  {
    name: 'qemu-agent-command',
    group: host,
    summary: 'QEMU Guest Agent Command',
    options: [
      domainOption,
      number('timeout', 'timeout seconds. must be positive.', { named: true }),
      flag('async', 'execute command without waiting for timeout'),
      flag('block', 'execute command without timeout'),
      flag('pretty', 'pretty-print the output'),
      text('cmd', 'command', { required: true, rest: true }),
    ],
    run: async (context, values) => {
      const { handle } = await context.domain(values.text('domain'));
      const { qemu } = await context.connection();
      const timeout = values.flag('async') ? 0 : values.flag('block') ? -2 : (values.number('timeout') ?? -2);
      const { result } = await qemu.domainAgentCommand({
        dom: handle,
        cmd: values.list('cmd').join(' '),
        timeout,
        flags: 0,
      });
      return plain(values.flag('pretty') ? pretty(result ?? 'null') : `${result ?? ''}\n`);
    },
  },
  {
    name: 'domxml-to-native',
    group: management,
    summary: 'Convert domain XML to native config',
    options: [
      text('format', 'target config data type format', { required: true }),
      text('xml', 'xml data file to export from', { completes: 'file' }),
      text('domain', 'domain name, id or uuid', { completes: 'domain' }),
    ],
    run: async (context, values) => {
      const file = values.optional('xml');
      const domain = values.optional('domain');
      exclusive(values, 'domain', 'xml');
      if (file === undefined && domain === undefined) throw new UsageError('need either domain or domain XML');
      const domainXml =
        file === undefined
          ? await (await context.domain(domain ?? '')).xml({ secure: true })
          : await readDocument(file);
      const { remote } = await context.connection();
      return plain(
        (await remote.connectDomainXMLToNative({ nativeFormat: values.text('format'), domainXml, flags: 0 }))
          .nativeConfig,
      );
    },
  },
];
