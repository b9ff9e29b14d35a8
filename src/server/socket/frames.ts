// Builds text frames and pings of a WebSocket (RFC 6455, 5.2) as a server sends them: unmasked and not fragmented. They are built
// here so that the frames of many subscriptions can be sent in one buffer; `ws` writes two buffers for each frame.

const FINAL_TEXT = 0x81;
const LENGTH_16 = 126;
const LENGTH_64 = 127;

/** A ping without payload. */
export const PING_FRAME = Buffer.from([0x89, 0]);

/** The size of the header of a frame with so many bytes of payload. */
export function headerLength(payloadLength: number): number {
  if (payloadLength < LENGTH_16) return 2;
  return payloadLength < 0x10000 ? 4 : 10;
}

/** Writes the header at `offset`; returns the offset behind it. */
export function writeHeader(target: Buffer, offset: number, payloadLength: number): number {
  target[offset] = FINAL_TEXT;
  if (payloadLength < LENGTH_16) {
    target[offset + 1] = payloadLength;
    return offset + 2;
  }
  if (payloadLength < 0x10000) {
    target[offset + 1] = LENGTH_16;
    return target.writeUInt16BE(payloadLength, offset + 2);
  }
  target[offset + 1] = LENGTH_64;
  target.writeUInt32BE(0, offset + 2);
  return target.writeUInt32BE(payloadLength, offset + 6);
}
