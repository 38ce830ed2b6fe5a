import { jsonText, type JsonObject } from './json.js';
import { joinKeyValues, positionalText } from './key-value.js';
import type { QemuOption } from './option.js';

/** What the emulator's command line understands. */
export interface RenderFeatures {
  /** `-device` takes JSON. */
  readonly deviceJson: boolean;
  /** `-netdev` takes JSON. */
  readonly netdevJson: boolean;
}

/** The words of a list of options. The only place that knows JSON, `key=value` and their escaping. */
export const render = (options: readonly QemuOption[], features: RenderFeatures): readonly string[] =>
  options.flatMap((option) => words(option, features));

function words(option: QemuOption, features: RenderFeatures): readonly string[] {
  switch (option.kind) {
    case 'flag':
      return [`-${option.name}`];
    case 'value':
      return [`-${option.name}`, option.value];
    case 'pairs':
      return [`-${option.name}`, joinKeyValues(option.pairs)];
    case 'json':
      return [`-${option.name}`, jsonText(option.properties)];
    case 'device':
      return ['-device', jsonOrPairs(option.properties, features.deviceJson)];
    case 'netdev':
      return ['-netdev', jsonOrPairs(option.properties, features.netdevJson)];
    case 'argument':
      return [option.value];
  }
}

const jsonOrPairs = (properties: JsonObject, json: boolean): string =>
  json ? jsonText(properties) : positionalText(properties);
