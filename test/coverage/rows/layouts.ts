// Layouts of the Prebuilt app: which fields serve which operations.
import { cover, query } from '../row.ts';

cover({
  listUiLayouts: {
    fields: ['Room.layout'],
    document: query(({ room }) => `room(id: "${room}") { layout(role: "host") { role } }`),
  },
});
