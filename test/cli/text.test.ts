// Text of other people on a terminal.
import { describe, expect, it } from 'vitest';
import { fit, harmless, jsonLine, widthOf } from '../../src/cli/text.ts';

describe('harmless text', () => {
  it.each([
    ['an escape sequence', '\u001B[31mred\u001B[0m', '\uFFFD[31mred\uFFFD[0m'],
    ['controls of one byte', 'a\u009Bb\u0007c\u007F', 'a\uFFFDb\uFFFDc\uFFFD'],
    ['a right-to-left override', 'a\u202Etxt.exe', 'a\uFFFDtxt.exe'],
    ['line breaks and tabs', 'a\r\nb\tc\u2028d', 'a b c d'],
    ['a lone surrogate', 'a\uD800b', 'a\uFFFDb'],
    ['many marks on one letter', `a${'\u0301'.repeat(50)}b`, `a${'\u0301'.repeat(4)}b`],
    ['other scripts', 'Zoë Ольга 日本 अनीता', 'Zoë Ольга 日本 अनीता'],
  ])('of %s', (_what, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  it('fits any number of columns exactly', () => {
    for (const text of [
      '',
      'abc',
      'Ольга Петровна',
      '日本語テキスト',
      'mixed 日本 text',
      harmless('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧'),
    ]) {
      for (let columns = 0; columns < 20; columns += 1) expect(widthOf(fit(text, columns))).toBe(columns);
    }
    expect(fit('日本語テキスト', 8)).toBe('日本語… ');
    const marked = harmless(`\u{1D7D8}${'\u{1E08F}'.repeat(9)}`.repeat(1000));
    expect(widthOf(fit(marked, 10))).toBe(10);
    expect(fit(marked, 10)).toMatch(/…$/);
  });

  it('is JSON that a terminal can show, and the same value', () => {
    const value = { name: 'a\u009Bb\u202E\u{E0001}\n' };
    expect(jsonLine(value)).toBe('{"name":"a\\u009bb\\u202e\\udb40\\udc01\\n"}\n');
    expect(JSON.parse(jsonLine(value))).toEqual(value);
  });
});
