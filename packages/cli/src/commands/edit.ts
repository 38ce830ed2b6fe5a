import { defineFlags, domainXmlFlags } from '@virtkit/protocol';
import { chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, flag } from '../command.js';
import { editDocument } from '../editing/edit-document.js';
import type { Output } from '../output.js';

/** What is said of an edited document. */
export const editedOutput = (what: string, edited: boolean): Output => ({
  text: `${what} XML configuration ${edited ? 'edited' : 'not changed'}.\n`,
  data: { edited },
});

/** The definition of a guest, by hand. */
export const editCommands: readonly Command[] = [
  {
    name: 'edit',
    group: 'Domain Management',
    summary: 'edit XML configuration for a domain',
    options: [domainOption, flag('skip-validate', 'skip validation of the XML against the schema')],
    run: async (context, values) => {
      const { domain, dom, remote } = await chosenDomain(context, values);
      const flags = domainXmlFlags.inactive | domainXmlFlags.secure;
      const edited = await editDocument(
        {
          read: async () => (await remote.domainGetXMLDesc({ dom, flags })).xml,
          write: (xml, { validate }) =>
            remote.domainDefineXMLFlags({ xml, flags: validate ? defineFlags.validate : 0 }),
        },
        { validate: !values.flag('skip-validate') },
      );
      return editedOutput(`Domain '${domain.name}'`, edited);
    },
  },
];
