/** The server's end of one WebSocket (RFC 6455), as much of it as Socket Mode needs: text, ping, close. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const opcodes = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa } as const;

export interface SocketConnection {
  send(message: unknown): void;
  end(): void;
}

/** Answers the handshake; `onMessage` gets what the client sends, parsed. */
export function acceptSocket(
  request: IncomingMessage,
  socket: Duplex,
  onMessage: (message: Record<string, unknown>) => void,
): SocketConnection {
  const key = `${request.headers["sec-websocket-key"]}${magic}`;
  const accept = createHash("sha1").update(key).digest("base64");
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  );
  let waiting = Buffer.alloc(0);
  socket.on("data", (bytes: Buffer) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (let frame = readFrame(waiting); frame; frame = readFrame(waiting)) {
      waiting = waiting.subarray(frame.size);
      if (frame.opcode === opcodes.text) onMessage(JSON.parse(frame.payload.toString("utf8")));
      if (frame.opcode === opcodes.ping) socket.write(writeFrame(opcodes.pong, frame.payload));
      if (frame.opcode === opcodes.close) socket.end(writeFrame(opcodes.close, frame.payload));
    }
  });
  // A client that is stopped may cut the connection: nothing is left to say to it.
  socket.on("error", () => socket.destroy());
  return {
    send: (message) => socket.write(writeFrame(opcodes.text, Buffer.from(JSON.stringify(message)))),
    end: () => socket.destroy(),
  };
}

interface Frame {
  readonly opcode: number;
  readonly payload: Buffer;
  /** Bytes of the whole frame. */
  readonly size: number;
}

/** Null until a whole frame has arrived. Frames of clients are masked (section 5.3). */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const short = bytes[1]! & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + extended + 4;
  if (bytes.length < start) return null;
  const length =
    extended === 0 ? short : extended === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < start + length) return null;
  const mask = bytes.subarray(start - 4, start);
  const payload = Buffer.from(
    bytes.subarray(start, start + length).map((byte, index) => byte ^ mask[index % 4]!),
  );
  return { opcode: bytes[0]! & 0x0f, payload, size: start + length };
}

function writeFrame(opcode: number, payload: Buffer): Buffer {
  const length = payload.length;
  const header =
    length < 126
      ? Buffer.from([0x80 | opcode, length])
      : Buffer.from([0x80 | opcode, 126, length >> 8, length & 255]);
  return Buffer.concat([header, payload]);
}
