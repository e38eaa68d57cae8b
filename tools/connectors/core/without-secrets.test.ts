import { describe, expect, it } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

const plain = { method: "GET", url: "https://api.example.com/x?a=1", headers: { accept: "*/*" }, body: null };
const authorized = (headers: Record<string, string>, url = plain.url) => ({
  ...plain,
  url,
  headers: { ...plain.headers, ...headers },
});

describe("an answer that says back what was sent", () => {
  it.each([
    ["a bearer's token", authorized({ authorization: "Bearer tok-12345678" }), "you sent tok-12345678"],
    ["a whole header", authorized({ "x-api-key": "key-12345678" }), '{"x-api-key":"key-12345678"}'],
    ["a password", authorized({ authorization: `Basic ${btoa("me:pass-word-1")}` }), "hello me:pass-word-1"],
    ["a key of the address", authorized({}, `${plain.url}&key=a%2Fb-secret`), "/x?a=1&key=a%2Fb-secret"],
    ["a key that was decoded", authorized({}, `${plain.url}&key=a%2Fb-secret`), "the key a/b-secret"],
    [
      "a token within JSON",
      authorized({ authorization: 'Bearer tok"12345678' }),
      '{"sent":"tok\\"12345678"}',
    ],
  ])("does not hand out %s", (_name, sent, text) => {
    const shown = withoutSecrets(text, plain, sent);
    expect(shown).toContain("(secret)");
    expect(shown).not.toMatch(/12345678|pass-word|b-secret/);
  });

  it("stays as it is where there was no secret, or one that is too short to be told from words", () => {
    expect(withoutSecrets("*/* a 1", plain, plain)).toBe("*/* a 1");
    expect(withoutSecrets("k-1", plain, authorized({ "x-api-key": "k-1" }))).toBe("k-1");
  });
});
