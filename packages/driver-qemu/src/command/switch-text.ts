/** `on` or `off`; undefined stays undefined. */
export const onOff = (value: boolean | undefined): 'on' | 'off' | undefined =>
  value === undefined ? undefined : value ? 'on' : 'off';

/** A pair `key=on|off` where the document decides, else nothing. */
export const switchPair = (key: string, value: boolean | undefined): readonly [string, string] | undefined =>
  value === undefined ? undefined : [key, value ? 'on' : 'off'];
