import { useId, useState } from "react";
import { PhonePreview } from "#app/components/phone-preview.tsx";
import { Select } from "#app/components/ui/input.tsx";
import { fr } from "#app/i18n/fr.ts";
import { contactLabel } from "#app/lib/contact-name.ts";
import { type PreviewContact, previewValues } from "#app/lib/preview-values.ts";
import { useSandbox } from "#app/lib/use-shell.ts";
import type { Audience } from "#server/campaigns/views.ts";
import { renderTemplate, type VariableSource } from "#server/domain/template.ts";

const text = fr.campaigns.preview;

const sample: PreviewContact = {
  firstName: text.sampleFirstName,
  lastName: text.sampleLastName,
  fullNumber: "+33612345678",
};

type CampaignPreviewProps = {
  /** the template's body; null: none chosen */
  body: string | null;
  variables: Record<string, VariableSource>;
  messageTwo: string;
  contacts: Audience["samples"];
};

/** Both messages as one of the recipients will see them; which one can be chosen. */
export function CampaignPreview({ body, variables, messageTwo, contacts }: CampaignPreviewProps) {
  const [chosenId, setChosenId] = useState("");
  const selectId = useId();
  const sandbox = useSandbox();
  const contact = contacts.find(({ id }) => String(id) === chosenId) ?? contacts[0] ?? sample;
  return (
    <div className="grid gap-4">
      {contacts.length > 0 && (
        <div className="mx-auto grid w-full max-w-[21rem] gap-1.5">
          <label htmlFor={selectId} className="text-ink-soft text-xs">
            {text.as}
          </label>
          <Select id={selectId} value={chosenId} onChange={(event) => setChosenId(event.target.value)}>
            {contacts.map((one, index) => (
              <option key={one.id} value={index === 0 ? "" : one.id}>
                {contactLabel(one)}
              </option>
            ))}
          </Select>
        </div>
      )}
      <PhonePreview
        sender={sandbox.numberText}
        messageOne={body === null ? null : renderTemplate(body, previewValues(variables, contact))}
        messageTwo={messageTwo.trim() || null}
      />
    </div>
  );
}
