import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { denyImports } from "vite-env-only";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig(({ command, isSsrBuild }) => ({
  // Vite would answer 403 to the name of a tunnel
  server: { allowedHosts: true },
  // Remix makes Vite discover the server's packages too, and each discovery reloads the page: so all are named here
  optimizeDeps: {
    noDiscovery: true,
    include: [
      "@trpc/client",
      "class-variance-authority",
      "clsx",
      "cmdk",
      "libphonenumber-js/min",
      "lucide-react",
      "qrcode-generator",
      "radix-ui",
      "react-router-dom",
      "recharts",
      "sonner",
      "tailwind-merge",
      "zod",
    ],
  },
  // readable stacks in the log; browsers get none
  build: { sourcemap: isSsrBuild },
  plugins: [
    // what the browser must never get fails the build; the development server asks Vite for such modules itself
    command === "build" &&
      denyImports({
        client: {
          files: [/^(db|jobs|e2e|scripts)\//, /^server\/(?!domain\/)/],
          specifiers: [
            "twilio",
            "postgres",
            "pg",
            "graphile-worker",
            "drizzle-orm",
            "bcryptjs",
            "express",
            /^node:/,
          ],
        },
      }),
    tailwindcss(),
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        // a reading that the event stream asks for while a fetcher is discovering its route would end in "not found"
        v3_lazyRouteDiscovery: false,
        v3_routeConfig: true,
      },
    }),
  ],
}));
