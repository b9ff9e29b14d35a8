// The families of routes that the sandbox serves: a new family is a file in routes/ and a line here.
import type { Family } from './family.ts';
import { activeRooms } from './routes/active-rooms.ts';
import { roomCodes } from './routes/room-codes.ts';
import { rooms } from './routes/rooms.ts';
import { sessions } from './routes/sessions.ts';
import { templates } from './routes/templates.ts';

export const families: readonly Family[] = [rooms, roomCodes, sessions, templates, activeRooms];
