// What a watcher can be refused with. Upstream trouble is not among it: that shows as staleness.

/** `after` is not a cursor of this stream: garbage, or another room's. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

/** The room does not exist. */
export class UnknownRoomError extends Error {
  override readonly name = 'UnknownRoomError';
  readonly roomId: string;

  constructor(roomId: string) {
    super('The room does not exist.');
    this.roomId = roomId;
  }
}

/** A webhook's body is not what the vendor documents; the message says where, without values. */
export class InvalidWebhookError extends Error {
  override readonly name = 'InvalidWebhookError';
}
