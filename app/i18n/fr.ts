// Every text a person reads in the dashboard, in one typed object. Functions where a text depends on something.
// Error texts are beside it: errors.ts (our own, by code) and twilio-errors.ts (Twilio's, by code).
import { account } from "#app/i18n/fr/account.ts";
import { alarms } from "#app/i18n/fr/alarms.ts";
import { audit } from "#app/i18n/fr/audit.ts";
import { campaigns } from "#app/i18n/fr/campaigns.ts";
import { categories } from "#app/i18n/fr/categories.ts";
import { common } from "#app/i18n/fr/common.ts";
import { contacts } from "#app/i18n/fr/contacts.ts";
import { conversations } from "#app/i18n/fr/conversations.ts";
import { dashboard } from "#app/i18n/fr/dashboard.ts";
import { doctor } from "#app/i18n/fr/doctor.ts";
import { errorGuide } from "#app/i18n/fr/error-guide.ts";
import { exports } from "#app/i18n/fr/exports.ts";
import { failures } from "#app/i18n/fr/failures.ts";
import { imports } from "#app/i18n/fr/imports.ts";
import { journal } from "#app/i18n/fr/journal.ts";
import { messages } from "#app/i18n/fr/messages.ts";
import { palette } from "#app/i18n/fr/palette.ts";
import { proof } from "#app/i18n/fr/proof.ts";
import { reconcile } from "#app/i18n/fr/reconcile.ts";
import { sandbox } from "#app/i18n/fr/sandbox.ts";
import { sandboxPage } from "#app/i18n/fr/sandbox-page.ts";
import { shell } from "#app/i18n/fr/shell.ts";
import { signIn } from "#app/i18n/fr/sign-in.ts";
import { users } from "#app/i18n/fr/users.ts";
import { webhooks } from "#app/i18n/fr/webhooks.ts";
import { frenchSpaces } from "#app/i18n/french-spaces.ts";

export const fr = frenchSpaces({
  common,
  shell,
  signIn,
  dashboard,
  sandbox,
  sandboxPage,
  contacts,
  categories,
  campaigns,
  conversations,
  messages,
  exports,
  failures,
  imports,
  journal,
  proof,
  reconcile,
  account,
  alarms,
  audit,
  errorGuide,
  palette,
  users,
  doctor,
  webhooks,
});
