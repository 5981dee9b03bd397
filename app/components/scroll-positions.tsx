import { ScrollRestoration } from "@remix-run/react";
import { type ComponentProps, useContext, useRef } from "react";
import { UNSAFE_DataRouterStateContext as RouterState } from "react-router-dom";

/**
 * Remix's `ScrollRestoration`, for new locations only. By itself it also scrolls whenever data has been read again: back
 * to where the page was when the reading began, so that live news would undo what the person has scrolled meanwhile.
 * Known to React Router, and not mended in the version Remix stands on: https://github.com/remix-run/react-router/pull/13671
 */
export function ScrollPositions(props: ComponentProps<typeof ScrollRestoration>) {
  const state = useContext(RouterState);
  const arrival = useRef(state);
  if (state && arrival.current?.location !== state.location) arrival.current = state;
  if (!state || !arrival.current) return <ScrollRestoration {...props} />;
  const { restoreScrollPosition, preventScrollReset } = arrival.current;
  return (
    <RouterState.Provider value={{ ...state, restoreScrollPosition, preventScrollReset }}>
      <ScrollRestoration {...props} />
    </RouterState.Provider>
  );
}
