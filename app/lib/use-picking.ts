import { useEffect, useMemo, useState } from "react";

export type Picking = {
  picked: ReadonlySet<number>;
  some: boolean;
  all: boolean;
  pick: (id: number, picked: boolean) => void;
  pickAll: (picked: boolean) => void;
};

/**
 * Which rows of a page are picked. Rows that are not on the page any more are not picked any more. `before`: what was
 * picked when a form was sent that the page is the answer to.
 */
export function usePicking(ids: readonly number[], before: readonly string[] = []): Picking {
  const [picked, setPicked] = useState<ReadonlySet<number>>(() => new Set(before.map(Number)));
  const page = ids.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `page` stands for `ids`, which are new at every rendering
  useEffect(() => {
    setPicked((before) => new Set(ids.filter((id) => before.has(id))));
  }, [page]);
  return useMemo(
    () => ({
      picked,
      some: picked.size > 0,
      all: ids.length > 0 && ids.every((id) => picked.has(id)),
      pick: (id, isPicked) =>
        setPicked((before) => new Set(isPicked ? [...before, id] : [...before].filter((one) => one !== id))),
      pickAll: (isPicked) => setPicked(new Set(isPicked ? ids : [])),
    }),
    [picked, ids],
  );
}
