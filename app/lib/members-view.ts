/** The lists of the sandbox page, as its address names them. */
export const membersViews = ["inscrits", "expirent-bientot", "a-reinscrire"] as const;
export type MembersView = (typeof membersViews)[number];
