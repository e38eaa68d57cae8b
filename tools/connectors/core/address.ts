/** Which addresses a connector may reach. */
import ipaddr from "ipaddr.js";
import { MillwrightError } from "../../../errors.ts";

export class AddressRefusedError extends MillwrightError {
  override readonly noEffect = true;
  constructor(host: string, why: string) {
    super("address-refused", 403, `Millwright does not connect to ${host}: ${why}.`, {
      value: host,
      expected: "a public address, or one that the configuration allows",
      remedy:
        "If it is meant, the administrator can allow exactly this host and port (MILLWRIGHT_ALLOW_HOSTS=host:port).",
    });
  }
}

/** All of IPv6 that anybody was given to be reached at from everywhere (IANA, IPv6 address space). */
const globalUnicast = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Refuses what is not a public unicast address: loopback, private, link-local (cloud metadata), carrier-grade NAT,
 * multicast, reserved, and IPv4 hidden in IPv6 (RFC 6890 and its registries).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(globalUnicast)) return false;
  return parsed.range() === "unicast";
}

/** Is `host:port` on the list? Entries are exact: a name or address, a colon, a port. */
export function isAllowed(url: URL, allowed: readonly string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return allowed.includes(`${url.hostname}:${port}`);
}

/** @throws AddressRefusedError for another scheme than http(s), credentials in the URL, or a literal private address. */
export function checkUrl(url: URL, allowed: readonly string[]): void {
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new AddressRefusedError(url.host || url.protocol, `"${url.protocol}" is not http or https`);
  }
  if (url.username || url.password)
    throw new AddressRefusedError(url.host, "credentials do not belong into an address");
  if (isAllowed(url, allowed)) return;
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  if (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    (ipaddr.isValid(host) && !isPublicAddress(host))
  ) {
    throw new AddressRefusedError(url.host, "it is a loopback, private, link-local or reserved address");
  }
}
