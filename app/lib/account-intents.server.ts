// What the forms of "Mon compte" do.
import { frAccount } from "#app/i18n/fr/account.ts";
import type { Intents } from "#app/lib/form-action.server.ts";
import { paths } from "#app/lib/paths.ts";

const text = frAccount;
const to = paths.account;

/** Shown where the form was, and nowhere else ever. */
type ToldOnce = { recoveryCodes?: string[]; token?: string };

export const accountIntents: Intents<ToldOnce> = {
  password: async (caller, form) => {
    await caller.account.changePassword({
      currentPassword: form.text("currentPassword"),
      newPassword: form.text("newPassword"),
    });
    return { to, toast: text.password.done };
  },
  end: async (caller, form) => {
    const { count } = await caller.account.endSession({ id: form.text("id") });
    return { to, toast: text.sessions.ended(count) };
  },
  endOthers: async (caller) => {
    const { count } = await caller.account.endOtherSessions();
    return { to, toast: text.sessions.ended(count) };
  },
  startTwoFactor: async (caller, form) => {
    await caller.account.startTwoFactor({ currentPassword: form.text("currentPassword") });
    return { to };
  },
  confirmTwoFactor: async (caller, form) => ({
    show: await caller.account.confirmTwoFactor({ code: form.text("code") }),
  }),
  cancelTwoFactor: async (caller) => {
    await caller.account.cancelTwoFactor();
    return { to, toast: text.twoFactor.cancelled };
  },
  renewCodes: async (caller, form) => ({
    show: await caller.account.renewRecoveryCodes({ currentPassword: form.text("currentPassword") }),
  }),
  removeTwoFactor: async (caller, form) => {
    await caller.account.removeTwoFactor({ currentPassword: form.text("currentPassword") });
    return { to, toast: text.twoFactor.removed };
  },
  createToken: async (caller, form) => {
    const { token } = await caller.account.createToken({
      currentPassword: form.text("currentPassword"),
      name: form.text("name"),
      scope: form.text("scope") === "write" ? "write" : "read",
      days: form.id("days") as 30 | 90 | 365,
    });
    return { show: { token } };
  },
  revokeToken: async (caller, form) => {
    await caller.account.revokeToken({ id: form.id("id") });
    return { to, toast: text.tokens.revoked };
  },
};
