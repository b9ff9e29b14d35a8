// Which parsed documents are cached: those that are sent a second time, within a budget of bytes.
import { GraphQLError, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { documentCaches } from '../../../src/server/operation/document-cache.ts';

const textOf = (name: string, fields = 1) => `query ${name} { ${'a '.repeat(fields)}}`;

describe('a document', () => {
  it('is cached when it is sent for the second time', () => {
    const { documentCache } = documentCaches();
    const text = textOf('Used');
    const document = parse(text);
    documentCache.set(text, document);
    expect(documentCache.get(text)).toBeUndefined();
    documentCache.set(text, document);
    expect(documentCache.get(text)).toBe(document);
  });

  it('in use is not evicted by thousands that are sent once', () => {
    const { documentCache } = documentCaches();
    const text = textOf('Used', 1000);
    const document = parse(text);
    documentCache.set(text, document);
    documentCache.set(text, document);
    for (let count = 0; count < 20_000; count += 1) documentCache.set(textOf(`Once${count}`), document);
    expect(documentCache.get(text)).toBe(document);
  });

  it('is evicted when the budget is used up, the least recently used first', () => {
    const { documentCache } = documentCaches();
    // About 60 of these documents take 32 MiB.
    const texts = Array.from({ length: 100 }, (_, index) => textOf(`Large${index}`, 1300));
    for (const text of texts) {
      const document = parse(text);
      documentCache.set(text, document);
      documentCache.set(text, document);
    }
    const kept = texts.filter((text) => documentCache.get(text) !== undefined);
    expect(kept.length).toBeGreaterThan(50);
    expect(kept.length).toBeLessThan(65);
    expect(kept).toEqual(texts.slice(-kept.length));
  });
});

it('that cannot be parsed has its error cached, for texts of up to a million characters in all', () => {
  const { errorCache } = documentCaches();
  const error = new GraphQLError('no document');
  const texts = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(100_000, '#'));
  for (const text of texts) {
    errorCache.set(text, error);
    expect(errorCache.get(text)).toBeUndefined();
    errorCache.set(text, error);
    expect(errorCache.get(text)).toBe(error);
  }
  expect(texts.filter((text) => errorCache.get(text) !== undefined)).toHaveLength(9);
});
