import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "#db/client.ts";
import { sourceOf, type VariableSources, variableValue } from "#server/campaigns/recipient-values.ts";
import {
  lineBreaks,
  templateVariableNames,
  type VariableProblem,
  variableProblem,
} from "#server/domain/template.ts";
import { AppError } from "#server/errors.ts";

/**
 * Refuses a launch whose template would reach somebody with a variable Twilio refuses, naming the variable, the problem
 * and for how many contacts (campaign.variable_invalid; criterion 3.4). `recipients` is a FROM/WHERE over contacts `c`.
 */
export async function checkVariables(
  db: Executor,
  input: { body: string; sources: VariableSources; recipients: SQL },
): Promise<void> {
  for (const variable of templateVariableNames(input.body)) {
    const source = sourceOf(input.sources, variable);
    const problem = source?.type === "literal" ? variableProblem(source.value) : null;
    if (!source || problem) throw refusal(variable, problem ?? "missing", 0);
    if (source.type === "field") await checkField(db, variable, variableValue(source), input.recipients);
  }
}

async function checkField(db: Executor, variable: string, value: SQL, recipients: SQL): Promise<void> {
  const [worst] = await queryRows<{ value: string | null; contacts: number }>(
    db,
    sql`
    select min(v) as value, count(*)::int as contacts
    from (select ${value} as v ${recipients}) filled
    where v is null or v ~ ${lineBreaks.source} or v ~ ' {5,}' or length(v) > 1600`,
  );
  if (!worst || worst.contacts === 0) return;
  const problem = worst.value === null ? "empty" : (variableProblem(worst.value) ?? "empty");
  throw refusal(variable, problem, worst.contacts);
}

function refusal(variable: string, problem: VariableProblem, contacts: number): AppError {
  return new AppError("campaign.variable_invalid", { variable, problem, contacts });
}
