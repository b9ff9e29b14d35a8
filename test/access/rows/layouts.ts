// The rows of the access table for layouts of the Prebuilt app: the scopes that their fields need.
import { access } from '../row.ts';
import { linkRows, roomWay, type Way } from '../ways.ts';

const layoutWay: Way = {
  type: 'RoomLayout',
  scopes: ['rooms:read', 'templates:read'],
  reads: ['getRoom', 'getTemplate', 'listUiLayouts'],
  document: (selection, { room }) => `{ room(id: "${room}") { layout(role: "host") { ${selection} } } }`,
};

access({
  nodes: [
    {
      name: 'RoomLayout',
      scope: 'templates:read',
      rooms: 'object',
      localId: ({ room }) => `${room}:host`,
      reads: ['getRoom', 'getTemplate', 'listUiLayouts'],
    },
  ],
  rows: [
    ...linkRows(roomWay, [['layout', 'templates:read', '(role: "host") { role }']]),
    ...linkRows(layoutWay, [['room', 'rooms:read', '{ name }']]),
  ],
});
