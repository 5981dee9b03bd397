// Misbehaviour on demand: which requests it hits, and what it does to them.
import { z } from "zod";

const status = z.enum(["sent", "delivered", "read", "failed", "undelivered"]);
/** the callbacks it concerns; all when absent */
const statuses = z.array(status).min(1).optional();

const behaviourSchema = z.discriminatedUnion("kind", [
  /** handled at once, answered `ms` later */
  z.strictObject({ kind: z.literal("slow"), ms: z.number().min(0) }),
  /** the connection stays open and silent */
  z.strictObject({ kind: z.literal("no-answer"), accepted: z.boolean().default(false) }),
  /** the connection is cut instead of an answer */
  z.strictObject({ kind: z.literal("cut"), accepted: z.boolean() }),
  /** 429, 500, 503 …, in Twilio's JSON or as a proxy's HTML; `accepted`: the message was created all the same */
  z.strictObject({
    kind: z.literal("http-error"),
    status: z.number().int().min(400).max(599),
    code: z.number().int().optional(),
    message: z.string().optional(),
    accepted: z.boolean().default(false),
    html: z.boolean().default(false),
  }),
  /** accepted, and failed later with this code, whatever the rules say */
  z.strictObject({
    kind: z.literal("fail"),
    code: z.number().int(),
    status: z.enum(["failed", "undelivered"]).default("failed"),
  }),
  z.strictObject({ kind: z.literal("callbacks-late"), ms: z.number().min(0), statuses }),
  z.strictObject({ kind: z.literal("callbacks-twice"), statuses }),
  z.strictObject({ kind: z.literal("callbacks-lost"), statuses }),
  /** all of them after the last status, the last one first */
  z.strictObject({ kind: z.literal("callbacks-reversed") }),
]);

export const faultSchema = z.strictObject({
  /** a fault of this name takes the place of the one before it */
  name: z.string().min(1).optional(),
  request: z.enum(["create", "fetch", "list", "account", "content", "media", "any"]).default("create"),
  /** only requests with this To; with or without `whatsapp:` */
  to: z.string().optional(),
  /** how many requests it hits; default 1, with a probability no limit; null: no limit */
  times: z.number().int().min(1).nullable().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().default(1),
  behaviour: behaviourSchema,
});

type Behaviour = z.infer<typeof behaviourSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type RequestKind = Exclude<z.infer<typeof faultSchema>["request"], "any">;
export type AnswerFault = Extract<Behaviour, { kind: "no-answer" | "cut" | "http-error" }>;
export type CallbackFault = Extract<Behaviour, { kind: `callbacks-${string}` }>;

export type Fault = z.infer<typeof faultSchema> & { id: string; timesLeft: number | null; hits: number };

/** What befalls one request. */
export type Misfortune = {
  slowMs: number;
  answer: AnswerFault | null;
  fail: Extract<Behaviour, { kind: "fail" }> | null;
  callbacks: CallbackFault[];
  faultIds: string[];
};

export type Faults = {
  add(input: z.infer<typeof faultSchema>): Fault;
  /** every fault so far, used up or not */
  list(): Fault[];
  remove(id: string): boolean;
  clear(): void;
  /** uses up the faults that hit this request: at most one that replaces the answer, one that fails the message */
  strike(request: { kind: RequestKind; to: string | null }): Misfortune;
};

export function createFaults(): Faults {
  let faults: (Fault & { random: () => number })[] = [];
  let nextId = 1;

  return {
    add(input) {
      if (input.name !== undefined) faults = faults.filter(({ name }) => name !== input.name);
      const times = input.times === undefined ? (input.probability === undefined ? 1 : null) : input.times;
      const fault = {
        ...input,
        id: `fault-${nextId++}`,
        timesLeft: times,
        hits: 0,
        random: seededRandom(input.seed),
      };
      faults.push(fault);
      return withoutRandom(fault);
    },
    list: () => faults.map(withoutRandom),
    remove(id) {
      const before = faults.length;
      faults = faults.filter((fault) => fault.id !== id);
      return faults.length < before;
    },
    clear() {
      faults = [];
    },
    strike(request) {
      const misfortune: Misfortune = { slowMs: 0, answer: null, fail: null, callbacks: [], faultIds: [] };
      for (const fault of faults) {
        if (!concerns(fault, request) || isTaken(fault.behaviour, misfortune)) continue;
        if (fault.probability !== undefined && fault.random() >= fault.probability) continue;
        if (fault.timesLeft !== null) fault.timesLeft -= 1;
        fault.hits += 1;
        misfortune.faultIds.push(fault.id);
        befall(misfortune, fault.behaviour);
      }
      return misfortune;
    },
  };
}

function concerns(fault: Fault, request: { kind: RequestKind; to: string | null }): boolean {
  if (fault.timesLeft === 0) return false;
  if (fault.request !== "any" && fault.request !== request.kind) return false;
  return fault.to === undefined || plain(fault.to) === plain(request.to ?? "");
}

/** A second fault of a sort that can only happen once to a request waits for a later one. */
function isTaken(behaviour: Behaviour, misfortune: Misfortune): boolean {
  switch (behaviour.kind) {
    case "no-answer":
    case "cut":
    case "http-error":
      return misfortune.answer !== null;
    case "fail":
      return misfortune.fail !== null;
    default:
      return false;
  }
}

function befall(misfortune: Misfortune, behaviour: Behaviour) {
  switch (behaviour.kind) {
    case "slow":
      misfortune.slowMs += behaviour.ms;
      break;
    case "no-answer":
    case "cut":
    case "http-error":
      misfortune.answer = behaviour;
      break;
    case "fail":
      misfortune.fail = behaviour;
      break;
    default:
      misfortune.callbacks.push(behaviour);
  }
}

const plain = (address: string) => address.replace(/^whatsapp:/, "");

function withoutRandom({ random: _, ...fault }: Fault & { random: () => number }): Fault {
  return fault;
}

/** mulberry32: the same numbers from the same seed */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
