import { useEffect, useMemo, useState } from "react";

export type Picking = {
  picked: ReadonlySet<number>;
  some: boolean;
  all: boolean;
  pick: (id: number, picked: boolean) => void;
  pickAll: (picked: boolean) => void;
};

/** Which rows of a page are picked. Rows that are not on the page any more are not picked any more. */
export function usePicking(ids: readonly number[]): Picking {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
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
