import { Eye, EyeOff } from "lucide-react";
import { type ComponentPropsWithoutRef, useState } from "react";
import { Button } from "#app/components/ui/button.tsx";
import { Input } from "#app/components/ui/input.tsx";
import { frSignIn } from "#app/i18n/fr/sign-in.ts";

const text = frSignIn;

/** A password one may look at while typing it. */
export function PasswordInput(props: ComponentPropsWithoutRef<"input">) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input {...props} type={shown ? "text" : "password"} required className="pr-11" />
      <Button
        variant="ghost"
        size="iconSmall"
        className="absolute top-1 right-1"
        aria-label={shown ? text.hidePassword : text.showPassword}
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </Button>
    </div>
  );
}
