/** Text of old `.vmx` files. Bytes that stand for nothing there become what Unicode has at their place. */
export const fromWindows1252 = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes);
