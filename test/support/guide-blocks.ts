// The code blocks of a page of the documentation.
import { readFileSync } from 'node:fs';

/** An operation of a page, with the blocks that follow it. */
export interface GuideOperation {
  readonly query: string;
  /** Of the block `json variables`. */
  readonly variables: object;
  /** Of the block `json`; undefined: the page has no answer. */
  readonly answer: object | undefined;
}

interface Block {
  /** What follows the three backquotes, such as `json variables`. */
  readonly info: string;
  readonly text: string;
}

/** All fenced blocks of a text, in their order. */
export function blocksOf(text: string): Block[] {
  return [...text.matchAll(/^```([^\n]+)\n(.*?)^```$/gms)].map(([, info = '', block = '']) => ({
    info,
    text: block,
  }));
}

/** The text of a page; `path` is relative to the project. */
export function readPage(path: string): string {
  return readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
}

/** The operations of a page, invalid ones too. */
export function operationsOf(text: string): GuideOperation[] {
  const blocks = blocksOf(text);
  return blocks.flatMap(({ info, text: query }, index) => {
    if (!info.startsWith('graphql')) return [];
    const next = blocks.slice(index + 1);
    const end = next.findIndex((block) => !block.info.startsWith('json'));
    const mine = end < 0 ? next : next.slice(0, end);
    const jsonOf = (wanted: string) => {
      const block = mine.find((one) => one.info === wanted);
      // Blocks of JSON in the pages are objects.
      return block === undefined ? undefined : (JSON.parse(block.text) as object);
    };
    return [{ query, variables: jsonOf('json variables') ?? {}, answer: jsonOf('json') }];
  });
}
