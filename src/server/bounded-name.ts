// Shortens a name that a client has sent, for logs and traces.
import { createRedactor } from '../secret.ts';
import { remembered } from './remembered.ts';

/** Maximum number of characters that are kept. */
const MAX_LENGTH = 100;

const redact = createRedactor([]);

/** The name cut to 100 characters, without texts that look like a key or token. */
export const boundedName = remembered((text) => redact(text.slice(0, MAX_LENGTH)));
