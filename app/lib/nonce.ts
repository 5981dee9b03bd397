// The nonce of the content-security policy, for the inline scripts of the document. entry.server.tsx provides it from
// the load context; in the browser there is none, and none is needed.
import { createContext, useContext } from "react";

export const NonceContext = createContext<string | undefined>(undefined);

export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
