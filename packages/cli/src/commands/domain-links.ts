import { targetFlags as bits } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, flag, text } from '../command.js';
import { attribute, childOf, devices, type XmlNode } from '../document.js';
import { bare, done } from '../output.js';
import { CommandError } from '../usage-error.js';

const interfaceOption = text('interface', 'interface device (MAC Address)', { required: true });
const isMac = (words: string): boolean => /^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(words);

/** The card of that device name or MAC. */
function cardOf(xml: string, words: string): XmlNode {
  const [element, name] = isMac(words) ? (['mac', 'address'] as const) : (['target', 'dev'] as const);
  const found = devices(xml, 'interface').filter(
    (card) => attribute(card, element, name) === (isMac(words) ? words.toLowerCase() : words),
  );
  const [first] = found;
  const what = `Interface (${isMac(words) ? 'mac' : 'dev'}: ${words})`;
  if (first === undefined) throw new CommandError(`${what} not found.`);
  if (found.length > 1) throw new CommandError(`multiple matching interfaces found for ${words}`);
  return first;
}

/** The card's element with that state of its link. */
function withLink(xml: string, card: XmlNode, state: string): string {
  const link = childOf(card, 'link');
  const text = xml.slice(card.start, card.end);
  if (link !== undefined)
    return `${text.slice(0, link.start - card.start)}<link state='${state}'/>${text.slice(link.end - card.start)}`;
  return text.replace(/\n?( *)<\/interface>$/, `\n$1  <link state='${state}'/>\n$1</interface>`);
}

/** Whether the cables of a guest's cards are plugged in. */
export const domainLinks: readonly Command[] = [
  {
    name: 'domif-getlink',
    group: 'Domain Monitoring',
    summary: 'get link state of a virtual interface',
    options: [domainOption, interfaceOption, flag('config', 'Get persistent interface state')],
    run: async (context, values) => {
      const { domain } = await chosenDomain(context, values);
      const words = values.text('interface');
      const state = attribute(cardOf(await domain.xml({ inactive: values.flag('config') }), words), 'link', 'state');
      return bare(`${words} ${state ?? 'up'}`, { interface: words, state: state ?? 'up' });
    },
  },
  {
    name: 'domif-setlink',
    group: 'Domain Management',
    summary: 'set link state of a virtual interface',
    options: [
      domainOption,
      interfaceOption,
      text('state', 'new state of the device', { required: true, words: ['up', 'down'] }),
      flag('config', 'affect next boot'),
      flag('print-xml', 'print XML document rather than set the interface link state'),
    ],
    run: async (context, values) => {
      const state = values.text('state');
      if (state !== 'up' && state !== 'down') throw new CommandError(`invalid link state '${state}'`);
      const { domain, dom, remote } = await chosenDomain(context, values);
      const config = values.flag('config') || domain.id === undefined;
      const xml = await domain.xml({ inactive: config });
      const changed = withLink(xml, cardOf(xml, values.text('interface')), state);
      if (values.flag('print-xml')) return bare(changed);
      const flags = config ? bits.config : bits.live;
      await attempt('Failed to update interface link state', () =>
        remote.domainUpdateDeviceFlags({ dom, xml: changed, flags }),
      );
      return done('Device updated successfully');
    },
  },
];
