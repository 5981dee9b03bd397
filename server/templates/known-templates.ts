// Templates that need no account of one's own: the default of criterion 3.3 and those of the Twilio sandbox.
// Sandbox SIDs and bodies: Twilio's WhatsApp quickstart and its console samples; they are the same for every account.

type KnownTemplate = { name: string; body: string; variables: Record<string, string> };

export const defaultTemplate: KnownTemplate = {
  name: "Code (modèle par défaut)",
  body: "Your {{1}} code is {{2}}",
  variables: { "1": "Relance", "2": "1234" },
};

export const sandboxTemplates: (KnownTemplate & { contentSid: string })[] = [
  {
    contentSid: "HXb5b62575e6e4ff6129ad7c8efe1f983e",
    name: "Rappel de rendez-vous",
    body: "Your appointment is coming up on {{1}} at {{2}}",
    variables: { "1": "12/1", "2": "3pm" },
  },
  {
    contentSid: "HX350d429d32e64a552466cafecbe95f3c",
    name: "Suivi de commande",
    body: "Thank you for your order. Your delivery is scheduled for {{1}} at {{2}}",
    variables: { "1": "12/1", "2": "3pm" },
  },
  {
    contentSid: "HX229f5a04fd0510ce1b071852155d3e75",
    name: "Code de vérification",
    body: "{{1}} is your verification code. For your security, do not share this code.",
    variables: { "1": "409173" },
  },
];
