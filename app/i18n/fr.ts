// The texts a person reads all over the dashboard, in one typed object. Functions where a text depends on something. What
// only a few pages say is beside it in fr/ and comes with those: frAccount, frAlarms, frAudit, frConversations, frDoctor,
// frImports, frJournal, frPersonalData, frProof, frReconcile, frSignIn, frUsers, frWebhooks.
// Error texts are beside it: errors.ts (our own, by code) and twilio-errors.ts (Twilio's, by code).
import { campaigns } from "#app/i18n/fr/campaigns.ts";
import { categories } from "#app/i18n/fr/categories.ts";
import { common } from "#app/i18n/fr/common.ts";
import { contacts } from "#app/i18n/fr/contacts.ts";
import { dashboard } from "#app/i18n/fr/dashboard.ts";
import { errorGuide } from "#app/i18n/fr/error-guide.ts";
import { exports } from "#app/i18n/fr/exports.ts";
import { failures } from "#app/i18n/fr/failures.ts";
import { messages } from "#app/i18n/fr/messages.ts";
import { palette } from "#app/i18n/fr/palette.ts";
import { sandbox } from "#app/i18n/fr/sandbox.ts";
import { sandboxPage } from "#app/i18n/fr/sandbox-page.ts";
import { shell } from "#app/i18n/fr/shell.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";

export const fr = frenchSpaces({
  common,
  shell,
  dashboard,
  sandbox,
  sandboxPage,
  contacts,
  categories,
  campaigns,
  messages,
  exports,
  failures,
  errorGuide,
  palette,
});
