import { describe, expect, it } from "vitest";
import { AddressRefusedError, checkUrl, isPublicAddress } from "./address.ts";

describe("addresses that a connector may reach", () => {
  it.each([
    "127.0.0.1",
    "127.8.9.1",
    "10.0.0.7",
    "172.16.1.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "::127.0.0.1",
    "::7f00:1",
    "1::1",
    "4000::1",
    "not an address",
  ])("refuses %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111"])("allows %s", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "http://127.0.0.1:4119/x",
    "http://localhost:80/",
    "http://api.localhost/",
    "http://localhost./",
    "http://api.localhost.:8080/",
    "http://[::127.0.0.1]/",
    "http://[::1]/",
    "http://169.254.169.254/latest/meta-data",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://017700000001/",
    "file:///etc/passwd",
    "gopher://example.com/",
    "http://user:pass@example.com/",
  ])("refuses to call %s", (url) => {
    expect(() => checkUrl(new URL(url), [])).toThrow(AddressRefusedError);
  });

  it("allows exactly the host and port that the configuration names", () => {
    const allowed = ["127.0.0.1:4119"];
    expect(() => checkUrl(new URL("http://127.0.0.1:4119/tickets"), allowed)).not.toThrow();
    expect(() => checkUrl(new URL("http://127.0.0.1:4120/tickets"), allowed)).toThrow(AddressRefusedError);
    expect(() => checkUrl(new URL("http://localhost:4119/tickets"), allowed)).toThrow(AddressRefusedError);
    expect(() => checkUrl(new URL("https://api.example.com/v1"), [])).not.toThrow();
  });
});
