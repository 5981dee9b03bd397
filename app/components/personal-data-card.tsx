import { Download, Eraser } from "lucide-react";
import { ConfirmButton } from "#app/components/ui/action-button.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Card, CardBody, CardHeader } from "#app/components/ui/card.tsx";
import { frPersonalData } from "#app/i18n/fr/personal-data.ts";
import { paths } from "#app/lib/paths.ts";

const text = frPersonalData;

/** The rights of the person behind a contact: a copy of what is held about them, and its end. */
export function PersonalDataCard({ contactId, label }: { contactId: number; label: string }) {
  return (
    <Card>
      <CardHeader title={text.title} hint={text.hint} />
      <CardBody className="flex flex-wrap gap-2">
        {/* a form of the browser's own: its answer is a file */}
        <form method="post" action={paths.contactData(contactId)}>
          <Button type="submit">
            <Download aria-hidden />
            {text.export}
          </Button>
        </form>
        <ConfirmButton
          intent="erase"
          variant="dangerGhost"
          icon={<Eraser aria-hidden />}
          title={text.eraseTitle(label)}
          description={
            <>
              <p>{text.eraseText}</p>
              <p>{text.eraseKept}</p>
            </>
          }
          confirm={text.eraseConfirm}
        >
          {text.erase}
        </ConfirmButton>
      </CardBody>
    </Card>
  );
}
