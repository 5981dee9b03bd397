import { Download } from "lucide-react";
import { Button } from "#app/components/ui/button.tsx";
import { Menu, MenuItem } from "#app/components/ui/menu.tsx";
import { fr } from "#app/i18n/fr.ts";

const text = fr.exports;

/** Downloads what `path` answers, in one of two ways to write a CSV file. */
export function ExportMenu({ path }: { path: string }) {
  const comma = `${path}${path.includes("?") ? "&" : "?"}separateur=virgule`;
  return (
    <>
      <Menu
        label={text.menu}
        trigger={
          <Button>
            <Download aria-hidden />
            {text.action}
          </Button>
        }
      >
        <MenuItem asChild>
          <a href={path} download>
            {text.excel}
          </a>
        </MenuItem>
        <MenuItem asChild>
          <a href={comma} download>
            {text.comma}
          </a>
        </MenuItem>
      </Menu>
      <noscript>
        <a href={path}>{text.excel}</a>
      </noscript>
    </>
  );
}
