// Small cookies that carry how the dashboard looks, and the toast of the action that has just redirected.
import { createCookie } from "@remix-run/node";

const yearSeconds = 365 * 24 * 3600;

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export type ToastMessage = { kind: "success" | "info"; text: string };

const themeCookie = createCookie("relance_theme", { path: "/", maxAge: yearSeconds, sameSite: "lax" });
const toastCookie = createCookie("relance_toast", { path: "/", maxAge: 60, sameSite: "lax", httpOnly: true });

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** The chosen colour scheme, or the device's. */
export async function themeOf(request: Request): Promise<Theme> {
  const value: unknown = await themeCookie.parse(request.headers.get("cookie"));
  return isTheme(value) ? value : "system";
}

export async function themeHeader(theme: Theme): Promise<string> {
  return themeCookie.serialize(theme);
}

/** The toast waiting for this page, and the header that takes it away. */
export async function takeToast(
  request: Request,
): Promise<{ toast: ToastMessage | null; headers: Record<string, string> }> {
  const toast: ToastMessage | null = await toastCookie.parse(request.headers.get("cookie"));
  if (!toast) return { toast: null, headers: {} };
  return { toast, headers: { "set-cookie": await toastCookie.serialize("", { maxAge: 0 }) } };
}

export async function toastHeader(toast: ToastMessage): Promise<string> {
  return toastCookie.serialize(toast);
}

/** Whether the sandbox banner was left open; see lib/remember-choice.ts, which writes it in the browser. */
export function sandboxBannerOpen(request: Request): boolean {
  return /(?:^|;\s*)relance_sandbox=open(?:;|$)/.test(request.headers.get("cookie") ?? "");
}
