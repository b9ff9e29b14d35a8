// The pages of the documentation's site: all types of the graph are in the reference, and links lead to pages and headings.
import { posix } from 'node:path';
import { buildSchema, isIntrospectionType } from 'graphql';
import { expect, test } from 'vitest';
import { docsPages } from '../../scripts/docs-pages.ts';
import { readPage } from '../support/guide-blocks.ts';

const pages = docsPages();
const reference = [...pages].filter(([path]) => path.startsWith('schema/'));

test('the reference has each type and each root field as a heading', () => {
  const schema = buildSchema(readPage('schema/schema.graphql'));
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const expected = [
    ...Object.values(schema.getTypeMap()).filter(
      (type) => !isIntrospectionType(type) && !roots.some((root) => root === type),
    ),
    ...roots.flatMap((root) => Object.values(root?.getFields() ?? {})),
  ].map(({ name }) => name);
  const headings = reference.flatMap(([, text]) =>
    [...text.matchAll(/^## (\w+)$/gm)].map(([, name = '']) => name),
  );
  expect(headings.toSorted()).toEqual(expected.toSorted());
});

test('links between pages lead to a page, and those of the reference to a type', () => {
  const broken = [...pages].flatMap(([path, text]) =>
    [...text.matchAll(/\]\(([^)\s]+\.md)(?:#([^)\s]+))?\)/g)]
      .filter(([, file = '', anchor]) => {
        if (/^https?:/.test(file)) return false;
        const target = pages.get(posix.join(posix.dirname(path), file));
        const isType = path.startsWith('schema/') && anchor !== undefined;
        return target === undefined || (isType && !new RegExp(`^## ${anchor}$`, 'im').test(target));
      })
      .map(([link]) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('the sidebar has every page once, and nothing else', () => {
  const sidebar = readPage('site/sidebar.json');
  const links = [...sidebar.matchAll(/"link": "\/([^"]*)"/g)].map(([, link]) => `${link || 'index'}.md`);
  expect(links.toSorted((one, other) => one.localeCompare(other))).toEqual(
    [...pages.keys()].toSorted((one, other) => one.localeCompare(other)),
  );
});
