// Which field of a document is closed to participants: found once for each document.
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { closedFieldsOf, type OpenFields } from '../../resolvers/participants.ts';
import { schema } from '../../schema/index.ts';

test('a document is walked once, however often it is asked about', () => {
  let looks = 0;
  const open: OpenFields = {
    Query: ['room'],
    get Room() {
      looks += 1;
      return ['id'];
    },
  };
  const closedField = closedFieldsOf(schema, open);
  const [allowed, refused] = ['{ room(id: "1") { id } }', '{ room(id: "1") { id name } }'].map((text) =>
    parse(text),
  );
  if (allowed === undefined || refused === undefined) throw new Error('two documents');
  const answers = [allowed, refused, allowed, refused].map((document) => closedField(document));
  expect(answers).toEqual([null, 'Room.name', null, 'Room.name']);
  expect(looks).toBe(3);
});
