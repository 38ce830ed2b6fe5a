import { expect, test } from 'vitest';
import { definitionOf, testFacts } from '../../test/definition-of.js';
import { legacyPairs } from './legacy-pairs.js';
import { parseDescriptor } from './descriptor.js';

const descriptor = parseDescriptor(
  JSON.stringify({
    description: 'UEFI',
    'interface-types': ['uefi'],
    mapping: {
      device: 'flash',
      executable: { filename: '/fw/code.fd', format: 'raw' },
      'nvram-template': { filename: '/fw/vars.fd', format: 'raw' },
    },
    targets: [{ architecture: 'x86_64', machines: ['pc-q35-*', 'pc-i440fx-*'] }],
    features: ['acpi-s3'],
    tags: [],
  }),
);
const facts = {
  ...testFacts(),
  firmware: {
    descriptors: descriptor === undefined ? [] : [descriptor],
    legacy: legacyPairs,
    nvramDirectory: '/nvram',
  },
};

/** How a guest with such an `<os>` keeps its variables. */
function variables(inner: string, features = '<acpi/>') {
  const text = `<domain type='qemu'><name>g</name><memory>65536</memory><os><type arch='x86_64' machine='q35'>hvm</type>${inner}</os><features>${features}</features></domain>`;
  const { os } = definitionOf(text, facts);
  const { template, templateFormat, format, source } = os.nvram ?? {};
  return { firmware: os.firmware, template, templateFormat, format, file: source && 'file' in source && source.file };
}
const loader = (path: string, more = ''): string => `<loader readonly='yes' type='pflash'${more}>${path}</loader>`;
const ovmf = loader('/usr/share/OVMF/OVMF_CODE.fd');

test('images of older hosts have a template without a descriptor', () => {
  const template = '/usr/share/OVMF/OVMF_VARS.fd';
  expect(variables(ovmf)).toMatchObject({ template, templateFormat: 'raw', format: 'raw', file: '/nvram/g_VARS.fd' });
  expect(variables(`${ovmf}<nvram template='/my/vars'/>`)).toMatchObject({
    template: '/my/vars',
    templateFormat: 'raw',
  });
  expect(variables(loader('/other/code.fd')).template).toBeUndefined();
});

test('variables are kept as the template is, else as the firmware is; a format is kept for a file of its own', () => {
  expect(variables(`${ovmf}<nvram templateFormat='qcow2' template='/v'/>`)).toMatchObject({
    format: 'qcow2',
    file: '/nvram/g_VARS.qcow2',
  });
  expect(variables(loader('/other/code.qcow2', " format='qcow2'")).format).toBe('qcow2');
  expect(variables(`${loader('/other/code.fd')}<nvram format='qcow2'/>`).format).toBe('raw');
  expect(variables(`${loader('/other/code.fd')}<nvram format='qcow2'>/my/n</nvram>`)).toMatchObject({
    format: 'qcow2',
    file: '/my/n',
  });
});

test('a firmware named by its path is found whatever format its variables are kept in', () => {
  const found = { firmware: 'efi', template: '/fw/vars.fd', templateFormat: 'raw' };
  expect(variables(`${loader('/fw/code.fd')}<nvram format='qcow2'>/my/n</nvram>`)).toMatchObject({
    ...found,
    format: 'qcow2',
  });
  expect(variables(`${loader('/fw/code.fd')}<nvram format='qcow2'/>`)).toMatchObject({ ...found, format: 'raw' });
});

test('a ROM has no variables, and signatures are checked only where SMM protects them', () => {
  expect(variables("<loader type='rom'>/rom</loader><nvram/>").format).toBeUndefined();
  const secure = loader('/other/code.fd', " secure='yes'");
  expect(() => variables(secure)).toThrow('Secure boot requires SMM feature enabled');
  expect(variables(secure, "<acpi/><smm state='on'/>").format).toBe('raw');
});
