import { isUniqueViolation } from "#db/errors.ts";
import { AppError } from "#server/errors.ts";

/** Runs a write and says that the shortcut is taken when the constraint does. AppError quick_reply.shortcut_taken. */
export async function refuseShortcutTaken<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "quick_replies_user_id_shortcut_key"))
      throw new AppError("quick_reply.shortcut_taken");
    throw error;
  }
}
