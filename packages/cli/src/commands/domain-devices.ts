import { deviceFlags } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { diskOptions, diskXml } from '../device-xml/disk.js';
import { interfaceOptions, interfaceXml } from '../device-xml/interface.js';
import { attribute, attributeOf, childOf, devices, markup, type XmlNode } from '../document.js';
import { flagSet } from '../flag-set.js';
import { done, type Output, plain } from '../output.js';
import { persistentFlags, persistentOption, targetOptions } from '../target.js';
import { CommandError, UsageError } from '../usage-error.js';

const group = 'Domain Management';
const targets = [persistentOption, ...targetOptions];

const forcing = flagSet(deviceFlags, [['force', 'force', 'force device update']]);

type Change = 'attach' | 'detach' | 'update';

async function change(context: Context, values: Values, kind: Change, xml: string): Promise<void> {
  const domain = await context.domain(values.text('domain'));
  const { remote } = await context.connection();
  const flags = persistentFlags(values, domain.id !== undefined) | forcing.bits(values);
  const args = { dom: domain.handle, xml, flags };
  if (kind === 'attach') await remote.domainAttachDeviceFlags(args);
  else if (kind === 'detach') await remote.domainDetachDeviceFlags(args);
  else await remote.domainUpdateDeviceFlags(args);
}

const fromFile = (kind: Change, summary: string, participle: string, extra: readonly OptionRow[] = []): Command => ({
  name: `${kind}-device`,
  group,
  summary,
  options: [domainOption, text('file', 'XML file', { required: true, completes: 'file' }), ...targets, ...extra],
  run: async (context, values) => {
    const file = values.text('file');
    const xml = await readDocument(file);
    await attempt(`Failed to ${kind} device from ${file}`, () => change(context, values, kind, xml));
    return done(`Device ${participle} successfully`);
  },
});

/** The element as the daemon wrote it. */
function elementText(xml: string, node: XmlNode): string {
  return xml.slice(node.start, node.end);
}

/** The document a detach works on: the configuration with `--config` alone, else the live one. */
async function documentFor(context: Context, values: Values): Promise<string> {
  const domain = await context.domain(values.text('domain'));
  return domain.xml({ inactive: values.flag('config') && !values.flag('live') });
}

function findDisk(xml: string, words: string): XmlNode {
  const found = devices(xml, 'disk').find((disk) => {
    const source = childOf(disk, 'source');
    const places = source === undefined ? [] : ['file', 'dev', 'dir', 'name'].map((name) => attributeOf(source, name));
    return attribute(disk, 'target', 'dev') === words || places.includes(words);
  });
  if (found === undefined) throw new CommandError(`No disk found whose source path or target is ${words}`);
  return found;
}

function findInterface(xml: string, type: string, mac: string | undefined): XmlNode {
  const cards = devices(xml, 'interface').filter((card) => attributeOf(card, 'type') === type);
  const found =
    mac === undefined
      ? cards
      : cards.filter((card) => attribute(card, 'mac', 'address')?.toLowerCase() === mac.toLowerCase());
  const [first] = found;
  if (first === undefined)
    throw new CommandError(
      mac === undefined ? `No interface found whose type is ${type}` : `No interface with MAC address ${mac} was found`,
    );
  if (found.length > 1)
    throw new CommandError(`Domain has ${found.length} interfaces. Please specify which one to detach using --mac`);
  return first;
}

/** The medium's element with another source, or none. */
function mediumXml(xml: string, words: string, values: Values): string {
  const disk = findDisk(xml, words);
  if (!['cdrom', 'floppy'].includes(attributeOf(disk, 'device') ?? 'disk'))
    throw new CommandError(`No disk found whose source path or target is ${words}`);
  const present = childOf(disk, 'source') !== undefined;
  const source = values.optional('source');
  if (values.flag('eject') && !present) throw new CommandError(`The disk device '${words}' doesn't have media`);
  if (values.flag('insert') && present) throw new CommandError(`The disk device '${words}' already has media`);
  const kept = disk.children
    .filter(({ name }) => !['source', 'backingStore', 'alias'].includes(name))
    .map((node) => elementText(xml, node));
  const type = values.flag('block') ? 'block' : (attributeOf(disk, 'type') ?? 'file');
  const added =
    source === undefined || values.flag('eject')
      ? []
      : [markup('source', type === 'block' ? { dev: source } : { file: source })];
  return markup('disk', { type, device: attributeOf(disk, 'device') }, [...added, ...kept]);
}

