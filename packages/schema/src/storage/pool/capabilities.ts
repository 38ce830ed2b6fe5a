import { poolTraits, type PoolTypeTraits, poolTypeNames, type StoragePoolType } from './pool-types.js';

/** The `<storagepoolCapabilities>` document: every pool type, and whether it can be used here. */
export function formatPoolCapabilities(supported: (type: StoragePoolType) => boolean): string {
  const pools = poolTypeNames.map((type) => poolLines(type, supported(type)));
  return `<storagepoolCapabilities>\n${pools.join('')}</storagepoolCapabilities>\n`;
}

function poolLines(type: StoragePoolType, supported: boolean): string {
  const traits: PoolTypeTraits = poolTraits(type);
  const lines = [
    `  <pool type='${type}' supported='${supported ? 'yes' : 'no'}'>\n`,
    optionLines('poolOptions', 'sourceFormatType', traits.formats),
    optionLines('volOptions', 'targetFormatType', traits.volumeFormats),
    '  </pool>\n',
  ];
  return lines.join('');
}

function optionLines(tag: string, name: string, formats: PoolTypeTraits['formats']): string {
  if (formats === undefined) return '';
  const values = formats.known.map((value) => `        <value>${value}</value>\n`).join('');
  const enumeration = `      <enum name='${name}'>\n${values}      </enum>\n`;
  return `    <${tag}>\n      <defaultFormat type='${formats.default}'/>\n${enumeration}    </${tag}>\n`;
}
