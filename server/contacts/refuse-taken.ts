import { AppError } from "#server/errors.ts";
import type { SignedInUser } from "#server/users/ownership.ts";

type Holder = { id: number; createdBy: number | null; deletedAt: Date | null };

/** Says that a number is taken, and by which contact where the user may know it. */
export function refuseTaken(user: SignedInUser, holder: Holder): never {
  const isVisible = user.role === "super_admin" || holder.createdBy === user.id;
  if (!isVisible) throw new AppError("contact.managed_by_other");
  if (holder.deletedAt) throw new AppError("contact.number_of_deleted");
  throw new AppError("contact.already_exists", { contactId: holder.id });
}