const printed = (xml: string): Output => plain(`${xml}\n`, { xml });

export const domainDevices: readonly Command[] = [
  fromFile('attach', 'attach device from an XML file', 'attached'),
  fromFile('detach', 'detach device from an XML file', 'detached'),
  fromFile('update', 'update device from an XML file', 'updated', forcing.options),
  {
    name: 'attach-disk',
    group,
    summary: 'attach disk device',
    options: [
      domainOption,
      ...diskOptions,
      flag('print-xml', 'print XML document rather than attach the disk'),
      ...targets,
    ],
    run: async (context, values) => {
      const xml = diskXml(values);
      if (values.flag('print-xml')) return printed(xml);
      await attempt('Failed to attach disk', () => change(context, values, 'attach', xml));
      return done('Disk attached successfully');
    },
  },
  {
    name: 'detach-disk',
    group,
    summary: 'detach disk device',
    options: [
      domainOption,
      text('target', 'target of disk device', { required: true }),
      flag('print-xml', 'print XML document rather than detach the disk'),
      ...targets,
    ],
    run: async (context, values) => {
      const xml = await documentFor(context, values);
      const element = elementText(xml, findDisk(xml, values.text('target')));
      if (values.flag('print-xml')) return printed(element);
      await attempt('Failed to detach disk', () => change(context, values, 'detach', element));
      return done('Disk detached successfully');
    },
  },
  {
    name: 'attach-interface',
    group,
    summary: 'attach network interface',
    options: [
      domainOption,
      ...interfaceOptions,
      flag('print-xml', 'print XML document rather than attach the interface'),
      ...targets,
    ],
    run: async (context, values) => {
      const xml = interfaceXml(values);
      if (values.flag('print-xml')) return printed(xml);
      await attempt('Failed to attach interface', () => change(context, values, 'attach', xml));
      return done('Interface attached successfully');
    },
  },
  {
    name: 'detach-interface',
    group,
    summary: 'detach network interface',
    options: [
      domainOption,
      text('type', 'network interface type', { required: true }),
      text('mac', 'MAC address'),
      flag('print-xml', 'print XML document rather than detach the interface'),
      ...targets,
    ],
    run: async (context, values) => {
      const xml = await documentFor(context, values);
      const element = elementText(xml, findInterface(xml, values.text('type'), values.optional('mac')));
      if (values.flag('print-xml')) return printed(element);
      await attempt('Failed to detach interface', () => change(context, values, 'detach', element));
      return done('Interface detached successfully');
    },
  },
  {
    name: 'change-media',
    group,
    summary: 'Change media of CD or floppy drive',
    options: [
      domainOption,
      text('path', 'Fully-qualified path or target of disk device', { required: true }),
      text('source', 'source of the media'),
      flag('eject', 'Eject the media'),
      flag('insert', 'Insert the media'),
      flag('update', 'Update the media'),
      flag('force', 'force media changing'),
      flag('print-xml', 'print XML document rather than change media'),
      flag('block', 'source media is a block device'),
      ...targetOptions,
    ],
    run: async (context, values) => {
      const path = values.text('path');
      if (!values.flag('eject') && !values.has('source'))
        throw new UsageError(`New disk media source was not specified`);
      const xml = mediumXml(await documentFor(context, values), path, values);
      if (values.flag('print-xml')) return printed(xml);
      const [verb, participle] = values.flag('eject')
        ? ['eject', 'ejected']
        : values.flag('insert')
          ? ['insert', 'inserted']
          : ['update', 'updated'];
      await attempt(`Failed to complete action ${verb} on media`, () => change(context, values, 'update', xml));
      return { text: `Successfully ${participle} media.`, data: { done: true } };
    },
  },
];
