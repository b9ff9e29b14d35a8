// docs/library.md: its code is that of files which the tests of this folder run, and its tables are complete.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createSandbox } from '../../src/library.ts';
import { canaryCredentials } from '../support/canary.ts';
import { blocksOf, readPage } from '../support/guide-blocks.ts';
import { post } from '../support/server.ts';
import { inNode } from './hosts.ts';
import { createGraph, type User } from './school.ts';

const page = readPage('docs/library.md');
const inShort = (text: string) =>
  text.replaceAll(/\s+/g, ' ').replaceAll("'../../src/library.ts'", "'hms-gateway'");

it('the code is a part of a file that is tested', () => {
  const blocks = blocksOf(page).flatMap(({ info, text }) => {
    const file = /^ts (\S+)$/.exec(info)?.[1];
    return file === undefined ? [] : [{ file, text: inShort(text).trim() }];
  });
  expect(blocks.length).toBeGreaterThan(7);
  const missing = blocks.filter(({ file, text }) => {
    return !inShort(readFileSync(new URL(file, import.meta.url), 'utf8')).includes(text);
  });
  expect(missing).toEqual([]);
});

it('each option of createGateway is in the table', () => {
  const [, options = ''] =
    /export interface GatewayOptions \{(.*?)^\}/ms.exec(readPage('src/library/options.ts')) ?? [];
  const names = [...options.matchAll(/^ {2}readonly (\w+)/gm)].map(([, name]) => name);
  const inTable = new Set(
    [...page.matchAll(/^\| (`.*?) +\|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ),
  );
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !inTable.has(name))).toEqual([]);
});

it('the school’s teachers see all rooms, its pupils that of their class, and strangers none', async () => {
  await using sandbox = await createSandbox({ ...canaryCredentials, data: 'empty' });
  const [own, other] = ['physics', 'maths'].map((name) => sandbox.world.rooms.create({ name }).id);
  const user = { roomId: own ?? '', isTeacher: false };
  const users = new Map<string | null, User>([
    ['session=1', { ...user, id: 'ada', isTeacher: true }],
    ['session=2', { ...user, id: 'ben' }],
  ]);
  await using gateway = await createGraph(sandbox, async (cookie) => users.get(cookie));
  await using host = await inNode(gateway);
  const ask = async (cookie: string, roomId = '') => {
    const answer = await post(host.url, { query: `{ room(id: "${roomId}") { name } }` }, { cookie });
    return answer.status === 200
      ? JSON.stringify(await answer.json()).match(/maths|physics|FORBIDDEN/)?.[0]
      : answer.status;
  };
  const asked = [
    ask('session=1', other),
    ask('session=2', own),
    ask('session=2', other),
    ask('session=3', own),
  ];
  expect(await Promise.all(asked)).toEqual(['maths', 'physics', 'FORBIDDEN', 401]);
});
