// Addresses as they are counted.
import { isIPv6 } from "node:net";

/** Who an address belongs to: an IPv6 one is of a network of 64 bits, any of whose addresses its owner may take. */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  const [head = "", tail] = ip.split("::");
  const groups = head.split(":").filter(Boolean);
  const left = tail === undefined ? [] : tail.split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - left.length);
  const all = [...groups, ...Array<string>(zeros).fill("0"), ...left];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** Whether it is this machine's own, where tunnels such as ngrok call from for the whole world. */
export function isLoopback(ip: string): boolean {
  return /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(ip);
}
