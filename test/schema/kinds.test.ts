// A name of a field or argument has the same named type across the graph. Each exception has a reason.
import { getNamedType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schemaMembers, type Member } from '../support/schema-members.ts';

/**
 * The subject of a type. An input and its output have the same subject, and so have a connection, a list and a single
 * object.
 */
function thingOf({ type }: Member): string {
  return getNamedType(type).name.replace(/(Connection|Input)$/, '');
}

const members = schemaMembers.filter(({ where }) => where !== 'Mutation');
const byName = Map.groupBy(members, ({ name }) => name);

/** Names with several types, each with its reason. A name with one type must not be listed. */
const exceptions: Readonly<Record<string, string>> = {
  bitrateKbps: 'measured rates have fractions, settings have none',
  durationSeconds: 'the media of a file have fractions of seconds, all other durations are whole',
  edges: 'Relay: the edges of each connection',
  filter: 'the conditions of each list',
  format: 'the form of a section of a summary; of a question, a name that the app chooses',
  fps: 'measured rates have fractions, settings have none',
  input: 'the input of each mutation',
  headers: 'headers of HTTP and of SIP',
  metadata: "the app's own text about a peer; facts about a file",
  node: 'Relay: the element of each connection',
  options: 'the options of a question; as an answer to it, their places',
  reason: "why a snapshot was sent; in a person's or the vendor's words elsewhere",
  recording: 'the settings of a recording, or the recording',
  region: 'where media servers run; where a bucket is, in the words of its provider',
  role: "a role's name, as the vendor has it; `Template.role` is the role itself",
  sessions: "a room's sessions; a poll's runs in them",
  status: 'the states of things of different kinds',
  storage: 'a bucket; its output leaves out the credentials',
  recordingStorage: 'a bucket; its output leaves out the credentials',
  transcription: 'settings that differ by one field between live streams and recordings',
  type: 'the kinds of different things; a MIME type, and a name that the app chooses',
  types: 'the kinds of events of different lists',
  value: 'a new question; the text of a header',
  video: 'settings of a camera; whether a telephone call has video',
};

function thingsOf(name: string): readonly string[] {
  return [...new Set((byName.get(name) ?? []).map(thingOf))];
}

describe('a name of a field or argument', () => {
  it('has one named type across the graph, unless a reason is given', () => {
    const several = [...byName.keys()].filter((name) => thingsOf(name).length > 1 && !(name in exceptions));
    expect(several.map((name) => `${name}: ${thingsOf(name).join(', ')}`)).toEqual([]);
    expect(byName.size).toBeGreaterThan(300);
  });

  it('is listed as an exception only if it is one', () => {
    expect(Object.keys(exceptions).filter((name) => thingsOf(name).length < 2)).toEqual([]);
  });

  it('that ends in Id is of the type ID, except the app’s own ids of users', () => {
    const texts = members.filter((one) => /(^id|Id|Ids)$/.test(one.name) && thingOf(one) !== 'ID');
    expect([...new Set(texts.map(({ name }) => name))]).toEqual(['userId']);
  });
});
