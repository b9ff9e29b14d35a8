// What the subscriptions whose events come from polling have in common: the cursor of an event, and the argument to resume after
// a cursor.

/** Options of the field `cursor`. */
export const cursor = {
  description:
    'The position of this event. Pass it as `after` to a new subscription to continue after this event.',
} as const;

/** Options of the argument `after`. */
export const after = {
  description:
    'The cursor of the last event that the client received. The subscription continues after it or, if the gateway no longer has the events that follow, begins with a snapshot. Over SSE the header `Last-Event-ID` does the same and takes precedence.',
} as const;
