import type { DoctorCheck } from "#server/doctor/views.ts";
import type { KnownEnv } from "#server/env.ts";

/** Whatever a driver or a library wrote into its error, no secret of ours leaves in a finding. */
export function withoutSecrets(check: DoctorCheck, settings: KnownEnv): DoctorCheck {
  const secrets = secretsOf(settings);
  const facts = Object.entries(check.facts).map(([name, value]) => [
    name,
    typeof value === "string"
      ? secrets.reduce((text, secret) => text.replaceAll(secret, "•••"), value)
      : value,
  ]);
  return { ...check, facts: Object.fromEntries(facts) };
}

/** The longest first: an address holds its password. */
function secretsOf(settings: KnownEnv): string[] {
  const { databaseUrl, databaseDirectUrl, webhookBaseUrl } = settings;
  const { twilioAuthToken, twilioAuthTokenPrevious, sessionSecret } = settings;
  const passwords = [databaseUrl, databaseDirectUrl, webhookBaseUrl].flatMap((url) => {
    const password = url && URL.canParse(url) ? new URL(url).password : "";
    return [password, decoded(password)];
  });
  return [
    databaseUrl,
    databaseDirectUrl,
    twilioAuthToken,
    twilioAuthTokenPrevious,
    sessionSecret,
    ...passwords,
  ]
    .filter((secret) => secret !== null && secret.length > 3)
    .map(String)
    .sort((a, b) => b.length - a.length);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
