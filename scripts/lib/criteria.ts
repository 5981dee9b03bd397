// The criteria of the requirements, read from their own text: docs/exigences-source.md.

export type Criterion = {
  /** `4.6`: Exigence 4, criterion 6 */
  id: string;
  /** of its Exigence */
  subject: string;
  text: string;
};

/** Every numbered line under a « Critères d'Acceptation », in order. */
export function criteriaOf(source: string): Criterion[] {
  const found: Criterion[] = [];
  let exigence: { number: string; subject: string } | null = null;
  let listed = false;
  for (const line of source.split(/\r?\n/)) {
    const [, number, subject] = /^### Exigence (\d+) : (.+)$/.exec(line) ?? [];
    if (number && subject) exigence = { number, subject: subject.trim() };
    if (line.startsWith("#")) listed = line.startsWith("#### Critères d'Acceptation");
    const [, criterion, text] = /^(\d+)\. (.+)$/.exec(line) ?? [];
    if (exigence && listed && criterion && text)
      found.push({ id: `${exigence.number}.${criterion}`, subject: exigence.subject, text: text.trim() });
  }
  return found;
}
