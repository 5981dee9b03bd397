// Dates, times and durations as a French reader writes them. Put together by hand from Intl's numbers: its finished
// French texts differ between versions of Node and browsers, and a page must read the same before and after hydration.
import { count } from "#app/i18n/plural.ts";

const months = [
  "janv.",
  "févr.",
  "mars",
  "avr.",
  "mai",
  "juin",
  "juil.",
  "août",
  "sept.",
  "oct.",
  "nov.",
  "déc.",
];

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

type Clock = { year: number; month: number; day: number; time: string };

/** Formatters bound to a time zone (TZ_DISPLAY), so that server and browser write the same text. */
export function createFormat(timeZone: string) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });

  function clock(at: Date): Clock {
    const values = Object.fromEntries(parts.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      year: Number(values.year),
      month: Number(values.month),
      day: Number(values.day),
      time: `${values.hour}:${values.minute}`,
    };
  }

  /** Whole calendar days from `from` to `to`, as the wall calendar of the zone counts them. */
  function daysBetween(from: Date, to: Date): number {
    const a = clock(from);
    const b = clock(to);
    return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / day);
  }

  /** "14:05" */
  function time(at: Date): string {
    return clock(at).time;
  }

  /** "23/11/2026 14:05": what a French spreadsheet takes for a date. */
  function numeric(at: Date): string {
    const { day, month, year, time } = clock(at);
    return `${twoDigits(day)}/${twoDigits(month)}/${year} ${time}`;
  }

  /** "2026-11-23" */
  function isoDate(at: Date): string {
    const { day, month, year } = clock(at);
    return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  }

  /** "14:05:03,120": to the millisecond, for what is traced */
  function preciseTime(at: Date): string {
    const fraction = (at.getTime() % minute) / 1000;
    return `${clock(at).time}:${fraction.toFixed(3).padStart(6, "0").replace(".", ",")}`;
  }

  /** "23 nov.", with the year when it is not this one: "23 nov. 2025" */
  function date(at: Date, now: Date): string {
    const { day: number, month, year } = clock(at);
    const ordinal = number === 1 ? "1er" : String(number);
    const short = `${ordinal} ${months[month - 1]}`;
    return year === clock(now).year ? short : `${short} ${year}`;
  }

  /** "23 nov. à 14:05" */
  function dateTime(at: Date, now: Date): string {
    return `${date(at, now)} à ${time(at)}`;
  }

  /** A moment near now as one says it: "à 14:05", "demain à 14:05", "hier à 14:05", "le 23 nov. à 14:05". */
  function when(at: Date, now: Date): string {
    const days = daysBetween(now, at);
    if (days === 0) return `à ${time(at)}`;
    if (days === 1) return `demain à ${time(at)}`;
    if (days === -1) return `hier à ${time(at)}`;
    return `le ${dateTime(at, now)}`;
  }

  /** How long something still holds: "jusqu’à 14:05", "jusqu’à demain 14:05", "jusqu’au 25 nov. à 14:05". */
  function until(at: Date, now: Date): string {
    const days = daysBetween(now, at);
    if (days === 0) return `jusqu’à ${time(at)}`;
    return days === 1 ? `jusqu’à demain ${time(at)}` : `jusqu’au ${dateTime(at, now)}`;
  }

  /** "à l’instant", "il y a 3 min", "dans 2 h", and beyond a day `when`. */
  function relative(at: Date, now: Date): string {
    const distance = at.getTime() - now.getTime();
    const size = Math.abs(distance);
    if (size < 45_000) return distance > 5000 ? "dans un instant" : "à l’instant";
    if (size >= day || (size >= 6 * hour && daysBetween(now, at) !== 0)) return when(at, now);
    const amount =
      size < hour - minute / 2
        ? `${Math.max(1, Math.round(size / minute))}\u00a0min`
        : `${Math.round(size / hour)}\u00a0h`;
    return distance < 0 ? `il y a ${amount}` : `dans ${amount}`;
  }

  return { time, preciseTime, numeric, isoDate, date, dateTime, when, until, relative };
}

export type Format = ReturnType<typeof createFormat>;

const twoDigits = (value: number) => String(value).padStart(2, "0");

/** "45 s", "3 min", "1 h 05", "2 j 3 h": how long something takes, in milliseconds. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}\u00a0s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes}\u00a0min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24)
    return `${hours}\u00a0h${minutes % 60 === 0 ? "" : `\u00a0${String(minutes % 60).padStart(2, "0")}`}`;
  const rest = hours % 24;
  return `${count(Math.floor(hours / 24))}\u00a0j${rest === 0 ? "" : `\u00a0${rest}\u00a0h`}`;
}

/** "12 %". Something done and not finished is never 100 %, something begun never 0 %. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return "0\u202f%";
  const rounded = Math.round((part / whole) * 100);
  const honest = part > 0 && rounded === 0 ? 1 : part < whole && rounded === 100 ? 99 : rounded;
  return `${honest}\u202f%`;
}

/** Milliseconds as seconds with a comma: 3000 → "3", 2500 → "2,5". */
export function seconds(ms: number): string {
  return (Math.round(ms / 10) / 100).toLocaleString("fr-FR").replace(/\s/g, "\u202f");
}
