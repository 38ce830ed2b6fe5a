import type { ElementType } from '@virtkit/xml';

/** The element is written with an end tag of its own even when it holds nothing. */
export const withEndTag = <T>(type: ElementType<T>): ElementType<T> => ({
  ...type,
  write(value, indent, context) {
    const lines = type.write(value, indent, context);
    const start = lines.trimEnd();
    return start.includes('\n') ? lines : `${start.replace(/\/>$/, '>')}\n${indent}</${String(type.tag)}>\n`;
  },
});
