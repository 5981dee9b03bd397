import { categoryColor } from "#app/lib/category-color.ts";
import { cn } from "#app/lib/cn.ts";

/** The gradient of a category; its end is found by CSS (category-gradient in tailwind.css). */
export function CategoryDot({ color, className }: { color: string | null; className?: string }) {
  return (
    <span
      aria-hidden
      style={{ "--category": categoryColor(color) } as React.CSSProperties}
      className={cn("category-gradient inline-block size-3 shrink-0 rounded-full", className)}
    />
  );
}

type CategoryTagProps = { category: { name: string; color: string | null }; className?: string };

function CategoryTag({ category, className }: CategoryTagProps) {
  return (
    <span
      className={cn(
        "inline-flex min-w-0 max-w-48 items-center gap-1.5 rounded-full border border-line py-0.5 pr-2.5 pl-1.5 text-xs leading-5",
        className,
      )}
    >
      <CategoryDot color={category.color} />
      <span className="truncate">{category.name}</span>
    </span>
  );
}

type CategoryTagsProps = {
  categories: readonly { id: number; name: string; color: string | null }[];
  max?: number;
};

/** The first few, and how many more. */
export function CategoryTags({ categories, max = 3 }: CategoryTagsProps) {
  const hidden = categories.slice(max);
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {categories.slice(0, max).map((category) => (
        <CategoryTag key={category.id} category={category} />
      ))}
      {hidden.length > 0 && (
        <span
          title={hidden.map(({ name }) => name).join(", ")}
          className="rounded-full border border-line px-2 py-0.5 text-ink-soft text-xs leading-5 tabular-nums"
        >
          +{hidden.length}
        </span>
      )}
    </span>
  );
}
