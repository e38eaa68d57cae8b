/** Files that are made for one request: written to a temporary folder, sent as a stream, and gone afterwards. */
import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";

export interface DownloadedFile {
  /** What the person's file is to be called. */
  readonly name: string;
  readonly mediaType: string;
}

/** Sends what `write` makes at the path it is given. */
export async function download(write: (path: string) => Promise<DownloadedFile>): Promise<Response> {
  const folder = await mkdtemp(join(tmpdir(), "millwright-download-"));
  const path = join(folder, "file");
  // A thread that was stopped may still be about to write there.
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const { name, mediaType } = await write(path);
    const file = createReadStream(path);
    file.once("close", () => void remove());
    return new Response(Readable.toWeb(file) as unknown as ReadableStream, {
      headers: {
        "content-type": mediaType,
        "content-length": String((await stat(path)).size),
        "content-disposition": disposition(name),
      },
    });
  } catch (error) {
    await remove();
    throw error;
  }
}

/** RFC 6266: a plain name, and the whole one in UTF-8. */
function disposition(name: string): string {
  const plain = name.replace(/[^\w .()-]/g, "_");
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
